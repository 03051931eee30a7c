"""Cutting FLAC files. The frames of a clip are found by halving, so that little is read.

A clip is a file of blocks of different lengths, as its first and last block end where it does.
"""

from collections.abc import Iterator, Sequence
from io import SEEK_END
from pathlib import Path
from typing import BinaryIO

from producer.audio.copy.flac_blocks import ClipBlocks, Frame
from producer.audio.copy.flac_crc import crc16
from producer.audio.copy.flac_header import MAX_HEADER_BYTES, Header, HeaderReader
from producer.audio.copy.flac_info import STREAMINFO_BYTES, StreamInfo
from producer.audio.copy.id3_size import skip_id3
from producer.audio.copy.parts import Part, Parts
from producer.audio.length import Length
from producer.errors import AudioError

_HINT = "cut it by decoding (--mode polish), or export it again"
_MARK = b"fLaC"
_LAST_BLOCK, _PADDING = 0x80, 1
_HEAD = _MARK + bytes((0, 0, 0, STREAMINFO_BYTES))
# Room for tags, so that who writes some need not move all the sound.
_ROOM_BYTES = 4096
_ROOM = bytes((_LAST_BLOCK | _PADDING,)) + _ROOM_BYTES.to_bytes(3) + bytes(_ROOM_BYTES)
_SEARCH_BYTES = 1 << 17
_PROBE_BYTES = 1 << 15
_READ_BYTES = 1 << 19
# The most that a frame of 65535 samples of 8 channels can have, and somewhat more.
_MAX_FRAME_BYTES = 1 << 22
_MAX_METADATA_BLOCKS = 1 << 12
_ALL_SAMPLES = 1 << 62


def copy_flac(path: Path, spans_ms: Sequence[tuple[int, int]]) -> Iterator[Parts]:
    """Give the bytes of a FLAC file for each span, and none for one that holds no sound."""
    with path.open("rb", buffering=0) as file:
        flac = _Flac(file, str(path))
        for start_ms, end_ms in spans_ms:
            start, end = start_ms * flac.info.rate // 1000, end_ms * flac.info.rate // 1000
            yield _clip(flac, start, end)


def count_flac(path: Path) -> Length:
    """The length of a FLAC file, if all its frames are whole and nothing stands behind them."""
    with path.open("rb", buffering=0) as file:
        flac = _Flac(file, str(path))
        return Length(flac.count(), flac.info.rate)


def _clip(flac: "_Flac", start: int, end: int) -> Parts:
    """The bytes of a clip's file."""
    if start >= end:
        return ()
    parts: list[Part] = []
    blocks = ClipBlocks(flac.info, start, end)
    for frame in flac.frames(start, end):
        parts += blocks.of(frame)
    if not blocks.lengths:
        return ()
    return [_HEAD + flac.info.of_clip(blocks.lengths).data + _ROOM, *parts]


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
        self._block = 0, memoryview(b"")  # what was read last, and where it is
        self.info, self._first = self._read_metadata()
        self._reader = HeaderReader(self.info)

    def frames(self, start: int, end: int) -> Iterator[Frame]:
        """The frames that have samples from `start` to before `end`, which is later."""
        before: tuple[int, Header] | None = None
        for at, header in self._headers(self._before(start)):
            if before and before[1].end > start:
                yield Frame(self._view(before[0], at), before[1])
            if header.start >= end:
                return
            before = at, header
        if before and before[1].end > start:
            # With tags behind it, perhaps.
            yield Frame(self._view(before[0], self._end), before[1], whole=False)

    def count(self) -> int:
        """How many samples there are; 0 if a frame is damaged or missing, or is not a frame."""
        end = 0
        for frame in self.frames(0, _ALL_SAMPLES):
            if frame.header.start != end or crc16(frame.data):
                return 0
            end = frame.header.end
        return end

    def _view(self, start: int, end: int) -> memoryview:
        """What the file holds there, where it was read to if it was."""
        base, block = self._block
        if start >= base and end - base <= len(block):
            return block[start - base : end - base]
        return memoryview(self._read(start, min(end, start + _MAX_FRAME_BYTES)))

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
            found = self._first_header(middle, high)
            if found is None or found[1].start > sample:
                high = middle
            else:
                low = found[0]
        return low

    def _first_header(self, start: int, end: int) -> tuple[int, Header] | None:
        """The first that begins from `start` to before `end`."""
        for at in range(start, end, _PROBE_BYTES):
            size = min(_PROBE_BYTES, end - at)
            block = self._read(at, at + size + MAX_HEADER_BYTES)
            if found := self._reader.find(block, 0, size, 0):
                return at + found[0], found[1]
        return None

    def _headers(self, start: int) -> Iterator[tuple[int, Header]]:
        """The headers from `start` on, none of a frame that begins before the last one ends.

        That would be one by chance, within the last frame's sound. Half of that sound is not looked
        at: a frame is rarely less than half as long as the one before. What is found behind that
        half counts if it goes on where the last frame ends.
        """
        find = self._reader.find
        last = likely = start
        sample = 0
        for base in range(start, self._end, _READ_BYTES):
            size = min(_READ_BYTES, self._end - base)
            block = self._read(base, base + size + MAX_HEADER_BYTES)
            self._block = base, memoryview(block)
            at = 0
            while True:
                found = find(block, likely - base, size, sample) if likely - base > at else None
                if found is None or found[1].start != sample:
                    found = find(block, at, size, sample)
                if found is None:
                    break
                here, header = base + found[0], found[1]
                yield here, header
                last, likely = here, here + (here - last) // 2
                sample, at = header.end, found[0] + 1
