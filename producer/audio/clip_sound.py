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
        scaled = piece * np.float32(_FULL_SCALE)
        np.rint(scaled, out=scaled)
        np.clip(scaled, -_FULL_SCALE, _FULL_SCALE - 1, out=scaled)
        samples = np.empty(piece.T.shape, "<i2")
        samples.T[:] = scaled
        yield samples.tobytes()


def unpacked(data: bytes, channels: int) -> Floats:
    """Packed 16-bit samples as floats."""
    samples = np.frombuffer(data, "<i2").reshape(-1, channels).T
    return samples.astype(np.float32) * np.float32(1 / _FULL_SCALE)


def with_ends(parts: Iterable[bytes], rate: int, channels: int, ends: Ends) -> Iterator[bytes]:
    """Packed samples with their ends faded, or crossfaded with the intro and the outro."""
    frame = SAMPLE_WIDTH * channels
    head_ms = ends.fade_ms if ends.intro is None else ends.crossfade_ms
    tail_ms = ends.fade_ms if ends.outro is None else ends.crossfade_ms
    # pydub cuts at whole milliseconds: it gets no more than those that it changes.
    head, tail = (rate * ms // 1000 * frame for ms in (head_ms, tail_ms))
    held = b""
    is_begun = False
    for part in parts:
        held += part
        if not is_begun and len(held) >= head + tail:
            yield _head(held[:head], rate, channels, ends)
            held, is_begun = held[head:], True
        if is_begun and len(held) > tail:
            yield held[: len(held) - tail]
            held = held[len(held) - tail :]
    if is_begun:
        yield _tail(held, rate, channels, ends)
    elif held:
        # Shorter than both of its ends: they share it.
        half_ms = len(held) // frame * 500 // rate
        head = rate * half_ms // 1000 * frame
        yield _head(held[:head], rate, channels, ends)
        yield held[head : len(held) - head]
        yield _tail(held[len(held) - head :], rate, channels, ends)


def _head(data: bytes, rate: int, channels: int, ends: Ends) -> bytes:
    segment = make_segment(data, rate, channels)
    if ends.intro is None:
        return bytes(segment.fade_in(len(segment)).raw_data) if data else b""
    before, shared = _split(ends.intro.raw_data, len(data), at_end=True)
    return before + _crossfaded(shared, data, rate, channels)


def _tail(data: bytes, rate: int, channels: int, ends: Ends) -> bytes:
    segment = make_segment(data, rate, channels)
    if ends.outro is None:
        return bytes(segment.fade_out(len(segment)).raw_data) if data else b""
    shared, after = _split(ends.outro.raw_data, len(data), at_end=False)
    return _crossfaded(data, shared, rate, channels) + after


def _split(data: bytes, size: int, *, at_end: bool) -> tuple[bytes, bytes]:
    at = max(len(data) - size, 0) if at_end else min(size, len(data))
    return data[:at], data[at:]


def _crossfaded(before: bytes, after: bytes, rate: int, channels: int) -> bytes:
    """Two sounds of which one goes as the other comes; what is longer sticks out at its far end."""
    size = min(len(before), len(after))
    if not size:
        return before + after
    lead, going = _split(before, size, at_end=True)
    coming, rest = _split(after, size, at_end=False)
    one, two = make_segment(going, rate, channels), make_segment(coming, rate, channels)
    mixed = one.fade_out(len(one)).overlay(two.fade_in(len(two)))
    return lead + bytes(mixed.raw_data) + rest
