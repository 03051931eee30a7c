"""Walking over the frames of an MP3 file, without decoding them.

An hour has some 138,000 frames, so that the walk is a loop that does one look-up a frame; what is
not a frame is looked at afterwards. Memory is one block of the file.
"""

import re
from collections.abc import Iterator
from io import SEEK_END
from typing import BinaryIO

from producer.audio.copy.id3_size import skip_id3
from producer.audio.copy.mp3_header import (
    HEADER_BYTES,
    MAX_FRAME_BYTES,
    Kind,
    is_free_format,
    kind_of,
)
from producer.errors import AudioError

_BLOCK_BYTES = 1 << 20
# What FFmpeg looks through for the first frame, behind ID3 tags.
_MAX_JUNK_BYTES = 1 << 16
# A limit for damaged files, far from what chance can do: a sync every 10 kB in a gigabyte.
_MAX_FALSE_SYNCS = 100_000
# A sync and the bits of layer III, of all versions.
_SYNC = re.compile(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb]")
_HINT = "cut it by decoding (--mode polish), or export it again"


class Frames:
    """A position in the frames of a file, which only goes forward unless it is set back.

    `index` is the number of the frame that begins at the byte `at`. Frame 0 is the first one in
    the file, be it a tag frame or sound. `start` is where ID3 tags end, `end` where the file does.
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self._name = file, name
        self.end = file.seek(0, SEEK_END)
        self._base, self._data = 0, b""
        self._false_syncs = 0
        self.start = skip_id3(file, 0)
        self.kind, self.at = self._first_frame()
        self.index = 0

    def read(self, start: int, end: int) -> bytes:
        """The bytes of the file from `start` to before `end`."""
        self._file.seek(start)
        return self._file.read(end - start)

    def walk(self, index: int, sizes: list[int] | None = None) -> list[tuple[int, int]]:
        """Go on to the frame `index`, or the end of the file, whichever comes first.

        Gives the places of the frames that were passed, joined to ranges of bytes: one, unless
        there is something between the frames. `sizes` gets the length of each. Raises AudioError
        where frames of another kind follow.
        """
        ranges = []
        while self.index < index:
            start = self.at
            self._run(index, sizes)
            if self.at > start:
                ranges.append((start, self.at))
            if self.index < index and not self._resync():
                break
        return ranges

    def _run(self, index: int, sizes: list[int] | None) -> None:
        """Go on at most to the frame `index`, over frames that follow each other directly."""
        known = self.kind.sizes.get
        size = 1
        while size and self.index < index:
            self._load(self.at)
            data, at = self._data, self.at - self._base
            last, left, size = len(data) - HEADER_BYTES, index - self.index, 0
            while left and at <= last:
                size = known(data[at : at + 3], 0)
                if not size:
                    break
                at += size
                left -= 1
                if sizes is not None:
                    sizes.append(size)
            if self._base + at > self.end:  # the last frame is cut off
                at, left, size = at - size, left + 1, 0
                if sizes is not None:
                    sizes.pop()
            self.at, self.index = self._base + at, index - left

    def _load(self, at: int) -> None:
        """Have a whole frame's bytes from `at` in memory, unless the file ends before."""
        if not self._base <= at <= self._base + len(self._data) - MAX_FRAME_BYTES - HEADER_BYTES:
            self._base, self._data = at, self.read(at, at + _BLOCK_BYTES)

    def _header(self, at: int) -> bytes:
        if not self._base <= at <= self._base + len(self._data) - HEADER_BYTES:
            self._load(at)
        return self._data[at - self._base : at - self._base + HEADER_BYTES]

    def _first_frame(self) -> tuple[Kind, int]:
        for at in self._syncs(self.start, self.start + _MAX_JUNK_BYTES):
            kind = kind_of(self._header(at))
            if kind and self._follow(at, kind, 1):
                return kind, at
        header = self._header(self.start)
        if kind_of(header) and is_free_format(header):
            raise AudioError(f"{self._name}: its MP3 frames are in free format", hint=_HINT)
        raise AudioError(f"{self._name}: there are no MP3 frames in it", hint=_HINT)

    def _resync(self) -> bool:
        """Go on to where frames begin again. False if there are none."""
        after = skip_id3(self._file, self.at)
        for at in self._syncs(after if after > self.at else self.at + 1, self.end):
            kind = kind_of(self._header(at))
            if kind == self.kind and self._follow(at, kind, 1):
                self.at = at
                return True
            if kind and kind != self.kind and self._follow(at, kind, 4):
                raise AudioError(
                    f"{self._name}: goes on in another sample rate at byte {at}", hint=_HINT
                )
            self._false_syncs += 1
            if self._false_syncs > _MAX_FALSE_SYNCS:
                raise AudioError(f"{self._name}: is too damaged to be copied from", hint=_HINT)
        return False

    def _syncs(self, start: int, end: int) -> Iterator[int]:
        """Where from `start` to before `end` the first two bytes of a header stand."""
        end = min(end, self.end - HEADER_BYTES + 1)
        while start < end:
            block = self.read(start, min(start + _BLOCK_BYTES, end) + 1)
            for match in _SYNC.finditer(block):
                yield start + match.start()
            start += _BLOCK_BYTES

    def _follow(self, at: int, kind: Kind, count: int) -> bool:
        """Whether a frame at `at` is followed by `count` more of the kind, or the end."""
        for _ in range(count + 1):
            size = kind.sizes.get(self._header(at)[:3])
            if size is None:
                return False
            at += size
            if at == self.end:
                return True
        return True
