"""Cutting FLAC in Ogg: a frame is a packet. RFC 9639, section 10.1."""

from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from producer.audio.copy.flac import checked_info
from producer.audio.copy.flac_blocks import ClipBlocks, Frame
from producer.audio.copy.flac_header import HeaderReader
from producer.audio.copy.flac_info import STREAMINFO_BYTES
from producer.audio.copy.ogg import PacketReader, Page, PageWriter, read_pages, undamaged
from producer.audio.copy.parts import Parts
from producer.audio.length import Length
from producer.errors import AudioError

MARK = b"\x7fFLAC"
_HINT = "cut it by decoding (--mode polish), or export it again"
# Version 1.0, one more header packet, and then as in a file of its own.
_HEAD = MARK + b"\1\0\0\1fLaC\0\0\0" + bytes((STREAMINFO_BYTES,))
# The last block of metadata: no name of a program, and no comments.
_COMMENTS = b"\x84\0\0\x08" + bytes(8)


def copy_ogg_flac(path: Path, spans_ms: Sequence[tuple[int, int]]) -> Iterator[Parts]:
    """Give the bytes of an Ogg file for each span, and none for one that holds no sound."""
    with path.open("rb", buffering=0) as file:
        stream = _Stream(str(path), read_pages(file))
        rate = stream.info.rate
        cuts = deque(
            _Cut(stream, start * rate // 1000, end * rate // 1000) for start, end in spans_ms
        )
        for frame in stream.frames():
            for cut in cuts:
                if cut.start >= frame.header.end:
                    break
                if cut.end > frame.header.start:
                    cut.add(frame)
            while cuts and cuts[0].end <= frame.header.end:
                yield cuts.popleft().finish()
            if not cuts:
                return
        while cuts:
            yield cuts.popleft().finish()


def count_ogg_flac(path: Path) -> Length | None:
    """The length of an Ogg file, if it is undamaged and its frames follow one another."""
    with path.open("rb", buffering=0) as file:
        stream = _Stream(str(path), undamaged(read_pages(file)))
        end = 0
        for _, header, _ in stream.frames():
            if header.start != end:
                return None
            end = header.end
    return Length(end, stream.info.rate)


class _Stream:
    """The first FLAC stream of a file."""

    def __init__(self, name: str, pages: Iterator[Page]) -> None:
        self._name, self._pages = name, pages
        self._reader = PacketReader()
        page = next((page for page in self._pages if page.body[: len(MARK)] == MARK), None)
        if page is None:
            raise AudioError(f"{name}: there is no FLAC in it", hint=_HINT)
        self.serial = page.serial
        head = b"".join(self._reader.packets(page))
        self.info = checked_info(name, head[len(_HEAD) : len(_HEAD) + STREAMINFO_BYTES])

    def frames(self) -> Iterator[Frame]:
        """All frames. Raises AudioError where another stream follows."""
        reader = HeaderReader(self.info)
        for page in self._pages:
            if page.begins_stream:
                raise AudioError(f"{self._name}: several streams are joined in it", hint=_HINT)
            if page.serial == self.serial:
                for packet in self._reader.views(page):
                    if header := reader.read(packet):
                        yield Frame(packet, header)


class _Cut:
    """A clip while it is made of the frames that have any of its samples."""

    def __init__(self, stream: _Stream, start: int, end: int) -> None:
        self.start, self.end = start, end
        self._stream = stream
        self._made: tuple[ClipBlocks, PageWriter] | None = None

    def add(self, frame: Frame) -> None:
        """Take the next frame."""
        blocks, writer = self._made = self._made or self._begin()
        if parts := blocks.of(frame):
            writer.add(parts, blocks.position)

    def finish(self) -> Parts:
        """The clip's file, none if there is no sound in it."""
        if not self._made or not self._made[0].lengths:
            return ()
        blocks, writer = self._made
        return writer.finish(_HEAD + self._stream.info.of_clip(blocks.lengths).data)

    def _begin(self) -> tuple[ClipBlocks, PageWriter]:
        stream = self._stream
        # What the frames' lengths are is known at the end.
        headers = [_HEAD + bytes(STREAMINFO_BYTES), _COMMENTS]
        writer = PageWriter(stream.serial, headers)
        return ClipBlocks(stream.info, self.start, self.end), writer
