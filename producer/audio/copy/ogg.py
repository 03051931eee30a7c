"""Pages of Ogg files: reading them one after another, and writing packets into new ones.

RFC 3533. A page holds segments of up to 255 bytes, of which packets are made: a segment shorter
than that ends a packet, which may have begun on a page before.
"""

import re
import struct
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import BinaryIO, NamedTuple, TypeVar

# CRC-32 with the highest bit first; Ogg begins it with 0 (RFC 3533, 6).
from fastcrc.crc32 import mpeg_2 as crc32

from producer.audio.copy.parts import Part, Parts
from producer.errors import AudioError

_HEADER = struct.Struct("<4sBBqIIIB")
# More than the longest page has.
_BLOCK_BYTES = 1 << 19
_MARK = b"OggS\0"
_PACKET_END = re.compile(rb"[^\xff]")
_CONTINUED, _FIRST, _LAST = 1, 2, 4
# Of comments with a cover image in them, no more is kept.
_MAX_PACKET_BYTES = 1 << 20
_NO_GRANULE = -1
_CHECKSUM_AT, _CHECKSUM_BYTES = 22, 4
_CHECKSUM_END = _CHECKSUM_AT + _CHECKSUM_BYTES
_MAX_SEGMENTS = 255
_Bytes = TypeVar("_Bytes", bytes, memoryview)


class Page(NamedTuple):
    """A page of a file. `granule` counts samples up to its last packet's end; -1 without one.

    `head` is what stands before the body; `number` counts the pages of a stream.
    """

    flags: int
    granule: int
    serial: int
    number: int
    head: bytes
    body: memoryview

    @property
    def lacing(self) -> bytes:
        """The lengths of its segments."""
        return self.head[_HEADER.size :]

    @property
    def begins_stream(self) -> bool:
        """Whether a stream's first packet is on this page."""
        return bool(self.flags & _FIRST)

    @property
    def ends_stream(self) -> bool:
        """Whether it is the last page of its stream."""
        return bool(self.flags & _LAST)

    @property
    def is_whole(self) -> bool:
        """Whether its checksum is that of its bytes."""
        head = self.head
        crc = crc32(head[:_CHECKSUM_AT] + bytes(_CHECKSUM_BYTES) + head[_CHECKSUM_END:], 0)
        return crc32(self.body, crc).to_bytes(4, "little") == head[_CHECKSUM_AT:_CHECKSUM_END]


def read_pages(file: BinaryIO) -> Iterator[Page]:
    """All pages from the beginning. What lies between pages is left out."""
    base = here = 0
    data, view = _block(file, base)
    while data:
        begins = data[here : here + len(_MARK)] == _MARK
        if begins and (end := _end_of_page(data, here)) <= len(data):
            yield _page(data, view, here, end)
            here = end
        elif here:
            # The block ends before the page does, or there is something else.
            base, here = base + here, 0
            data, view = _block(file, base)
        elif begins:
            return  # cut off
        else:
            here = data.find(_MARK)
            if here < 0 and len(data) < _BLOCK_BYTES:
                return
            if here < 0:
                here = len(data) - len(_MARK) + 1


def _block(file: BinaryIO, start: int) -> tuple[bytes, memoryview]:
    file.seek(start)
    data = file.read(_BLOCK_BYTES)
    return data, memoryview(data)


def _end_of_page(data: bytes, start: int) -> int:
    """Where the page ends that begins there; behind the data if not all of it is there."""
    lacing = start + _HEADER.size
    if lacing > len(data):
        return lacing
    body = lacing + data[lacing - 1]
    return body + sum(data[lacing:body]) if body <= len(data) else body


def _page(data: bytes, view: memoryview, start: int, end: int) -> Page:
    _, _, flags, granule, serial, number, _, count = _HEADER.unpack_from(data, start)
    body = start + _HEADER.size + count
    return Page(flags, granule, serial, number, data[start:body], view[body:end])


def undamaged(pages: Iterator[Page]) -> Iterator[Page]:
    """The same pages. Raises AudioError where one is damaged or missing."""
    numbers: dict[int, int] = {}
    for page in pages:
        if not page.is_whole or page.number != numbers.setdefault(page.serial, 0):
            raise AudioError("pages are damaged or missing")
        numbers[page.serial] += 1
        yield page


class PacketReader:
    """Makes packets of the pages of one stream."""

    def __init__(self) -> None:
        self._begun: bytes | None = None

    def packets(self, page: Page) -> list[bytes]:
        """The packets that end on a page. What has no beginning is left out."""
        return self._split(page, bytes(page.body))

    def views(self, page: Page) -> list[memoryview]:
        """The same for long packets, of which those that lie on one page are not copied."""
        return [memoryview(packet) for packet in self._split(page, page.body)]

    def _split(self, page: Page, body: _Bytes) -> "list[bytes | _Bytes]":
        packets: list[bytes | _Bytes] = []
        if not page.flags & _CONTINUED:
            self._begun = b""
        start = segments = 0
        lacing = page.lacing
        for match in _PACKET_END.finditer(lacing):
            last = match.start()
            end = start + 255 * (last - segments) + lacing[last]
            if self._begun is not None:
                packet = body[start:end]
                packets.append(self._begun + packet if self._begun else packet)
            self._begun, start, segments = b"", end, last + 1
        if self._begun is not None:
            self._begun = (self._begun + body[start:])[:_MAX_PACKET_BYTES]
        return packets


