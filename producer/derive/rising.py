"""Which of a row of times are out of order."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import islice
from operator import le, lt


def longest_rising(values: Sequence[int], *, strictly: bool) -> list[int]:
    """Indices of a longest rising subsequence: what remains are the fewest values out of order.

    Where several are equally long, earlier values are kept and later ones blamed, as a reader
    going down the page would. O(n log n).
    """
    if all(map(lt if strictly else le, values, islice(values, 1, None))):
        return list(range(len(values)))
    bisect = bisect_left if strictly else bisect_right
    tails: list[int] = []
    ranks: list[int] = []
    for value in values:
        rank = bisect(tails, value)
        tails[rank : rank + 1] = [value]
        ranks.append(rank)
    # How long a rising row can still become from each value on, found from the end backwards.
    tails_after: list[int] = []
    on_longest = [False] * len(values)
    for index in range(len(values) - 1, -1, -1):
        rank_after = bisect(tails_after, -values[index])
        tails_after[rank_after : rank_after + 1] = [-values[index]]
        on_longest[index] = ranks[index] + rank_after + 1 == len(tails)
    # Of equal rank, values fall from left to right, so the first one is always followed by others.
    kept: list[int] = []
    for index, is_on_longest in enumerate(on_longest):
        if is_on_longest and ranks[index] == len(kept):
            kept.append(index)
    return kept
