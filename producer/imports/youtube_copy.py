"""What the clipboard holds after copying YouTube's transcript panel.

A line with the time, a line with the time spelled out for screen readers ("1 minute, 5 seconds"),
a line of text. The second is missing in some browsers. Titles of chapters stand between.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from producer.imports.clock import clock_ms
from producer.imports.content import Content
from producer.imports.model import (
    ImportedEntry,
    ImportedHeader,
    ImportedLine,
    ImportProblem,
    Reading,
)
from producer.text import one_line

# One to three numbers, each with a word behind it, in any language: "1 Stunde, 2 Minuten".
_SPELLED = re.compile(r"(?:\d{1,4}\D{1,24}){1,3}")
_NUMBER = re.compile(r"\d+")
# A title may stand above the first time, and few lines besides.
_FIRST_LINES = 4


@dataclass(slots=True)
class _Block:
    """A time, and the lines below it until the next one."""

    number: int
    clock: str
    start_ms: int
    lines: list[str] = field(default_factory=list)


def sniff(content: Content) -> bool:
    """Whether one of the first lines is a time and nothing else."""
    filled = (line for line in content.lines if line.strip())
    return any(clock_ms(line) is not None for _, line in zip(range(_FIRST_LINES), filled))  # noqa: B905


def read(content: Content) -> Reading:
    """Captions, with the chapters' titles as headers."""
    above, blocks = _blocks(content.lines)
    spelled = [block for block in blocks if _begins_with_its_time(block)]
    if 2 * len(spelled) >= len(blocks):
        for block in spelled:
            del block.lines[0]
    # A caption is one line. What stands below, before the next time, names the next chapter,
    # unless so many captions have more lines that they were broken.
    has_titles = 2 * sum(len(block.lines) > 1 for block in blocks[:-1]) <= len(blocks)
    problems = [
        ImportProblem(f"line {number}", f"above the first time; left out: {line[:60]!r}")
        for number, line in above[:-1]
    ]
    entries: list[ImportedEntry] = [ImportedHeader(line) for _, line in above[-1:]]
    for block in blocks:
        if not block.lines:
            problems.append(
                ImportProblem(f"line {block.number}", "a time without text was left out")
            )
            continue
        is_titled = has_titles and len(block.lines) > 1 and block is not blocks[-1]
        text = " ".join(block.lines[:-1] if is_titled else block.lines)
        entries.append(ImportedLine(block.start_ms, None, "", text))
        if is_titled:
            entries.append(ImportedHeader(block.lines[-1]))
    return Reading(tuple(entries), problems=tuple(problems))


def _blocks(lines: Iterable[str]) -> tuple[list[tuple[int, str]], list[_Block]]:
    """The lines above the first time, and a block for each time."""
    above: list[tuple[int, str]] = []
    blocks: list[_Block] = []
    for number, line in enumerate(lines, start=1):
        text = one_line(line)
        start_ms = clock_ms(text)
        if start_ms is not None:
            blocks.append(_Block(number, text, start_ms))
        elif blocks and text:
            blocks[-1].lines.append(text)
        elif text:
            above.append((number, text))
    return above, blocks


def _begins_with_its_time(block: _Block) -> bool:
    """Whether text follows a line that spells the time out: the same numbers, but for zeros."""
    if len(block.lines) < 2 or _SPELLED.fullmatch(block.lines[0]) is None:
        return False
    said = [int(number) for number in _NUMBER.findall(block.lines[0])]
    wanted = [int(number) for number in _NUMBER.findall(block.clock)]
    return [number for number in said if number] == [number for number in wanted if number]
