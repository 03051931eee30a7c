"""SubRip: numbered cues, a blank line between them; the speaker before the text, if at all.

A reader of our own: the library `srt` has no wheel, and like pysubs2 takes 99:99 for a time and a
cue whose times it cannot read for text of the one before.
"""

import re
from collections.abc import Iterator

from producer.imports.clock import span_ms
from producer.imports.content import Content
from producer.imports.cues import RawCue, ends
from producer.imports.model import ImportedLine, ImportProblem, Reading
from producer.imports.rolling import repeated_lines
from producer.imports.speakers import named
from producer.text import one_line

_TAG = re.compile(r"</?(?:i|b|u|s|font)(?: [^<>]*)?>|\{\\[^{}]*\}", re.IGNORECASE)
_FIRST_LINES = 5


def sniff(content: Content) -> bool:
    """Whether there are the times of a cue in one of the first lines."""
    filled = (line for line in content.lines if line.strip())
    return any("-->" in line and span_ms(line) for _, line in zip(range(_FIRST_LINES), filled))  # noqa: B905


def read(content: Content) -> Reading:
    """Raises ImportFileError where there is not one cue."""
    problems: list[ImportProblem] = []
    cues = list(_cues(content.lines, problems))
    if not cues:
        raise content.error("there is no cue in it", "a cue is 00:01:02,500 --> 00:01:04,000")
    plain = [[line for line in map(_plain, cue.lines) if line] for cue in cues]
    repeated = repeated_lines(plain)
    found = []
    for cue, lines, count, end_ms in zip(cues, plain, repeated, ends(cues, problems), strict=True):
        if text := " ".join(lines[count:]):
            found.append((cue.start_ms, end_ms, text))
        elif not count:
            problems.append(ImportProblem(f"line {cue.number}", "a cue without text was left out"))
    spoken = named(text for _, _, text in found)
    return Reading(
        tuple(
            ImportedLine(start_ms, end_ms, who, text)
            for (start_ms, end_ms, _), (who, text) in zip(found, spoken, strict=True)
        ),
        problems=tuple(problems),
    )


def _cues(lines: list[str], problems: list[ImportProblem]) -> Iterator[RawCue]:
    """What stands from one line with an arrow to the next, its number left out."""
    marks = [position for position, line in enumerate(lines) if "-->" in line]
    # Where the first cue has a number all have: one that is missing would take a line of text.
    is_numbered = bool(marks) and _is_number(lines, marks[0] - 1, 0)
    above = marks[0] - is_numbered if marks else len(lines)
    problems.extend(
        ImportProblem(f"line {number}", f"above the first cue; left out: {line.strip()[:60]!r}")
        for number, line in enumerate(lines[:above], start=1)
        if line.strip()
    )
    for mark, following in zip(marks, [*marks, len(lines)][1:], strict=True):
        above_next = following < len(lines) and _is_number(lines, following - 1, mark + 1)
        end = following - (is_numbered and above_next)
        span = span_ms(lines[mark])
        if span is None:
            problems.append(
                ImportProblem(
                    f"line {mark + 1}",
                    f"not the times of a cue; it was left out: {lines[mark].strip()[:60]!r}",
                )
            )
        else:
            yield RawCue(mark + 1, *span, tuple(lines[mark + 1 : end]))


def _is_number(lines: list[str], position: int, begin: int) -> bool:
    return position >= begin and lines[position].strip().isdecimal()


def _plain(line: str) -> str:
    return one_line(_TAG.sub("", line))
