"""Cutting FLAC in Ogg: a frame is a packet. RFC 9639, section 10.1."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO, TypeVar

from producer.audio.copy.flac import checked_info
from producer.audio.copy.flac_blocks import Frame, clip_blocks
from producer.audio.copy.flac_frame import STREAMINFO_BYTES, read_header
from producer.audio.copy.ogg import PacketReader, read_pages, write_stream
from producer.errors import AudioError

_T = TypeVar("_T")
MARK = b"\x7fFLAC"
_HINT = "cut it by decoding (--mode polish), or export it again"
# Version 1.0, one more header packet, and then as in a file of its own.
_HEAD = MARK + b"\1\0\0\1fLaC\0\0\0" + bytes((STREAMINFO_BYTES,))
# The last block of metadata: no name of a program, and no comments.
_COMMENTS = b"\x84\0\0\x08" + bytes(8)


@dataclass(slots=True)
class _Cut:
    """A clip while its frames are collected."""

    start: int
    end: int
    frames: deque[Frame] = field(default_factory=deque)


def copy_ogg_flac(path: Path, spans_ms: Sequence[tuple[int, int]]) -> Iterator[bytes]:
    """Give the bytes of an Ogg file for each span, and none for one that holds no sound."""
    with path.open("rb", buffering=0) as file:
        stream = _Stream(str(path), file)
        rate = stream.info.rate
        cuts = deque(_Cut(start * rate // 1000, end * rate // 1000) for start, end in spans_ms)
        for frame in stream.frames():
            for cut in cuts:
                if cut.start >= frame.header.end:
                    break
                if cut.end > frame.header.start:
                    cut.frames.append(frame)
            while cuts and cuts[0].end <= frame.header.end:
                yield stream.write(cuts.popleft())
            if not cuts:
                return
        for cut in cuts:
            yield stream.write(cut)


class _Stream:
    """The first FLAC stream of a file."""

    def __init__(self, name: str, file: BinaryIO) -> None:
        self._name, self._pages = name, read_pages(file)
        self._reader = PacketReader()
        page = next((page for page in self._pages if page.body.startswith(MARK)), None)
        if page is None:
            raise AudioError(f"{name}: there is no FLAC in it", hint=_HINT)
        self._serial = page.serial
        head = b"".join(self._reader.packets(page))
        self.info = checked_info(name, head[len(_HEAD) : len(_HEAD) + STREAMINFO_BYTES])

    def frames(self) -> Iterator[Frame]:
        """All frames. Raises AudioError where another stream follows."""
        for page in self._pages:
            if page.begins_stream:
                raise AudioError(f"{self._name}: several streams are joined in it", hint=_HINT)
            if page.serial == self._serial:
                for packet in self._reader.packets(page):
                    if header := read_header(packet, 0, self.info):
                        yield Frame(memoryview(packet), header)

    def write(self, cut: _Cut) -> bytes:
        """A clip's file."""
        blocks = deque(clip_blocks(_drained(cut.frames), self.info, cut.start, cut.end))
        if not blocks:
            return b""
        info = self.info.of_clip([block.samples for block in blocks])
        ends = list(accumulate(block.samples for block in blocks))
        parts = zip(_drained(blocks), ends, strict=True)
        packets = ((b"".join(block.parts), end) for block, end in parts)
        return write_stream(self._serial, [_HEAD + info.data, _COMMENTS], packets)


def _drained(values: deque[_T]) -> Iterator[_T]:
    """The values, none of which is held any longer than it is needed."""
    while values:
        yield values.popleft()
