"""The checksums of FLAC (RFC 9639, 9.1.8 and 9.3), and what a CRC-16 becomes by zeros behind it.

Both are remainders of polynomials over GF(2), the highest bit first, from 0. They are linear: the
checksum of what two messages of one length differ in is what their checksums differ in.
"""

from functools import cache


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


_TABLE_8 = _table(8, 0x07)
_TABLE_16 = _table(16, 0x8005)
# 0x18005 is (x + 1) (x^15 + x + 1). The second factor is primitive: the powers of x are all
# that is not 0 modulo it, and the first that is 1 again has this exponent.
_FACTOR = 0x8003
_ORDER = (1 << 15) - 1


def crc8(data: bytes | memoryview) -> int:
    """The CRC at a header's end: polynomial 0x07."""
    table, crc = _TABLE_8, 0
    for byte in data:
        crc = table[crc ^ byte]
    return crc


def crc16(data: bytes) -> int:
    """The CRC at a frame's end: polynomial 0x8005."""
    table, crc = _TABLE_16, 0
    for byte in data:
        crc = (crc & 0xFF) << 8 ^ table[crc >> 8 ^ byte]
    return crc


def crc16_before_zeros(crc: int, zeros: int) -> int:
    """What the CRC-16 of a message is with so many zero bytes behind it: crc * x^(8 zeros).

    By the Chinese remainder theorem it is enough to know that modulo each factor. Modulo x + 1,
    x is 1: the parity of the bits stays. Modulo the other one logarithms are added.
    """
    logarithms, powers = _powers_of_x()
    rest = crc if crc <= _ORDER else crc ^ _FACTOR
    if rest:
        rest = powers[(logarithms[rest] + 8 * zeros) % _ORDER]
    return rest if (rest.bit_count() ^ crc.bit_count()) & 1 == 0 else rest ^ _FACTOR


@cache
def _powers_of_x() -> tuple[list[int], list[int]]:
    """For each remainder but 0 its exponent of x, and for each exponent its remainder."""
    logarithms, powers = [0] * (_ORDER + 1), [0] * _ORDER
    power = 1
    for exponent in range(_ORDER):
        powers[exponent] = power
        logarithms[power] = exponent
        power <<= 1
        if power > _ORDER:
            power ^= _FACTOR
    return logarithms, powers
