"""Frames of FLAC: numbering them anew, and frames of plain samples.

RFC 9639, section 9. A frame says where it stands and ends in a CRC of all of it.
"""

from array import array

from producer.audio.copy.flac_crc import crc8, crc16
from producer.audio.copy.flac_header import RATE_EXTRA_BYTES, Header, coded_number
from producer.audio.copy.flac_info import StreamInfo

_CRC_BYTES = 2
_VARIABLE = b"\xff\xf9"
_VERBATIM = b"\x02"


def renumber(frame: memoryview, header: Header, start: int) -> tuple[bytes, memoryview, bytes]:
    """The same frame, with blocks of any length before it and its first sample numbered anew.

    In parts, so that the sound is not copied here: a new header, the rest, a new CRC. A frame whose
    CRC is wrong, as it is damaged, gets one that is as wrong: decoders are to know.
    """
    length = header.length
    old, body = bytes(frame[:length]), frame[length:-_CRC_BYTES]
    new = _VARIABLE + old[2:4] + coded_number(start) + old[4 + header.number_bytes : -1]
    new += crc8(new).to_bytes()
    crc = crc16(body, crc16(new))
    if crc16(frame):
        crc ^= crc16(frame[:-_CRC_BYTES]) ^ int.from_bytes(frame[-_CRC_BYTES:])
    return new, body, crc.to_bytes(2)


def plain_frame(
    frame: bytes, header: Header, start: int, info: StreamInfo, samples: bytes
) -> bytes:
    """A frame like another, of samples that are not packed: packed 16 or 32 bits, left-aligned."""
    width = info.bits // 8
    rate_at = header.length - 1 - RATE_EXTRA_BYTES.get(frame[2] & 15, 0)
    count = len(samples) // ((2 if info.bits <= 16 else 4) * info.channels)
    data = _VARIABLE + bytes((0x70 | frame[2] & 15, info.channels - 1 << 4 | frame[3] & 15))
    data += coded_number(start) + (count - 1).to_bytes(2) + frame[rate_at : header.length - 1]
    data += bytes((crc8(data),))
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
