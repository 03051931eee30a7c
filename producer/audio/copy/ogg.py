"""Pages of Ogg files: reading them one after another, and writing packets into new ones.

RFC 3533. A page holds segments of up to 255 bytes, of which packets are made: a segment shorter
than that ends a packet, which may have begun on a page before.
"""

import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import BinaryIO, NamedTuple

_HEADER = struct.Struct("<4sBBqIIIB")
_MAX_PAGE_BYTES = _HEADER.size + 255 + 255 * 255
_BLOCK_BYTES = 1 << 20
_CAPTURE = re.compile(rb"OggS\0")
_CONTINUED, _FIRST, _LAST = 1, 2, 4
# Of comments with a cover image in them, no more is kept.
_MAX_PACKET_BYTES = 1 << 20
_NO_GRANULE = -1
_CHECKSUM_AT = 22
_MAX_SEGMENTS = 255
_REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


class Page(NamedTuple):
    """A page of a file. `granule` counts samples up to its last packet's end; -1 without one."""

    flags: int
    granule: int
    serial: int
    lacing: bytes
    body: bytes

    @property
    def begins_stream(self) -> bool:
        """Whether a stream's first packet is on this page."""
        return bool(self.flags & _FIRST)

    @property
    def ends_stream(self) -> bool:
        """Whether it is the last page of its stream."""
        return bool(self.flags & _LAST)


def read_pages(file: BinaryIO) -> Iterator[Page]:
    """All pages from the beginning. What lies between pages is left out."""
    at = base = 0
    data = b""
    while True:
        if base + len(data) - at < _MAX_PAGE_BYTES:
            file.seek(at)
            base, data = at, file.read(_BLOCK_BYTES)
        here = at - base
        if data[here : here + 5] != b"OggS\0":
            found = _CAPTURE.search(data, here)
            if found is None and len(data) < _BLOCK_BYTES:
                return
            at = base + (found.start() if found else len(data) - 4)
            continue
        if len(data) - here < _HEADER.size:
            return
        _, _, flags, granule, serial, _, _, count = _HEADER.unpack_from(data, here)
        body = here + _HEADER.size + count
        lacing = data[here + _HEADER.size : body]
        end = body + sum(lacing)
        if end > len(data):
            return  # cut off
        yield Page(flags, granule, serial, lacing, data[body:end])
        at = base + end


class PacketReader:
    """Makes packets of the pages of one stream."""

    def __init__(self) -> None:
        self._begun: bytes | None = None

    def packets(self, page: Page) -> list[bytes]:
        """The packets that end on a page. What has no beginning is left out."""
        packets = []
        if not page.flags & _CONTINUED:
            self._begun = b""
        at = start = 0
        for length in page.lacing:
            at += length
            if length < 255:
                if self._begun is not None:
                    packets.append(self._begun + page.body[start:at])
                self._begun, start = b"", at
        if self._begun is not None:
            self._begun = (self._begun + page.body[start:])[:_MAX_PACKET_BYTES]
        return packets


def write_stream(
    serial: int,
    headers: Sequence[bytes],
    packets: Iterable[tuple[bytes, int]],
    *,
    first_page: int = 0,
) -> bytes:
    """A file of one stream. With each packet of sound comes the position of its end.

    Pages are as full as they can be, but the first of sound has only `first_page` packets, if
    that is not 0.
    """
    out = BytesIO()
    number = _write_pages(out, serial, 0, 0, headers[:1])
    number += _write_pages(out, serial, number, 0, headers[1:])
    page: list[bytes] = []
    used = position = 0
    for packet, end in packets:
        size = len(packet) // 255 + 1
        if page and (used + size > _MAX_SEGMENTS or len(page) == first_page):
            number += _write_pages(out, serial, number, position, page)
            page, used, first_page = [], 0, 0
        page.append(packet)
        used += size
        position = end
    _write_pages(out, serial, number, position, page, last=True)
    return out.getvalue()


def _write_pages(
    out: BytesIO,
    serial: int,
    number: int,
    granule: int,
    packets: Sequence[bytes],
    *,
    last: bool = False,
) -> int:
    """Write pages of whole packets: one, unless they are too long. Gives how many there are.

    Page 0 begins the stream; `last` ends it.
    """
    body = memoryview(b"".join(packets))
    lacing = b"".join(
        b"\xff" * (len(packet) // 255) + bytes((len(packet) % 255,)) for packet in packets
    )
    parts = [lacing[at : at + _MAX_SEGMENTS] for at in range(0, len(lacing), _MAX_SEGMENTS)]
    continued = False
    for count, part in enumerate(parts, 1):
        flags = (
            _CONTINUED * continued | _FIRST * (number == 0) | _LAST * (last and count == len(parts))
        )
        position = granule if min(part) < 255 else _NO_GRANULE
        size = sum(part)
        head = _HEADER.pack(b"OggS", 0, flags, position, serial, number, 0, len(part))
        page = b"".join((head, part, body[:size]))
        out.write(page[:_CHECKSUM_AT])
        out.write(_checksum(page).to_bytes(4, "little"))
        out.write(memoryview(page)[_CHECKSUM_AT + 4 :])
        body = body[size:]
        continued = part[-1] == 255
        number += 1
    return len(parts)


def _checksum(page: bytes) -> int:
    """CRC-32 with the bits in the order of Ogg: zlib's, with all bits and bytes mirrored."""
    mirrored = zlib.crc32(page.translate(_REVERSED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int.from_bytes(mirrored.to_bytes(4, "little").translate(_REVERSED))
