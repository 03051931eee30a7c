"""Lists in the styles that people use, alone or in the middle of a video's description."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from producer.chapter_lists.model import Collector, Listing
from producer.chapter_lists.text_line import MAX_CHARS, Reading, time_before, time_behind
from producer.imports.clock import clock_ms
from producer.imports.content import Content

# A list of chapters begins here or before; one that starts later is taken if there is no other.
_NEAR_ZERO_MS = 60_000
# Lines of text that may stand between two chapters, such as a note on one.
_LINES_BETWEEN = 2


@dataclass(slots=True)
class _Run:
    """Lines of a list that stand together, by their numbers in the file."""

    items: list[tuple[int, int, Reading]] = field(default_factory=list)

    @property
    def rank(self) -> tuple[bool, int]:
        """The longest that begins near zero is the list of chapters."""
        return self.items[0][1] <= _NEAR_ZERO_MS, len(self.items)


def sniff(content: Content) -> bool:
    """Any text may be one."""
    return bool(content.text.strip())


def read(content: Content) -> Listing:
    """The longest run of lines with a time that starts near 0:00, else the longest.

    Times stand before the titles in all of them, or behind. What stands inside the run and has no
    time is reported, and so is every other line with a time; the text around the list is not.
    """
    # Read twice: with the times before the titles, and behind. The first wins a draw.
    styles = (list(_runs(content.lines, style)) for style in (time_before, time_behind))
    best = [max(runs, key=lambda run: run.rank) for runs in styles if runs]
    if not best:
        return _nothing(content.lines).listing()
    chosen = max(best, key=lambda run: len(run.items))
    taken = {number: (start_ms, reading) for number, start_ms, reading in chosen.items}
    first, last = min(taken), max(taken)
    found = Collector()
    for number, line in enumerate(content.lines, start=1):
        where = f"line {number}"
        if number in taken:
            start_ms, reading = taken[number]
            found.add_ms(where, start_ms, reading.title)
        elif _has_time(line):
            found.leave_out(where, f"not in the list, or not a time: {line.strip()[:60]!r}")
        elif first < number < last and line.strip():
            found.leave_out(where, f"no time: {line.strip()[:60]!r}")
    return found.listing()


def _runs(lines: Sequence[str], style: Callable[[str], Reading | None]) -> Iterator[_Run]:
    run = _Run()
    between, last_ms = 0, 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        reading = style(line) if len(line) <= MAX_CHARS else None
        start_ms = clock_ms(reading.time) if reading else None
        if reading is None or start_ms is None:
            between += 1
            continue
        begins_again = start_ms < last_ms and start_ms <= _NEAR_ZERO_MS
        if run.items and (between > _LINES_BETWEEN or begins_again):
            yield run
            run = _Run()
        run.items.append((number, start_ms, reading))
        between, last_ms = 0, start_ms
    if run.items:
        yield run


def _nothing(lines: Sequence[str]) -> Collector:
    found = Collector()
    for number, line in enumerate(lines, start=1):
        if _has_time(line):
            found.leave_out(f"line {number}", f"not a time: {line.strip()[:60]!r}")
    return found


def _has_time(line: str) -> bool:
    """Whether a line begins or ends with what looks like a time, be it one or not."""
    line = line[:MAX_CHARS]
    return time_before(line) is not None or time_behind(line) is not None
