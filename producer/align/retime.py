"""Which lines get which time from an alignment."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from producer.align.alignment import Alignment
from producer.align.turns import ParagraphTimes, paragraph_turns
from producer.derive.rising import longest_rising
from producer.model.episode import Entry, Line

# A new time may be so far on the wrong side of one that is kept, and is then made equal to it.
_TOLERANCE_MS = 2_000


@dataclass(frozen=True, slots=True)
class Retiming:
    """What becomes of a line's time. `found_ms` is None for one that keeps what it has.

    `position` counts the lines from 0. `elsewhere_ms` is where a line is heard that cannot have
    that time, because of the lines around it. `confidence` is that of either: see `Place`.
    """

    position: int
    line: Line
    found_ms: int | None
    confidence: float = 0.0
    elsewhere_ms: int | None = None


def retime(
    transcript: Sequence[Entry],
    alignment: Alignment,
    paragraph_times: ParagraphTimes,
    *,
    only_missing: bool = False,
    from_position: int = 0,
) -> tuple[Retiming, ...]:
    """The lines that may get a time, with the time that they get; times never fall.

    `alignment` is that of the transcript's lines. With `only_missing`, lines that have a time
    keep it; with `from_position`, so do the lines before that one. The times that are kept bound
    the new ones, unless they are out of order themselves.
    """
    lines = [entry for entry in transcript if isinstance(entry, Line)]
    keeps = [
        position < from_position or (only_missing and line.start_ms is not None)
        for position, line in enumerate(lines)
    ]
    bounds = _Bounds(lines, keeps)
    starts = [place.start_ms for place in alignment.places]
    if paragraph_times is ParagraphTimes.TURN:
        for group in paragraph_turns(transcript, alignment):
            kept = [lines[each].start_ms for each in group if keeps[each]]
            found = [starts[each] for each in group]
            first_ms = next((ms for ms in (*kept, *found) if ms is not None), None)
            for each in group:
                starts[each] = first_ms if starts[each] is not None else None
    retimings = []
    at_least_ms = 0
    for position, (line, place) in enumerate(zip(lines, alignment.places, strict=True)):
        if keeps[position]:
            continue
        found_ms, elsewhere_ms = bounds.fit(position, starts[position]), place.elsewhere_ms
        if found_ms is not None:
            at_least_ms = found_ms = max(found_ms, at_least_ms)
        elif starts[position] is not None:
            elsewhere_ms = starts[position]
        retimings.append(Retiming(position, line, found_ms, place.confidence, elsewhere_ms))
    return tuple(retimings)


class _Bounds:
    """The times that are kept, of those lines whose times rise."""

    def __init__(self, lines: Sequence[Line], keeps: Sequence[bool]) -> None:
        kept = [
            (position, line.start_ms)
            for position, line in enumerate(lines)
            if keeps[position] and line.start_ms is not None
        ]
        rising = longest_rising([start_ms for _, start_ms in kept], strictly=False)
        self._positions = [kept[each][0] for each in rising]
        self._starts = [kept[each][1] for each in rising]

    def fit(self, position: int, start_ms: int | None) -> int | None:
        """A time that is between the kept ones around it; None where it lies far outside."""
        if start_ms is None:
            return None
        before = bisect_left(self._positions, position)
        after = bisect_right(self._positions, position)
        least = self._starts[before - 1] if before else 0
        most = self._starts[after] if after < len(self._starts) else start_ms
        fitted = max(least, min(most, start_ms))
        return fitted if abs(fitted - start_ms) <= _TOLERANCE_MS else None
