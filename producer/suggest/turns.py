"""Turns as a reader sees them: paragraphs of one speaker at one time."""

from collections.abc import Sequence
from dataclasses import dataclass

from producer.model.episode import Entry, Header, Line
from producer.suggest.words import words


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """The lines of a turn and its words. `has_header` says that a header stands above it."""

    lines: tuple[Line, ...]
    words: tuple[str, ...]
    has_header: bool

    @property
    def who(self) -> str:
        """Its speaker."""
        return self.lines[0].who

    @property
    def text(self) -> str:
        """What is said in it, on one line."""
        return " ".join(line.text for line in self.lines)


def spoken_turns(transcript: Sequence[Entry]) -> tuple[SpokenTurn, ...]:
    """The turns of a transcript, in order.

    A line starts one if its speaker changes, if it has a time that differs from the one before, or
    if a header stands above it.
    """
    groups: list[tuple[list[Line], bool]] = []
    header, who, start_ms = False, "", None
    for entry in transcript:
        if isinstance(entry, Header):
            header = True
            continue
        is_later = entry.start_ms is not None and entry.start_ms != start_ms
        if not groups or header or entry.who != who or is_later:
            groups.append(([entry], header))
        else:
            groups[-1][0].append(entry)
        header, who = False, entry.who
        start_ms = start_ms if entry.start_ms is None else entry.start_ms
    return tuple(
        SpokenTurn(tuple(lines), tuple(w for line in lines for w in words(line.text)), header)
        for lines, header in groups
    )
