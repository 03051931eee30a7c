"""How high the bars stand in each frame, from the sound alone."""

import math
from collections.abc import Sequence

from producer.audio.segment import AudioSegment

FRAME_MS = 40
FRAMES_PER_SECOND = 1000 // FRAME_MS
BARS = 45
# A bar of no height is this much quieter than the loudest moment.
_RANGE_DB = 36
# Sound of 16 bits that nobody hears: silence stays flat, however little there is beside it.
_MIN_LOUDEST = 100
# What is left of a height after a frame: bars rise at once and fall in a quarter of a second.
_FALL = 0.78
# How much lower the outermost bars are.
_SLOPE = 0.55


def frame_levels(sound: AudioSegment) -> list[float]:
    """The loudness of each frame's sound, from 0 to 1, against the loudest frame."""
    frames = -(-len(sound.raw_data) * FRAMES_PER_SECOND // (sound.frame_rate * sound.frame_width))
    loud = [sound[n * FRAME_MS : (n + 1) * FRAME_MS].rms for n in range(frames)]
    loudest = max([_MIN_LOUDEST, *loud])
    return [
        max(0.0, 1 + 20 * math.log10(each / loudest) / _RANGE_DB) if each else 0.0 for each in loud
    ]


def fallen(levels: Sequence[float]) -> list[float]:
    """The same, falling no faster than the eye likes."""
    shown: list[float] = []
    for level in levels:
        shown.append(max(level, shown[-1] * _FALL if shown else 0.0))
    return shown


def bar_heights(shown: Sequence[float], frame: int) -> list[float]:
    """The heights in a frame, from 0 to 1: the bar in the middle is now, the others were before.

    Sound runs from the middle to both sides, a bar a frame.
    """
    middle = BARS // 2
    heights = []
    for bar in range(BARS):
        ago = abs(bar - middle)
        level = shown[frame - ago] if frame >= ago else 0.0
        heights.append(level * (1 - _SLOPE * ago / middle))
    return heights
