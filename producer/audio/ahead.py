"""Taking values from an iterator in a thread: what makes them runs beside what uses them.

That is worth while where both happen outside Python, as decoding and measuring sound do.
"""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_T = TypeVar("_T")

# More than one, so that the thread goes on to the next without waiting for the one who asks.
_AHEAD = 3


def ahead(values: Iterator[_T], most: int = _AHEAD) -> Iterator[_T]:
    """The same values in the same order, and the same exception, if one ends them.

    Up to `most` more are taken than were asked for; when the generator is closed, none is being
    taken.
    """

    def take() -> tuple[_T] | None:
        for value in values:
            return (value,)
        return None

    with ThreadPoolExecutor(max_workers=1) as thread:
        coming = deque(thread.submit(take) for _ in range(most))
        while taken := coming.popleft().result():
            coming.append(thread.submit(take))
            yield taken[0]
