"""How much of something fits: asked of the rendered result, as few times as need be."""

from collections.abc import Callable


def most_that_fits(count: int, fits: Callable[[int], bool], least: int = 0) -> int:
    """The largest number from `least` to `count` that `fits`; `least` where none does.

    `fits` has to hold for all numbers below one that it holds for.
    """
    if count <= least or fits(count):
        return max(count, least)
    low, high = least, count - 1
    while low < high:
        middle = (low + high + 1) // 2
        if fits(middle):
            low = middle
        else:
            high = middle - 1
    return low
