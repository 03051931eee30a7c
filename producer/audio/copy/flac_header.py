"""Headers of FLAC's frames: reading them, finding them in a file, and writing their numbers.

RFC 9639, 9.1. Nothing in a frame says how long it is: the next one has to be looked for.
"""

import re
from typing import NamedTuple

from producer.audio.copy.flac_crc import crc8
from producer.audio.copy.flac_info import StreamInfo

MAX_HEADER_BYTES = 16
RATE_EXTRA_BYTES = {12: 1, 13: 2, 14: 2}
_BLOCKS = (0, 192, 576, 1152, 2304, 4608, 0, 0, *(256 << n for n in range(8)))
# What follows the number, for each byte of block size and rate.
_EXTRA_BYTES = [
    {6: 1, 7: 2}.get(byte >> 4, 0) + RATE_EXTRA_BYTES.get(byte & 15, 0) for byte in range(256)
]
_MAX_CHANNEL_CODE = 10
# As in UTF-8, but up to 7 bytes.
_NUMBER = (
    rb"(?:[\0-\x7f]|[\xc0-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf7][\x80-\xbf]{3}"
    rb"|[\xf8-\xfb][\x80-\xbf]{4}|[\xfc\xfd][\x80-\xbf]{5}|\xfe[\x80-\xbf]{6})"
)


# The highest bits of a number's bytes, for each length: that many ones in the first, 10 in others.
_NUMBER_MARKS = [
    int.from_bytes(bytes((0xFF00 >> size & 0xFF, *[0x80] * (size - 1)))) for size in range(8)
]


class Header(NamedTuple):
    """A frame's header: which samples the frame holds, and how long the header is."""

    start: int
    end: int
    length: int
    number_bytes: int

    @property
    def samples(self) -> int:
        """How many there are."""
        return self.end - self.start


class HeaderReader:
    """Reads and finds the headers of a stream's frames."""

    def __init__(self, info: StreamInfo) -> None:
        self._block_samples = info.block_samples
        sizes_and_rates = [byte for byte in range(256) if byte >> 4 and byte & 15 != 15]
        channels_and_bits = [
            byte for byte in range(0, 256, 2) if _channels(byte >> 4) == info.channels
        ]
        # Only the first byte can be 0xFF: no header begins within what matches.
        self._pattern = re.compile(
            rb"\xff[\xf8\xf9]" + _one_of(sizes_and_rates) + _one_of(channels_and_bits) + _NUMBER
        )

    def read(self, frame: memoryview) -> Header | None:
        """The header that a frame begins with, or None if it begins with none."""
        data = bytes(frame[:MAX_HEADER_BYTES])
        match = self._pattern.match(data)
        return self._checked(data, 0, match.end()) if match else None

    def find(self, data: bytes, start: int, end: int, sample: int) -> tuple[int, Header] | None:
        """The first header that begins from `start` to before `end`, and where it is.

        Headers of frames that begin before a sample are passed over.
        """
        search = self._pattern.search
        match = search(data, start)
        while match and (at := match.start()) < end:
            header = self._checked(data, at, match.end())
            if header and header.start >= sample:
                return at, header
            match = search(data, at + 1)
        return None

    def _checked(self, data: bytes, at: int, place: int) -> Header | None:
        """What is at `at`, whose number ends at `place`, if its checksum is right."""
        sizes = data[at + 2]
        end = place + _EXTRA_BYTES[sizes] + 1
        # A message with its CRC behind it has the CRC 0.
        if end > len(data) or crc8(data[at:end]):
            return None
        number_bytes = place - at - 4
        number = data[at + 4] & (0x7F if number_bytes == 1 else 0x7F >> number_bytes)
        for byte in data[at + 5 : place]:
            number = number << 6 | byte & 0x3F
        samples = _BLOCKS[sizes >> 4]
        if not samples:
            samples = int.from_bytes(data[place : place + (sizes >> 4) - 5]) + 1
        start = number if data[at + 1] & 1 else number * self._block_samples
        return Header(start, start + samples, end - at, number_bytes)


def _channels(code: int) -> int:
    """How many channels a code is for; 0 if it is for none. From 8, two that are mixed."""
    if code > _MAX_CHANNEL_CODE:
        return 0
    return code + 1 if code < 8 else 2


def _one_of(values: list[int]) -> bytes:
    """A pattern for a byte that has one of these values."""
    return b"[" + re.escape(bytes(values)) + b"]"


def coded_number(value: int) -> bytes:
    """A number of up to 36 bits as headers have it."""
    if value < 0x80:
        return bytes((value,))
    size = (value.bit_length() + 3) // 5
    # Six bits to a byte.
    coded = value & 0x3F | (value & 0xFC0) << 2 | (value & 0x3F000) << 4
    coded |= (value & 0xFC0000) << 6 | (value & 0x3F000000) << 8 | (value & 0xFC0000000) << 10
    return (coded | _NUMBER_MARKS[size]).to_bytes(size)
