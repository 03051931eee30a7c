"""The checksums of FLAC: of a header (RFC 9639, 9.1.8) and of a frame (9.3).

Both are remainders of polynomials over GF(2), the highest bit first, from 0. The catalogue of CRCs
that everybody refers to knows them by other names.
"""

from fastcrc.crc8 import smbus as crc8
from fastcrc.crc16 import umts as crc16

__all__ = ["crc8", "crc16"]
