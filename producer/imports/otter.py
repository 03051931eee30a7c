"""Text as Otter exports it: `Speaker  0:15`, then paragraphs, a blank line between turns."""

import re

from producer.imports.clock import clock_ms
from producer.imports.content import Content
from producer.imports.model import ImportedLine, ImportProblem, Reading
from producer.text import one_line

# At least two blanks, or a tab, stand between the name and the time: "at 10:15" is no turn.
_TURN = re.compile(r"(\S(?:.{0,78}\S)?)(?: {2,}|\t+)(\d[\d:]{3,9})[ \t]*")
_CREDIT = re.compile(r"Transcribed by https?://otter\.ai/?", re.IGNORECASE)
_FIRST_LINES = 40


def sniff(content: Content) -> bool:
    """Whether one of the first lines is a name and a time."""
    return any(_turn(line) for line in content.lines[:_FIRST_LINES])


def read(content: Content) -> Reading:
    """Raises ImportFileError where there is not one turn."""
    lines: list[ImportedLine] = []
    problems: list[ImportProblem] = []
    turn: tuple[str, int] | None = None
    start_ms: int | None = None
    for number, line in enumerate(content.lines, start=1):
        found, text = _turn(line), one_line(line)
        if found:
            if start_ms is not None:
                problems.append(ImportProblem(f"line {number}", "the turn above it has no text"))
            turn, start_ms = found, found[1]
        elif not text or _CREDIT.fullmatch(text):
            continue
        elif turn is None:
            problems.append(
                ImportProblem(f"line {number}", f"above the first turn; left out: {text[:60]!r}")
            )
        else:
            lines.append(ImportedLine(start_ms, None, turn[0], text))
            start_ms = None
    if turn is None:
        raise content.error("there is no turn in it", "a turn begins as `Ada  0:15`")
    if start_ms is not None:
        problems.append(ImportProblem(f"line {len(content.lines)}", "the last turn has no text"))
    return Reading(tuple(lines), problems=tuple(problems))


def _turn(line: str) -> tuple[str, int] | None:
    match = _TURN.fullmatch(line)
    start_ms = clock_ms(match[2]) if match else None
    return None if match is None or start_ms is None else (one_line(match[1]), start_ms)
