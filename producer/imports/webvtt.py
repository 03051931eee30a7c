"""WebVTT (W3C WebVTT, section 6): voices, settings, comments, tags and YouTube's rolling cues.

A reader of our own: webvtt-py gives the first voice of a cue only and drops a cue whose times it
cannot read without a word; pysubs2 drops all voices and takes such a cue for text.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from producer.imports.clock import clock_ms, span_ms
from producer.imports.content import Content
from producer.imports.cues import RawCue, ends
from producer.imports.model import ImportedLine, ImportProblem, Reading, Word
from producer.imports.rolling import repeated_lines
from producer.imports.speakers import named
from producer.text import one_line

_SIGNATURE = re.compile(r"WEBVTT(?:[ \t].*)?")
_SECTIONS = re.compile(r"(?:STYLE|REGION)[ \t]*|NOTE(?:[ \t].*)?")
_LANGUAGE = re.compile(r"Language:\s*([\w-]{2,35})\s*")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{2,31});", re.ASCII)
# The tags of section 3.5, and the one that converters from SRT leave behind. Anything else
# between angle brackets is text: authors forget to escape it.
_TAG = re.compile(
    r"<(?:"
    r"(?P<time>\d[\d:]{3,12}\.\d{3})"
    r"|(?P<close>/?)(?P<name>v|c|i|b|u|ruby|rt|lang|font)"
    r"(?:\.[^\s<>]*)?(?:[ \t\n](?P<annotation>[^<>]*))?"
    r")>"
)


def sniff(content: Content) -> bool:
    """Whether it begins with WEBVTT."""
    return _SIGNATURE.fullmatch(content.lines[0]) is not None


def read(content: Content) -> Reading:
    """Raises ImportFileError where the first line is not WEBVTT."""
    if not sniff(content):
        raise content.error("the first line is not WEBVTT", "export it as WebVTT once more")
    problems: list[ImportProblem] = []
    cues, language = _cues(content.lines, problems)
    repeated = repeated_lines([[_plain(line) for line in cue.lines] for cue in cues])
    lines: list[ImportedLine] = []
    for cue, count, end_ms in zip(cues, repeated, ends(cues, problems), strict=True):
        found = list(_lines(cue, "\n".join(cue.lines[count:]), end_ms))
        if not found and not count:
            problems.append(ImportProblem(f"line {cue.number}", "a cue without text was left out"))
        lines.extend(found)
    if not any(line.who for line in lines):
        # Zoom and others write the speaker before the text.
        spoken = named(line.text for line in lines)
        lines = [
            replace(line, who=who, text=text, words=line.words if text == line.text else ())
            for line, (who, text) in zip(lines, spoken, strict=True)
        ]
    return Reading(tuple(lines), language, tuple(problems))


def _cues(lines: list[str], problems: list[ImportProblem]) -> tuple[list[RawCue], str]:
    cues: list[RawCue] = []
    language = ""
    for number, block in _blocks(lines):
        if number == 1:
            found = (_LANGUAGE.fullmatch(line) for line in block[1:])
            language = next((match[1] for match in found if match), "")
            first = next((n for n, line in enumerate(block) if "-->" in line), len(block))
            if first < len(block):
                cues.extend(_cues_of(number + first, block[first:], problems))
        elif _SECTIONS.fullmatch(block[0]) is None or "-->" in block[0]:
            cues.extend(_cues_of(number, block, problems))
    return cues, language


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Lines between blank ones, with the number of the first.

    A line of blanks below the times is the first of the cue's text, as YouTube writes it.
    """
    block: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip() or (line and block and "-->" in block[-1]):
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _cues_of(number: int, block: list[str], problems: list[ImportProblem]) -> Iterator[RawCue]:
    """The cues of a block: more than one where a blank line is missing."""
    marks = [position for position, line in enumerate(block) if "-->" in line]
    if not marks:
        problems.append(ImportProblem(f"line {number}", f"no cue; left out: {block[0][:60]!r}"))
    elif marks[0] > 1:
        problems.append(
            ImportProblem(f"line {number}", f"above a cue; left out: {block[0][:60]!r}")
        )
    for mark, following in zip(marks, [*marks, len(block)][1:], strict=True):
        span = span_ms(block[mark])
        text = tuple(line for line in block[mark + 1 : following] if line.strip())
        if span is None:
            problems.append(
                ImportProblem(
                    f"line {number + mark}",
                    f"not the times of a cue; it was left out: {block[mark].strip()[:60]!r}",
                )
            )
        else:
            yield RawCue(number + mark, *span, text)


@dataclass(slots=True)
class _Voice:
    who: str
    pieces: list[tuple[int, str]] = field(default_factory=list)


def _lines(cue: RawCue, payload: str, end_ms: int | None) -> Iterator[ImportedLine]:
    """A line for each voice of a cue, with the times of words where it has some."""
    voices = [_Voice("")]
    at_ms, done, is_timed = cue.start_ms, 0, False
    for tag in _TAG.finditer(payload):
        voices[-1].pieces.append((at_ms, payload[done : tag.start()]))
        done = tag.end()
        time_ms = clock_ms(tag["time"]) if tag["time"] else None
        if time_ms is not None:
            at_ms, is_timed = max(at_ms, time_ms), True
        elif tag["name"] == "v":
            voices.append(_Voice("" if tag["close"] else _name(tag["annotation"])))
    voices[-1].pieces.append((at_ms, payload[done:]))
    for voice in voices:
        pieces = [(start_ms, one_line(_decoded(text))) for start_ms, text in voice.pieces]
        text = one_line(_decoded("".join(text for _, text in voice.pieces)))
        if text:
            words = _words(pieces, end_ms) if is_timed and end_ms is not None else ()
            yield ImportedLine(cue.start_ms, end_ms, voice.who, text, words)


def _words(pieces: list[tuple[int, str]], end_ms: int) -> tuple[Word, ...]:
    filled = [(start_ms, text) for start_ms, text in pieces if text]
    until = [start_ms for start_ms, _ in filled[1:]]
    return tuple(
        Word(start_ms, max(start_ms, next_ms), text)
        for (start_ms, text), next_ms in zip(filled, [*until, end_ms], strict=True)
    )


def _name(annotation: str | None) -> str:
    return one_line(_decoded(annotation or ""))


def _plain(line: str) -> str:
    return one_line(_decoded(_TAG.sub("", line)))


def _decoded(text: str) -> str:
    """Character references, only those that end with `;`: addresses have others in them."""
    return _REFERENCE.sub(lambda match: html.unescape(match[0]), text)
