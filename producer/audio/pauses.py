"""Where speech pauses, and moving the boundaries of clips there.

A transcript's times are whole seconds more often than not, and cut through words. A pause is a run
of 10 ms hops whose level is under a threshold that follows from what is heard around the boundary:
p5 + 0.3 (p90 - p5) of the levels in decibels. A fixed level fails as soon as there is music under
the talk.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Levels = NDArray[np.float32]

# Shorter gaps are inside of words: a "t" is closed for up to 100 ms.
SHORTEST_PAUSE_MS = 120
# The talk around a boundary that the threshold is taken from, on either side.
_CONTEXT_MS = 5000
_LOW_PERCENTILE, _HIGH_PERCENTILE, _SHARE = 5, 90, 0.3
# Digital silence says nothing about how quiet a room is.
_DEEPEST_DB = 45.0
# With less between loud and quiet there is no talk: silence, a tone, steady noise.
_LEAST_CONTRAST_DB = 6.0
# A pause is worth going as much farther for as it is longer, up to this.
_LONGEST_WORTH_MS = 1000
# How much of a pause is kept before the first word, and after the last.
_LEAD_MS = 150
_TAIL_MS = 300


@dataclass(frozen=True, slots=True)
class PauseRules:
    """How far a boundary may move; not at all with a window of 0.

    `starts_earlier` keeps starts from moving later, so that no clip loses words that it was asked
    to have.
    """

    window_ms: int = 1500
    starts_earlier: bool = False


@dataclass(frozen=True, slots=True)
class Pause:
    """A half-open span in which nobody speaks."""

    start_ms: int
    end_ms: int

    @property
    def length_ms(self) -> int:
        """Its length."""
        return self.end_ms - self.start_ms


def find_pauses(levels_db: Levels, hop_ms: float, start_ms: int, end_ms: int) -> list[Pause]:
    """The pauses that reach into a span, in order, as far as they go within the talk around it.

    `levels_db` holds the level of each hop of the whole recording, `hop_ms` is how long one is.
    """
    first = max(int((start_ms - _CONTEXT_MS) / hop_ms), 0)
    last = min(int((end_ms + _CONTEXT_MS) / hop_ms) + 1, len(levels_db))
    around = levels_db[first:last]
    if not len(around):
        return []
    low, high = (float(p) for p in np.percentile(around, (_LOW_PERCENTILE, _HIGH_PERCENTILE)))
    low = max(min(low, _quietest(around, hop_ms)), high - _DEEPEST_DB)
    if high - low < _LEAST_CONTRAST_DB:
        return []
    quiet = np.concatenate([[False], around < low + _SHARE * (high - low), [False]])
    edges = np.flatnonzero(quiet[1:] != quiet[:-1]) + first
    pauses = [
        Pause(round(start * hop_ms), round(end * hop_ms))
        for start, end in edges.reshape(-1, 2).tolist()
    ]
    return [
        pause
        for pause in pauses
        if pause.length_ms >= SHORTEST_PAUSE_MS
        and pause.start_ms <= end_ms
        and pause.end_ms >= start_ms
    ]


def all_pauses(levels_db: Levels, hop_ms: float, shortest_ms: int) -> list[Pause]:
    """The pauses of a whole recording that are long enough, in order."""
    length_ms = round(len(levels_db) * hop_ms)
    found: list[Pause] = []
    for start in range(0, length_ms, _CONTEXT_MS):
        for pause in find_pauses(levels_db, hop_ms, start, min(start + _CONTEXT_MS, length_ms)):
            begin, end = pause.start_ms, pause.end_ms
            if found and begin <= found[-1].end_ms:
                # Seen from two sides, where the talk may be louder on one.
                before = found.pop()
                begin, end = min(before.start_ms, begin), max(before.end_ms, end)
            found.append(Pause(begin, end))
    return [pause for pause in found if pause.length_ms >= shortest_ms]


def _quietest(levels_db: Levels, hop_ms: float) -> float:
    """The level that the quietest run as long as a pause stays under.

    Where somebody talks on and on, pauses are less than the twentieth part that p5 needs to see
    them.
    """
    hops = math.ceil(SHORTEST_PAUSE_MS / hop_ms)
    if len(levels_db) < hops:
        return math.inf
    runs = np.lib.stride_tricks.sliding_window_view(levels_db, hops)
    return float(runs.max(axis=1).min())


def move_to_pauses(
    spans_ms: Sequence[tuple[int, int]],
    levels_db: Levels,
    hop_ms: float,
    rules: PauseRules,
) -> list[tuple[int, int]]:
    """The spans with each boundary moved into a pause nearby, if there is one in the window.

    Where a clip starts, a little of the pause is kept before the first word, and where one ends, a
    little after the last. Two clips that share a boundary share it afterwards: it is one for a
    start, since silence at the end of a clip is less of a harm than at its beginning. Boundaries
    never pass each other. The beginning and the end of the recording stay what they are.
    """
    length_ms = round(len(levels_db) * hop_ms)
    starts = {start for start, _ in spans_ms}
    boundaries = sorted(starts | {end for _, end in spans_ms})
    moved: dict[int, int] = {}
    for before, at, after in zip(
        [None, *boundaries[:-1]], boundaries, [*boundaries[1:], None], strict=True
    ):
        # The last hop may be shorter than the others.
        if at <= 0 or at >= length_ms - hop_ms - 1:
            moved[at] = at
            continue
        is_start = at in starts
        # No nearer than the middle to a neighbour, which may come as near from there.
        earliest = max(at - rules.window_ms, 0 if before is None else (before + at) // 2 + 1)
        latest = min(at + rules.window_ms, length_ms if after is None else (at + after) // 2)
        if is_start and rules.starts_earlier:
            latest = min(latest, at)
        moved[at] = _moved(at, earliest, latest, levels_db, hop_ms, is_start=is_start)
    return [(moved[start], moved[end]) for start, end in spans_ms]


def _moved(
    at: int, earliest: int, latest: int, levels_db: Levels, hop_ms: float, *, is_start: bool
) -> int:
    if earliest >= latest:
        return at
    best, best_cost = at, math.inf
    for pause in find_pauses(levels_db, hop_ms, earliest, latest):
        start, end = max(pause.start_ms, earliest), min(pause.end_ms, latest)
        if end - start < SHORTEST_PAUSE_MS and end < latest and start > earliest:
            continue
        distance = max(start - at, at - end, 0)
        cost = distance - min(pause.length_ms, _LONGEST_WORTH_MS)
        if cost < best_cost:
            inside = pause.length_ms // 2
            place = (
                pause.end_ms - min(inside, _LEAD_MS)
                if is_start
                else pause.start_ms + min(inside, _TAIL_MS)
            )
            # A pause that goes on past the window is entered as far as the window goes.
            best, best_cost = min(max(place, start), end), cost
    return best
