"""Where nobody speaks: places that are offered for a boundary."""

import re
from itertools import accumulate

# Shorter ones are breaths between words.
_LEAST_MS = 300
# Half decibels that a pause lies below speech, and below full scale, however it was recorded.
_BELOW_SPEECH = 28
_LEAST = 50
# Of the hops, the part that is taken for loud speech.
_LOUD_PART = 0.3
_RUN = re.compile(rb"\x01+")


def quiet_spans(levels: bytes, hop_ms: float) -> list[tuple[int, int]]:
    """Starts and ends of pauses in milliseconds.

    `levels` has a byte for each hop: half decibels under full scale (`Analysis.levels`). A pause
    is 14 dB under what is loud in this recording, for 0.3 s and more.
    """
    if not levels:
        return []
    louder = accumulate(levels.count(value) for value in range(256))
    speech = next(value for value, count in enumerate(louder) if count >= _LOUD_PART * len(levels))
    threshold = max(speech + _BELOW_SPEECH, _LEAST)
    is_quiet = levels.translate(bytes(value >= threshold for value in range(256)))
    return [
        (round(run.start() * hop_ms), round(run.end() * hop_ms))
        for run in _RUN.finditer(is_quiet)
        if (run.end() - run.start()) * hop_ms >= _LEAST_MS
    ]
