"""Listings of captions: `M:SS text` or `H:MM:SS text`, one caption a line."""

from producer.imports.clock import clock_ms
from producer.imports.content import Content
from producer.imports.model import ImportedLine, ImportProblem, Reading
from producer.text import one_line


def sniff(content: Content) -> bool:
    """Whether the first line that is not blank is a time and words."""
    first = next((line for line in content.lines if line.strip()), "")
    clock, *words = first.split(maxsplit=1)[:2] or [""]
    return bool(words) and clock_ms(clock) is not None


def read(content: Content) -> Reading:
    """Raises ImportFileError with the line's number for a line that does not begin with a time."""
    lines, problems = [], []
    for number, line in enumerate(content.lines, start=1):
        if not line.strip():
            continue
        clock, *words = line.split(maxsplit=1)
        start_ms = clock_ms(clock)
        if start_ms is None:
            raise content.error(
                f"line {number} does not begin with a time: {line.strip()[:60]!r}",
                "one caption a line: 1:23 text",
            )
        text = one_line("".join(words))
        if text:
            lines.append(ImportedLine(start_ms, None, "", text))
        else:
            problems.append(ImportProblem(f"line {number}", "a time without text was left out"))
    return Reading(tuple(lines), problems=tuple(problems))
