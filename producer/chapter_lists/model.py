"""What every reader of a list of chapters gives, and where one that is no chapter is reported."""

from dataclasses import dataclass

from producer.imports.model import ImportProblem
from producer.text import one_line
from producer.times import parse_clock, parse_seconds


@dataclass(frozen=True, slots=True)
class ListedChapter:
    """A start and a title, and where in the file they stand: `line 12`, `chapter 3`."""

    start_ms: int
    title: str
    where: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What one reader made of a file, in the file's order."""

    chapters: tuple[ListedChapter, ...]
    problems: tuple[ImportProblem, ...] = ()


class Collector:
    """Takes what a reader finds: chapters, and problems for what is none."""

    def __init__(self) -> None:
        self._chapters: list[ListedChapter] = []
        self._problems: list[ImportProblem] = []

    def add(self, where: str, start: str, title: str) -> None:
        """A chapter by its start, a clock or a number of seconds, and its title."""
        try:
            start_ms = parse_clock(start) if ":" in start else parse_seconds(start)
        except ValueError:
            self.leave_out(where, f"not a time: {start[:40]!r}")
        else:
            self.add_ms(where, start_ms, title)

    def add_ms(self, where: str, start_ms: int, title: str) -> None:
        """A chapter; one without a title is a problem."""
        clean = one_line(title)
        if clean:
            self._chapters.append(ListedChapter(start_ms, clean, where))
        else:
            self.leave_out(where, "a chapter without a title")

    def leave_out(self, where: str, why: str) -> None:
        """A problem of something that was left out."""
        self._problems.append(ImportProblem(where, f"{why}; it was left out"))

    def listing(self) -> Listing:
        """All that was taken in."""
        return Listing(tuple(self._chapters), tuple(self._problems))
