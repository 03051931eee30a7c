"""Frames of FLAC: reading their headers, numbering them anew, and frames of plain samples.

RFC 9639, section 9. A frame says where it stands and ends in a CRC of all of it. That of a frame
with another header follows from the old CRC, so that the sound in it need not be looked at.
"""

from array import array
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

STREAMINFO_BYTES = 34
MAX_HEADER_BYTES = 16
_CRC_BYTES = 2
_BLOCKS = (0, 192, 576, 1152, 2304, 4608, 0, 0, *(256 << n for n in range(8)))
_VARIABLE = b"\xff\xf9"
_VERBATIM = b"\x02"
_MAX_CHANNEL_CODE = 10
_RATE_EXTRA_BYTES = {12: 1, 13: 2, 14: 2}


@dataclass(frozen=True, slots=True)
class StreamInfo:
    """What a file says of its sound, in a block of 34 bytes."""

    data: bytes

    @property
    def block_samples(self) -> int:
        """The samples of a block, where all have the same number: the least."""
        return int.from_bytes(self.data[:2])

    @property
    def _fields(self) -> int:
        return int.from_bytes(self.data[10:18])

    @property
    def rate(self) -> int:
        """Samples a second."""
        return self._fields >> 44

    @property
    def channels(self) -> int:
        """How many channels there are."""
        return (self._fields >> 41 & 7) + 1

    @property
    def bits(self) -> int:
        """The bits of a sample."""
        return (self._fields >> 36 & 31) + 1

    def of_clip(self, blocks: list[int]) -> "StreamInfo":
        """The same for blocks of these lengths. Sizes and checksum are left open, as zeros."""
        least = min(blocks[:-1], default=blocks[-1])
        samples = sum(blocks)
        fields = (self._fields >> 36 << 36 | samples).to_bytes(8)
        return StreamInfo(
            max(least, 16).to_bytes(2)
            + max(*blocks, 16).to_bytes(2)
            + bytes(6)
            + fields
            + bytes(16)
        )


class Header(NamedTuple):
    """A frame's header: which samples the frame holds, and how long the header is."""

    start: int
    samples: int
    length: int
    number_bytes: int

    @property
    def end(self) -> int:
        """The sample after the last."""
        return self.start + self.samples


def read_header(data: bytes, at: int, info: StreamInfo) -> Header | None:
    """The header that begins at `at`, or None if none does. Its checksum is right."""
    head = data[at : at + MAX_HEADER_BYTES]
    if len(head) < 6 or head[0] != 0xFF or head[1] & 0xFE != 0xF8 or head[3] & 1:
        return None
    block_code, rate_code, channel_code = head[2] >> 4, head[2] & 15, head[3] >> 4
    if not block_code or rate_code == 15 or channel_code > _MAX_CHANNEL_CODE:
        return None
    if (channel_code if channel_code < 8 else 1) + 1 != info.channels:
        return None
    size = _number_bytes(head[4])
    if not size or any(byte >> 6 != 2 for byte in head[5 : 4 + size]):
        return None
    number = head[4] & (0x7F if size == 1 else 0x7F >> size)
    for byte in head[5 : 4 + size]:
        number = number << 6 | byte & 0x3F
    length = 4 + size
    samples = _BLOCKS[block_code]
    if not samples:
        extra = block_code - 5  # 1 or 2 bytes
        samples = int.from_bytes(head[length : length + extra]) + 1
        length += extra
    length += _RATE_EXTRA_BYTES.get(rate_code, 0)
    if length >= len(head) or _crc8(head[:length]) != head[length]:
        return None
    start = number if head[1] & 1 else number * info.block_samples
    return Header(start, samples, length + 1, size)


def renumber(frame: memoryview, header: Header, start: int) -> tuple[bytes, memoryview, bytes]:
    """The same frame, with blocks of any length before it and its first sample numbered anew.

    In parts, so that the sound is not copied here: a new header, the rest, a new CRC.
    """
    old = bytes(frame[: header.length])
    new = _VARIABLE + old[2:4] + _number(start) + old[4 + header.number_bytes : -1]
    new += bytes((_crc8(new),))
    body = frame[header.length : -_CRC_BYTES]
    changed = int.from_bytes(old) ^ int.from_bytes(new)
    difference = crc16(changed.to_bytes(max(len(old), len(new))))
    crc = int.from_bytes(frame[-_CRC_BYTES:]) ^ _crc_shifted(difference, len(body))
    return new, body, crc.to_bytes(2)


