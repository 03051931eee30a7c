"""How far in time a reader of the transcript has come, by the words of each turn."""

from collections.abc import Sequence
from functools import cached_property

from producer.derive.turns import Turn
from producer.model.episode import Entry, Line


class Reading:
    """Interpolates times inside turns: each word of a turn takes the same part of it."""

    def __init__(self, transcript: Sequence[Entry], turns: Sequence[Turn], end_ms: int) -> None:
        self._transcript = transcript
        self._turns = turns
        self._end_ms = end_ms
        self._starts = [turn.start_ms for turn in turns]

    @cached_property
    def _reached(self) -> list[tuple[int, int]]:
        """For each entry, the start of the turn above it and when all above it is said."""
        ends = [*self._starts[1:], self._end_ms]
        after_line: dict[int, tuple[int, int]] = {}
        for turn, turn_end_ms in zip(self._turns, ends, strict=False):
            total, spoken = turn.words, 0
            for line in turn.lines:
                spoken += line.words
                reached_ms = turn.start_ms + (turn_end_ms - turn.start_ms) * spoken // total
                after_line[line.index] = turn.start_ms, reached_ms
        rows: list[tuple[int, int]] = []
        reached = (0, 0)
        for entry in self._transcript:
            if isinstance(entry, Line):
                reached = after_line[entry.index]
            rows.append(reached)
        return rows

    def turn_and_reached_ms(self, position: int) -> tuple[int, int]:
        """The start of the turn above the entry at `position`, and when all above it is said."""
        return self._reached[position]

    def turn_before_ms(self, time_ms: int) -> int:
        """The start of the last turn that starts before `time_ms`; 0 if there is none."""
        return max((start for start in self._starts if start < time_ms), default=0)
