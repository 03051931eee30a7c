"""Trying again what may pass, with longer and longer waits."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from producer.publish.errors import PassingError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Retry:
    """How long to wait before each further try, in seconds, more or less by a half.

    `sleep` does the waiting, in the place of `time.sleep`.
    """

    waits_s: tuple[float, ...] = (1, 4, 15)
    sleep: Callable[[float], None] | None = None

    def __call__(self, action: Callable[[], T]) -> T:
        """What `action` gives. PassingError of the last try; other errors at once."""
        for wait_s in self.waits_s:
            try:
                return action()
            except PassingError:
                # Not all at the same moment, where several send at once.
                (self.sleep or time.sleep)(wait_s * random.uniform(0.5, 1.5))
        return action()
