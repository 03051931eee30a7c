"""The sound of one polished clip, piece by piece: levels, fades, and what comes before and after.

Only a clip's head and tail are ever pydub segments; what lies between goes by untouched.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from producer.audio.limiter import limit
from producer.audio.segment import SAMPLE_WIDTH, AudioSegment, make_segment

Floats = NDArray[np.float32]

_FULL_SCALE = 32768


@dataclass(frozen=True, slots=True)
class Ends:
    """How a clip begins and ends. Intro and outro have the rate and channels of the clip."""

    fade_ms: int = 0
    intro: AudioSegment | None = None
    outro: AudioSegment | None = None
    crossfade_ms: int = 0


def with_channels(pieces: Iterable[Floats], channels: int) -> Iterator[Floats]:
    """The sound in one channel or two: the mean of both, or the same twice."""
    for piece in pieces:
        if len(piece) == channels:
            yield piece
        elif channels == 1:
            yield piece.mean(axis=0, keepdims=True)
        else:
            yield np.repeat(piece, channels, axis=0)


def with_level(
    pieces: Iterable[Floats], rate: int, channels: int, gain_db: float, ceiling_db: float
) -> Iterator[Floats]:
    """The sound louder by a gain, its true peaks held under a ceiling."""
    factor = np.float32(10 ** (gain_db / 20))
    louder = (piece * factor for piece in pieces)
    return limit(louder, rate, channels, 10 ** (ceiling_db / 20))


def packed(pieces: Iterable[Floats]) -> Iterator[bytes]:
    """The sound as packed 16-bit samples; what is over full scale is cut off."""
    for piece in pieces:
        rounded = np.rint(piece.T * np.float32(_FULL_SCALE))
        yield np.clip(rounded, -_FULL_SCALE, _FULL_SCALE - 1).astype("<i2").tobytes()


def unpacked(data: bytes, channels: int) -> Floats:
    """Packed 16-bit samples as floats."""
    samples = np.frombuffer(data, "<i2").reshape(-1, channels).T
    return samples.astype(np.float32) * np.float32(1 / _FULL_SCALE)


def with_ends(parts: Iterable[bytes], rate: int, channels: int, ends: Ends) -> Iterator[bytes]:
    """Packed samples with their ends faded, or crossfaded with the intro and the outro."""
    reach = max(ends.fade_ms, ends.crossfade_ms if ends.intro or ends.outro else 0)
    size = (reach * rate // 1000 + 1) * SAMPLE_WIDTH * channels
    held = b""
    is_head = True
    for part in parts:
        held += part
        if is_head and len(held) >= 2 * size:
            yield _head(make_segment(held[:size], rate, channels), ends).raw_data
            held, is_head = held[size:], False
        if not is_head and len(held) > size:
            yield held[:-size]
            held = held[-size:]
    if not held:
        return
    tail = make_segment(held, rate, channels)
    if is_head:  # so short that head and tail are one
        tail = _head(tail, ends)
    yield _tail(tail, ends).raw_data


def _head(segment: AudioSegment, ends: Ends) -> AudioSegment:
    if ends.intro is None:
        return segment.fade_in(min(ends.fade_ms, len(segment)))
    return ends.intro.append(segment, crossfade=_crossfade_ms(ends, ends.intro, segment))


def _tail(segment: AudioSegment, ends: Ends) -> AudioSegment:
    if ends.outro is None:
        return segment.fade_out(min(ends.fade_ms, len(segment)))
    return segment.append(ends.outro, crossfade=_crossfade_ms(ends, segment, ends.outro))


def _crossfade_ms(ends: Ends, before: AudioSegment, after: AudioSegment) -> int:
    return min(ends.crossfade_ms, len(before), len(after))