def plain_frame(
    frame: bytes, header: Header, start: int, info: StreamInfo, samples: bytes
) -> bytes:
    """A frame like another, of samples that are not packed: packed 16 or 32 bits, left-aligned."""
    width = info.bits // 8
    rate_at = header.length - 1 - _RATE_EXTRA_BYTES.get(frame[2] & 15, 0)
    count = len(samples) // ((2 if info.bits <= 16 else 4) * info.channels)
    data = _VARIABLE + bytes((0x70 | frame[2] & 15, info.channels - 1 << 4 | frame[3] & 15))
    data += _number(start) + (count - 1).to_bytes(2) + frame[rate_at : header.length - 1]
    data += bytes((_crc8(data),))
    values = array("h" if info.bits <= 16 else "i", samples)
    values.byteswap()
    for channel in range(info.channels):
        data += _VERBATIM + _leading_bytes(values[channel :: info.channels], width)
    return data + crc16(data).to_bytes(2)


def _leading_bytes(values: "array[int]", width: int) -> bytes:
    """The first bytes of each value."""
    data, size = values.tobytes(), values.itemsize
    out = bytearray(len(values) * width)
    for place in range(width):
        out[place::width] = data[place::size]
    return bytes(out)


def _number_bytes(first: int) -> int:
    """How many bytes a number takes that begins with this one: as in UTF-8, up to 7."""
    if first < 0x80:
        return 1
    ones = 8 - (~first & 0xFF).bit_length()
    return ones if 2 <= ones <= 7 else 0


def _number(value: int) -> bytes:
    if value < 0x80:
        return bytes((value,))
    size = 2
    while value >> 5 * size + 1:
        size += 1
    tail = [0x80 | value >> 6 * n & 0x3F for n in range(size - 1)]
    lead = (0xFF00 >> size & 0xFF) | value >> 6 * (size - 1)
    return bytes((lead, *reversed(tail)))


@cache
def _table(bits: int, polynomial: int) -> list[int]:
    """What a CRC becomes by a byte, for each first byte of it."""
    top, mask = 1 << bits - 1, (1 << bits) - 1
    table = []
    for byte in range(256):
        crc = byte << bits - 8
        for _ in range(8):
            crc = (crc << 1 ^ (polynomial if crc & top else 0)) & mask
        table.append(crc)
    return table


def _crc8(data: bytes) -> int:
    table, crc = _table(8, 0x07), 0
    for byte in data:
        crc = table[crc ^ byte]
    return crc


def crc16(data: bytes) -> int:
    """The CRC at a frame's end: polynomial 0x8005, from 0, the highest bit first."""
    table, crc = _table(16, 0x8005), 0
    for byte in data:
        crc = crc << 8 & 0xFF00 ^ table[crc >> 8 ^ byte]
    return crc


@cache
def _zeros(power: int) -> tuple[list[int], list[int]]:
    """What a CRC's high and low byte become by 2 ** power zero bytes: CRCs are linear."""
    if not power:
        table = _table(16, 0x8005)
        return table, [byte << 8 for byte in range(256)]
    high, low = _zeros(power - 1)

    def twice(crc: int) -> int:
        crc = high[crc >> 8] ^ low[crc & 0xFF]
        return high[crc >> 8] ^ low[crc & 0xFF]

    return [twice(byte << 8) for byte in range(256)], [twice(byte) for byte in range(256)]


def _crc_shifted(crc: int, zeros: int) -> int:
    """The CRC after so many zero bytes."""
    power = 0
    while zeros:
        if zeros & 1:
            high, low = _zeros(power)
            crc = high[crc >> 8] ^ low[crc & 0xFF]
        zeros >>= 1
        power += 1
    return crc
