"""The one place that imports pydub, which complains while it is imported.

It warns that there is no ffmpeg, which is not needed here, and on new Pythons about its own
regular expressions. From Python 3.13 on it takes `audioop` from the package audioop-lts.
"""

import warnings

from producer.audio.decode import SAMPLE_WIDTH

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pydub import AudioSegment

__all__ = ["SAMPLE_WIDTH", "AudioSegment", "make_segment"]


def make_segment(data: bytes, rate: int, channels: int) -> AudioSegment:
    """A pydub segment of packed 16-bit samples."""
    return AudioSegment(data=data, sample_width=SAMPLE_WIDTH, frame_rate=rate, channels=channels)
