"""Decoded sound as arrays of floats, in pieces of one size: what is measured is measured on these.

An array has a row for each channel; 1.0 is full scale, and decoders of MP3 and AAC go beyond it.
"""

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

    def pieces(self, samples: int) -> Iterator[Floats]:
        """Arrays of `samples` columns; the last has what is left.

        An array holds only until the next is asked for.
        """
        buffer = self._buffer
        if buffer is None:
            return
        total = 0
        # The end is held back until it is known how much of it is the encoder's padding.
        for frame in self._frames:
            buffer.take(frame)
            if buffer.samples < samples + MAX_PADDING_SAMPLES:
                continue
            ready = (buffer.samples - MAX_PADDING_SAMPLES) // samples * samples
            for at in range(0, ready, samples):
                yield buffer.part(at, at + samples)
            total += ready
            buffer.drop(ready)
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

    `samples` is how many are in it.
    """

    def __init__(self, first: AudioFrame) -> None:
        self._converter = Converter(first, "flt")
        self.rate, self.channels = self._converter.rate, self._converter.channels
        # A row for each channel, filled from the left; and the same memory as bytes.
        self._array = np.empty((self.channels, 0), np.float32)
        self._rows: list[memoryview] = []
        self._kind = ""
        self.samples = 0

    def part(self, start: int, end: int) -> Floats:
        """The samples from `start` to before `end`; the array holds until the next call."""
        piece = self._array[:, start : min(end, self.samples)]
        if piece.size and not max(piece.max(), -piece.min()) <= _LOUDEST:
            piece = np.clip(np.nan_to_num(piece, nan=0.0), -_LOUDEST, _LOUDEST)
        return piece

    def drop(self, samples: int) -> None:
        """Forget so many from the beginning."""
        rest = max(self.samples - samples, 0)
        self._array[:, :rest] = self._array[:, self.samples - rest : self.samples].copy()
        self.samples = rest

    def take(self, frame: AudioFrame) -> None:
        """Add a frame of any form."""
        # There are 40 a second: what is asked of a frame is kept to the least.
        kind, planes, samples = frame.format.name, frame.planes, frame.samples
        if kind == "fltp" == self._kind and len(planes) == self.channels:
            if frame.sample_rate == self.rate:
                size = samples * _FLOAT_BYTES
                start = self.samples * _FLOAT_BYTES
                end = self._room(samples) * _FLOAT_BYTES
                # Planes may be longer than their samples.
                for row, plane in zip(self._rows, planes, strict=True):
                    row[start:end] = memoryview(plane)[:size]
                self.samples += samples
                return
        if (
            kind not in _NUMBERS
            or frame.sample_rate != self.rate
            or frame.layout.nb_channels != self.channels
        ):
            self._kind = ""
            self._add_packed(self._converter.convert(frame))
            return
        if kind != self._kind:
            self.finish()
            self._kind = kind
        number, scale = _NUMBERS[kind]
        start, end = self.samples, self._room(samples)
        target = self._array[:, start:end]
        if len(planes) == self.channels:
            for row, plane in zip(target, planes, strict=True):
                np.multiply(np.frombuffer(plane, number, samples), scale, row)
        else:
            packed = np.frombuffer(planes[0], number, samples * self.channels)
            np.multiply(packed.reshape(-1, self.channels).T, scale, target)
        self.samples = end

    def finish(self) -> None:
        """Add what the converter still holds."""
        self._add_packed(self._converter.finish())

    def _add_packed(self, data: bytes) -> None:
        if data:
            packed = np.frombuffer(data, np.float32).reshape(-1, self.channels)
            start, end = self.samples, self._room(len(packed))
            self._array[:, start:end] = packed.T
            self.samples = end

    def _room(self, samples: int) -> int:
        """Where the next samples end; the array grows where they have no room."""
        end = self.samples + samples
        if end > self._array.shape[1]:
            grown = np.empty((self.channels, end * 2), np.float32)
            grown[:, : self.samples] = self._array[:, : self.samples]
            self._array = grown
            self._rows = [memoryview(row).cast("B") for row in grown]
        return end
