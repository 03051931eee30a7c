"""Decoded sound as arrays of floats, in pieces of one size: what is measured is measured on these.

An array has a row for each channel; 1.0 is full scale, and decoders of MP3 and AAC go beyond it.
"""

from collections import deque
from collections.abc import Iterator
from itertools import chain
from typing import Any

import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

from producer.audio.decode import MAX_PADDING_SAMPLES, Converter, Sound

Floats = NDArray[np.float32]

# Sample formats that need no converter: their numbers, and what makes 1.0 of full scale.
_FLOAT = (np.dtype(np.float32), np.float32(1))
_SHORT = (np.dtype(np.int16), np.float32(2.0**-15))
_LONG = (np.dtype(np.int32), np.float32(2.0**-31))
_FLOAT_BYTES = 4
_NUMBERS: dict[str, tuple[np.dtype[Any], np.float32]] = {
    "fltp": _FLOAT,
    "flt": _FLOAT,
    "s16p": _SHORT,
    "s16": _SHORT,
    "s32p": _LONG,
    "s32": _LONG,
}
# No codec means to be that loud. Damaged and hostile files hold anything, infinity included.
_LOUDEST = 16.0


class FloatReader:
    """Reads an open sound once, as the samples that `Sound.blocks` counts.

    `frames` are those of the sound, in case they were decoded in another way. `rate` and `channels`
    (1 or 2) are those of the first frame, and 0 where there is none.
    """

    def __init__(self, sound: Sound, frames: Iterator[AudioFrame] | None = None) -> None:
        self.rate = 0
        self.channels = 0
        self._sound = sound
        self._frames = sound.frames() if frames is None else frames
        first = next(self._frames, None)
        self._buffer: FloatBuffer | None = None
        if first is not None:
            self._buffer = FloatBuffer(first)
            self.rate, self.channels = self._buffer.rate, self._buffer.channels
            self._frames = chain((first,), self._frames)

    @property
    def highest(self) -> float:
        """The highest level in the piece that was last given."""
        return self._buffer.highest if self._buffer is not None else 0.0

    def pieces(self, samples: int) -> Iterator[Floats]:
        """Arrays of `samples` columns; the last has what is left.

        An array holds only until the next is asked for.
        """
        buffer = self._buffer
        if buffer is None:
            return
        total = 0
        # The end is held back until it is known how much of it is the encoder's padding.
        held: deque[AudioFrame] = deque()
        held_samples = 0
        for frame in self._frames:
            held.append(frame)
            held_samples += frame.samples
            while held_samples - held[0].samples >= MAX_PADDING_SAMPLES:
                held_samples -= held[0].samples
                buffer.take(held.popleft())
            if buffer.samples < samples:
                continue
            ready = buffer.samples // samples * samples
            for at in range(0, ready, samples):
                yield buffer.part(at, at + samples)
            total += ready
            buffer.drop(ready)
        for frame in held:
            buffer.take(frame)
        buffer.finish()
        end = buffer.samples
        stated = round(self._sound.stated_seconds() * self.rate)
        excess = total + end - stated
        if stated and 0 < excess <= MAX_PADDING_SAMPLES:
            end = max(end - excess, 0)
        for at in range(0, end, samples):
            yield buffer.part(at, min(at + samples, end))


class FloatBuffer:
    """Frames as one array, with the rate and channels (1 or 2) of the first.

    `samples` is how many are in it, and `highest` the level of the part that was last asked for.
    """

    def __init__(self, first: AudioFrame) -> None:
        self._converter = Converter(first, "flt")
        self.rate, self.channels = self._converter.rate, self._converter.channels
        # A row for each channel, with samples from `_start` to `_end`; and the same as bytes.
        self._array = np.empty((self.channels, 0), np.float32)
        self._rows: list[memoryview] = []
        self._start = self._end = 0
        self._kind = ""
        self.highest = 0.0

    @property
    def samples(self) -> int:
        """How many there are of each channel."""
        return self._end - self._start

    def part(self, start: int, end: int) -> Floats:
        """The samples from `start` to before `end`; the array holds until the next call."""
        piece = self._array[:, self._start + start : min(self._start + end, self._end)]
        self.highest = float(max(piece.max(), -piece.min())) if piece.size else 0.0
        if not self.highest <= _LOUDEST:
            piece = np.clip(np.nan_to_num(piece, nan=0.0), -_LOUDEST, _LOUDEST)
            self.highest = float(np.abs(piece).max())
        return piece

    def drop(self, samples: int) -> None:
        """Forget so many from the beginning."""
        self._start = min(self._start + samples, self._end)
        if self._start == self._end:
            self._start = self._end = 0

    def take(self, frame: AudioFrame) -> None:
        """Add a frame of any form."""
        # There are 40 a second: what is asked of a frame is kept to the least.
        kind, planes, samples = frame.format.name, frame.planes, frame.samples
        is_of_form = (
            frame.sample_rate == self.rate
            and (len(planes) if kind.endswith("p") else frame.layout.nb_channels) == self.channels
        )
        if not is_of_form or kind not in _NUMBERS:
            self._kind = ""
            self._add_packed(self._converter.convert(frame))
            return
        if kind != self._kind:
            self.finish()
            self._kind = kind
        start, end = self._room(samples)
        # Planes may be longer than their samples.
        if kind == "fltp":
            size = samples * _FLOAT_BYTES
            for row, plane in zip(self._rows, planes, strict=True):
                row[start * _FLOAT_BYTES : end * _FLOAT_BYTES] = memoryview(plane)[:size]
            return
        number, scale = _NUMBERS[kind]
        target = self._array[:, start:end]
        if len(planes) == self.channels:
            for row, plane in zip(target, planes, strict=True):
                np.multiply(np.frombuffer(memoryview(plane), number, samples), scale, row)
        else:
            packed = np.frombuffer(memoryview(planes[0]), number, samples * self.channels)
            np.multiply(packed.reshape(-1, self.channels).T, scale, target)

    def finish(self) -> None:
        """Add what the converter still holds."""
        self._add_packed(self._converter.finish())

    def _add_packed(self, data: bytes) -> None:
        if data:
            packed = np.frombuffer(data, np.float32).reshape(-1, self.channels)
            start, end = self._room(len(packed))
            self._array[:, start:end] = packed.T

    def _room(self, samples: int) -> tuple[int, int]:
        """Where the next samples go, which count from now on.

        What is held moves to the left, and the array grows, so that this is seldom done.
        """
        start, end = self._end, self._end + samples
        if end > self._array.shape[1]:
            held = self.samples
            array = self._array
            if 3 * (held + samples) > array.shape[1]:
                array = np.empty((self.channels, 4 * (held + samples)), np.float32)
                self._rows = [row.data.cast("B") for row in array]
            array[:, :held] = self._array[:, self._start : self._end]
            self._array = array
            self._start, start, end = 0, held, held + samples
        self._end = end
        return start, end
