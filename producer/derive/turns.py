"""When each line is spoken: lines that share a time are one turn."""

from collections.abc import Sequence
from dataclasses import dataclass

from producer.derive.rising import longest_rising
from producer.model.episode import Line


@dataclass(frozen=True, slots=True)
class Turn:
    """Lines spoken one after the other from `start_ms` on, until the next turn starts.

    A line without a time goes on with the time before it (DESIGN 3), so it belongs to the turn it
    stands in; so does a line whose time is out of order, since its time says nothing.
    """

    start_ms: int
    lines: tuple[Line, ...]

    @property
    def words(self) -> int:
        """How many words are said in it."""
        return sum([line.words for line in self.lines])


def turns_of(lines: Sequence[Line]) -> tuple[Turn, ...]:
    """The turns of a transcript; their starts rise strictly."""
    timed = [line for line in lines if line.start_ms is not None]
    kept = longest_rising([line.start_ms or 0 for line in timed], strictly=False)
    in_order = {timed[position].index for position in kept}
    turns: list[tuple[int, list[Line]]] = []
    for line in lines:
        start_ms = line.start_ms if line.index in in_order else None
        if not turns or (start_ms is not None and start_ms > turns[-1][0]):
            turns.append((start_ms or 0, [line]))
        else:
            turns[-1][1].append(line)
    return tuple(Turn(start_ms, tuple(members)) for start_ms, members in turns)
