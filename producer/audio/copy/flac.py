"""Cutting FLAC files. The frames of a clip are found by halving, so that little is read.

A clip is a file of blocks of different lengths, as its first and last block end where it does.
"""

import re
from collections.abc import Iterator, Sequence
from io import SEEK_END, BytesIO
from pathlib import Path
from typing import BinaryIO

from producer.audio.copy.flac_blocks import Frame, clip_blocks
from producer.audio.copy.flac_frame import (
    MAX_HEADER_BYTES,
    STREAMINFO_BYTES,
    Header,
    StreamInfo,
    read_header,
)
from producer.audio.copy.id3_size import skip_id3
from producer.errors import AudioError

_HINT = "cut it by decoding (--mode polish), or export it again"
_MARK = b"fLaC"
_LAST_BLOCK = 0x80
_HEAD = _MARK + bytes((_LAST_BLOCK, 0, 0, STREAMINFO_BYTES))
_SYNC = re.compile(rb"\xff[\xf8\xf9]")
_SEARCH_BYTES = 1 << 17
_READ_BYTES = 1 << 19
# The most that a frame of 65535 samples of 8 channels can have, and somewhat more.
_MAX_FRAME_BYTES = 1 << 22
_MAX_METADATA_BLOCKS = 1 << 12


def copy_flac(path: Path, spans_ms: Sequence[tuple[int, int]]) -> Iterator[bytes]:
    """Give the bytes of a FLAC file for each span, and none for one that holds no sound."""
    with path.open("rb", buffering=0) as file:
        flac = _Flac(file, str(path))
        for start_ms, end_ms in spans_ms:
            start, end = start_ms * flac.info.rate // 1000, end_ms * flac.info.rate // 1000
            out = BytesIO(bytes(len(_HEAD) + STREAMINFO_BYTES))
            out.seek(0, SEEK_END)
            lengths = []
            for block in clip_blocks(flac.frames(start, end), flac.info, start, end):
                out.writelines(block.parts)
                lengths.append(block.samples)
            out.seek(0)
            out.write(_HEAD + flac.info.of_clip(lengths).data if lengths else b"")
            yield out.getvalue() if lengths else b""


def checked_info(name: str, data: bytes) -> StreamInfo:
    """The stream's information. Raises AudioError if it is broken, or of samples of odd bits."""
    info = StreamInfo(data)
    if len(data) < STREAMINFO_BYTES or not info.rate or not info.block_samples:
        raise AudioError(f"{name}: its FLAC header is broken", hint=_HINT)
    if info.bits % 8:
        raise AudioError(f"{name}: FLAC of {info.bits} bits cannot be copied", hint=_HINT)
    return info


class _Flac:
    """An open file."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self._name = file, name
        self._end = file.seek(0, SEEK_END)
        self._block = (0, b"")  # what was read last, and where it is
        self.info, self._first = self._read_metadata()

    def frames(self, start: int, end: int) -> Iterator[Frame]:
        """The frames that have samples from `start` to before `end`."""
        before: tuple[int, Header] | None = None
        if start >= end:
            return
        for at, header in self._headers(self._before(start), self._end, _READ_BYTES):
            if before:
                if header.start < before[1].end:
                    continue  # by chance within a frame
                yield from self._frame(before, at, start)
            if header.start >= end:
                return
            before = at, header
        if before:
            yield from self._frame(before, self._end, start)

    def _frame(self, place: tuple[int, Header], end: int, start: int) -> Iterator[Frame]:
        at, header = place
        if header.end > start:
            last = end == self._end  # with tags behind it, perhaps
            size = min(end - at, _MAX_FRAME_BYTES)
            yield Frame(self._view(at, at + size), header, whole=not last)

    def _view(self, start: int, end: int) -> memoryview:
        base, block = self._block
        if base <= start and end <= base + len(block):
            return memoryview(block)[start - base : end - base]
        return memoryview(self._read(start, end))

    def _read(self, start: int, end: int) -> bytes:
        self._file.seek(start)
        return self._file.read(end - start)

    def _read_metadata(self) -> tuple[StreamInfo, int]:
        at = skip_id3(self._file, 0)
        info = b""
        if self._read(at, at + 4) != _MARK:
            raise AudioError(f"{self._name}: is not a FLAC file", hint=_HINT)
        at += 4
        for number in range(_MAX_METADATA_BLOCKS):
            head = self._read(at, at + 4)
            at += 4
            if not number:
                info = self._read(at, at + STREAMINFO_BYTES)
            at += int.from_bytes(head[1:])
            if len(head) < 4 or head[0] & _LAST_BLOCK:
                break
        return checked_info(self._name, info), at

    def _before(self, sample: int) -> int:
        """Where a frame begins that is not after a sample, and not far before it."""
        low, high = self._first, self._end
        while high - low > _SEARCH_BYTES:
            middle = (low + high) // 2
            at, header = next(self._headers(middle, high, _SEARCH_BYTES), (high, None))
            if header is None or header.start > sample:
                high = middle
            else:
                low = at
        return low

    def _headers(self, start: int, end: int, step: int) -> Iterator[tuple[int, Header]]:
        """The headers that begin from `start` to before `end`; some may be there by chance."""
        while start < end:
            size = min(step, end - start)
            block = self._read(start, start + size + MAX_HEADER_BYTES)
            self._block = start, block
            for match in _SYNC.finditer(block, 0, size + 1):
                header = read_header(block, match.start(), self.info)
                if header and match.start() < size:
                    yield start + match.start(), header
            start += size
