"""Which places to take: the best sum of scores with a minimum gap, by dynamic programming."""

from bisect import bisect_right
from collections.abc import Sequence

_NONE = float("-inf")


def select(
    positions: Sequence[int], scores: Sequence[float], count: int, min_gap: int
) -> list[int]:
    """The indices of `count` places, rising, whose positions are `min_gap` apart or more.

    Of all such choices the one with the highest sum of scores; fewer places where so many do not
    fit. `positions` rise (equal ones may repeat), `min_gap` is 1 or more. Takes time and memory
    of `count` times the number of places.
    """
    # The first `free[n]` places are far enough from place n to be taken with it.
    free = [bisect_right(positions, position - min_gap) for position in positions]
    best = [0.0] * (len(positions) + 1)
    rounds: list[bytearray] = []
    for _ in range(count):
        sums, taken = [_NONE], bytearray(len(positions))
        for place, score in enumerate(scores):
            with_it = best[free[place]] + score
            taken[place] = with_it > sums[-1]
            sums.append(max(with_it, sums[-1]))
        if sums[-1] == _NONE:
            break
        rounds.append(taken)
        best = sums
    chosen: list[int] = []
    end = len(positions)
    for taken in reversed(rounds):
        chosen.append(taken.rindex(1, 0, end))
        end = free[chosen[-1]]
    return chosen[::-1]