class PageWriter:
    """Writes a file of one stream, packet by packet. Pages are as full as they can be."""

    def __init__(self, serial: int, headers: Sequence[bytes]) -> None:
        self._out: list[Part] = []
        self._serial = serial
        self._number = self._position = 0
        self._start_page()
        for group in (headers[:1], headers[1:]):
            for header in group:
                self._append((header,), _lacing(len(header)))
            self._write_page()

    def add(self, parts: Parts, end: int) -> None:
        """Write a packet of sound, in parts that follow one another, that ends at a position."""
        lacing = _lacing(sum(map(len, parts)))
        if self._lacing and len(self._lacing) + len(lacing) > _MAX_SEGMENTS:
            self._write_page()
        self._append(parts, lacing)
        self._position = end

    def add_whole(self, packets: Sequence[bytes], ends: Sequence[int], first_page: int) -> None:
        """Write the first packets of sound, many at once: there are fifty a second.

        The first page has only `first_page` of them, if that is not 0.
        """
        lacings = [_lacing(len(packet)) for packet in packets]
        first = used = 0
        for number, lacing in enumerate(lacings):
            used += len(lacing)
            is_full = used > _MAX_SEGMENTS or (first == 0 and number == first_page)
            if is_full and number > first:
                self._set_page(packets[first:number], lacings[first:number], ends[number - 1])
                self._write_page()
                first, used = number, len(lacing)
        if packets:
            self._set_page(packets[first:], lacings[first:], ends[-1])

    def finish(self, first_header: bytes | None = None) -> list[Part]:
        """The whole file, with another first header of the same length if one is given."""
        self._write_page(last=True)
        if first_header is not None:
            pages, self._out = self._out, []
            self._number = self._position = 0
            self._append((first_header,), _lacing(len(first_header)))
            self._write_page()
            self._out += pages[len(self._out) :]
        return self._out

    def _start_page(self) -> None:
        self._parts: list[Part] = []
        self._lacing = b""

    def _set_page(self, packets: Sequence[bytes], lacings: Sequence[bytes], end: int) -> None:
        self._parts = [b"".join(packets)]
        self._lacing = b"".join(lacings)
        self._position = end

    def _append(self, parts: Parts, lacing: bytes) -> None:
        self._parts += parts
        self._lacing += lacing

    def _write_page(self, *, last: bool = False) -> None:
        """Write the packets that were added: on one page, unless they are too long.

        Page 0 begins the stream; `last` ends it.
        """
        lacing = self._lacing
        if len(lacing) <= _MAX_SEGMENTS:
            if lacing:
                self._write(lacing, self._parts, _LAST * last)
        else:
            body, used = memoryview(b"".join(self._parts)), 0
            flags = 0
            for at in range(0, len(lacing), _MAX_SEGMENTS):
                part = lacing[at : at + _MAX_SEGMENTS]
                ends = at + _MAX_SEGMENTS >= len(lacing)
                size = sum(part)
                self._write(part, [body[used : used + size]], flags | _LAST * (last and ends))
                flags = _CONTINUED * (part[-1] == 255)
                used += size
        self._start_page()

    def _write(self, lacing: bytes, parts: Parts, flags: int) -> None:
        flags |= _FIRST * (self._number == 0)
        granule = self._position if _PACKET_END.search(lacing) else _NO_GRANULE
        head = _HEADER.pack(b"OggS", 0, flags, granule, self._serial, self._number, 0, len(lacing))
        head += lacing
        crc = crc32(head, 0)
        for part in parts:
            crc = crc32(part, crc)
        head = head[:_CHECKSUM_AT] + crc.to_bytes(4, "little") + head[_CHECKSUM_END:]
        self._out.append(head)
        self._out += parts
        self._number += 1


def write_stream(
    serial: int,
    headers: Sequence[bytes],
    packets: Sequence[bytes],
    ends: Sequence[int],
    *,
    first_page: int = 0,
) -> list[Part]:
    """The file that a PageWriter makes of all packets of sound: see `PageWriter.add_whole`."""
    writer = PageWriter(serial, headers)
    writer.add_whole(packets, ends, first_page)
    return writer.finish()


@lru_cache(maxsize=1 << 12)
def _lacing(size: int) -> bytes:
    """The lengths of the segments of a packet."""
    return b"\xff" * (size // 255) + bytes((size % 255,))
