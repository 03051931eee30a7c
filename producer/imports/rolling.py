"""Rolling captions: YouTube's own WebVTT says every line twice, as it scrolls up the screen."""

from collections.abc import Sequence
from itertools import pairwise


def repeated_lines(cues: Sequence[Sequence[str]]) -> list[int]:
    """How many lines at the top of each cue are the last ones of the cue before, in such a file.

    Elsewhere nothing counts as repeated: people say the same thing twice. A file rolls where most
    cues repeat, and many of them show a new line below what they repeat.
    """
    counts = [0] * len(cues)
    for position, (before, cue) in enumerate(pairwise(cues), start=1):
        counts[position] = _overlap(before, cue)
    repeating = sum(count > 0 for count in counts)
    growing = sum(0 < count < len(cue) for count, cue in zip(counts, cues, strict=True))
    rolls = 2 * repeating > len(cues) - 1 and 4 * growing > len(cues) - 1
    return counts if rolls else [0] * len(cues)


def _overlap(before: Sequence[str], cue: Sequence[str]) -> int:
    for length in range(min(len(before), len(cue)), 0, -1):
        if list(before[-length:]) == list(cue[:length]):
            return length
    return 0
