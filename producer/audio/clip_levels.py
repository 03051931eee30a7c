"""How loud a clip is made, and whether it came out so.

LAME at 160 kbit/s and less makes all sound quieter by 0.45 dB, and takes off more where it leaves
out what nobody hears; and peaks come out higher or lower than they went in.
"""

import io
import math
from dataclasses import dataclass
from pathlib import Path

import av

from producer.audio.decode import Sound
from producer.audio.floats import FloatReader
from producer.audio.meter import Meter

LAME_LOSS_DB = 0.45
_CLOSE_ENOUGH_LU = 0.3
# How far under the peak the limiter begins: encoding adds as much at the loudest place of a clip of
# this many seconds. Of more places the loudest is louder, and what is over is encoded once more.
_MARGINS_DB = ((15.0, 0.4), (150.0, 0.9))
# What is over in one attempt is so at another place, and by another amount, in the next.
_MENDING_MARGIN_DB = 0.2
_MOST_GAIN_DB = 40.0
_MOST_MENDING_DB = 4.0


@dataclass(frozen=True, slots=True)
class Level:
    """What is done to a sound before it is encoded."""

    gain_db: float
    ceiling_db: float


@dataclass(frozen=True, slots=True)
class Heard:
    """How a clip came out: how far it is under the loudness asked, and over the peak."""

    missing_lu: float
    excess_db: float

    @property
    def is_right(self) -> bool:
        """Whether there is nothing to mend."""
        return abs(self.missing_lu) <= _CLOSE_ENOUGH_LU and self.excess_db <= 0

    @property
    def faults(self) -> tuple[bool, float]:
        """To find the best of several: a peak too high is worse than any loudness."""
        return self.excess_db > 0, abs(self.missing_lu)


def gain_db(measured_lufs: float | None, wanted_lufs: float) -> float:
    """The gain that makes one loudness of the other, within reason; none for silence."""
    if measured_lufs is None:
        return 0.0
    return max(min(wanted_lufs - measured_lufs, _MOST_GAIN_DB), -_MOST_GAIN_DB)


def first_level(gain: float, true_peak_dbtp: float, length_s: float) -> Level:
    """What most clips of this length come out right with."""
    (short_s, least_db), (long_s, most_db) = _MARGINS_DB
    share = math.log(max(length_s, short_s) / short_s) / math.log(long_s / short_s)
    margin_db = least_db + (most_db - least_db) * min(share, 1.0)
    return Level(gain + LAME_LOSS_DB, true_peak_dbtp + LAME_LOSS_DB - margin_db)


def mended(level: Level, heard: Heard, first: Level) -> Level:
    """The level for another attempt."""
    gain = level.gain_db + heard.missing_lu
    gain = max(min(gain, first.gain_db + _MOST_MENDING_DB), first.gain_db - _MOST_MENDING_DB)
    ceiling = level.ceiling_db
    if heard.excess_db > 0:
        ceiling -= heard.excess_db + _MENDING_MARGIN_DB
    return Level(gain, ceiling)


def measure_mp3(data: bytes) -> tuple[float | None, float | None]:
    """Loudness and true peak of an MP3 as it is decoded; None for silence."""
    with av.open(io.BytesIO(data), "r") as container:
        reader = FloatReader(Sound(Path("clip"), container, container.streams.audio[0]))
        meter = Meter(reader.rate, reader.channels, with_peak=True)
        for piece in reader.pieces(meter.samples):
            meter.feed(piece, reader.highest)
        return meter.lufs(), meter.true_peak_dbtp()
