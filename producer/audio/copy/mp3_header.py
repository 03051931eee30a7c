"""Headers of MP3 frames: MPEG 1, 2 and 2.5, layer III.

ISO/IEC 11172-3, 2.4.2.3 and ISO/IEC 13818-3, 2.4.2.3; MPEG 2.5, which is no standard, halves the
sample rates of MPEG 2 once more.
"""

from dataclasses import dataclass
from functools import cache

HEADER_BYTES = 4
CRC_BYTES = 2
# The longest that a frame can be: 320 kbit/s at 32 kHz, 160 kbit/s at 8 kHz, with padding.
MAX_FRAME_BYTES = 1441

_MPEG1, _MPEG2, _MPEG25 = 3, 2, 0
_LAYER_III = 1
_MONO = 3
_BASE_RATES = (44100, 48000, 32000)
_RATE_DIVISORS = {_MPEG1: 1, _MPEG2: 2, _MPEG25: 4}
_KBPS = {
    _MPEG1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    _MPEG2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_KBPS[_MPEG25] = _KBPS[_MPEG2]


@dataclass(frozen=True, slots=True)
class Kind:
    """What all frames of a stream share: the MPEG version and the sample rate."""

    version: int
    rate_index: int

    @property
    def is_mpeg1(self) -> bool:
        """Whether frames have two granules of 576 samples; others have one."""
        return self.version == _MPEG1

    @property
    def rate(self) -> int:
        """Samples a second."""
        return _BASE_RATES[self.rate_index] // _RATE_DIVISORS[self.version]

    @property
    def frame_samples(self) -> int:
        """The samples that a frame decodes to."""
        return 1152 if self.is_mpeg1 else 576

    @property
    def preroll_frames(self) -> int:
        """How many frames a decoder needs before the first one that must be right.

        Two granules: the transform overlaps by one, and the filter bank after it looks back
        another 480 samples.
        """
        return 1 if self.is_mpeg1 else 2

    @property
    def max_back_bytes(self) -> int:
        """The furthest that a frame can reach back for its main data (9 or 8 bits)."""
        return 511 if self.is_mpeg1 else 255

    def frame_bytes(self, bitrate_index: int, padding: int = 0) -> int:
        """The length of a frame with its header. Slots of layer III are bytes."""
        bits = _KBPS[self.version][bitrate_index] * 1000 * self.frame_samples // 8
        return bits // self.rate + padding

    @property
    def sizes(self) -> dict[bytes, int]:
        """The length of a frame by its header's first three bytes, for all headers of the kind."""
        return _sizes(self)


@cache
def _sizes(kind: Kind) -> dict[bytes, int]:
    sizes = {}
    for unprotected in range(2):
        second = 0xE0 | kind.version << 3 | _LAYER_III << 1 | unprotected
        for bitrate_index in range(1, 15):
            for padding in range(2):
                for private in range(2):
                    third = bitrate_index << 4 | kind.rate_index << 2 | padding << 1 | private
                    key = bytes((0xFF, second, third))
                    sizes[key] = kind.frame_bytes(bitrate_index, padding)
    return sizes


def kind_of(header: bytes) -> Kind | None:
    """The kind of frame that these bytes begin, or None if it is no frame of layer III."""
    if len(header) < HEADER_BYTES or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return None
    version, rate_index, bitrate_index = header[1] >> 3 & 3, header[2] >> 2 & 3, header[2] >> 4
    if version == 1 or rate_index == 3 or bitrate_index == 15:
        return None
    return Kind(version, rate_index)


def is_free_format(header: bytes) -> bool:
    """Whether a header leaves the bitrate, and so the length of its frame, open."""
    return header[2] >> 4 == 0


def bitrate_index(header: bytes) -> int:
    """The place of a frame's bitrate in the table of its version."""
    return header[2] >> 4


def side_info_bytes(header: bytes) -> int:
    """The length of the side information, by version and channels."""
    mono = header[3] >> 6 == _MONO
    if header[1] >> 3 & 3 == _MPEG1:
        return 17 if mono else 32
    return 9 if mono else 17


def main_data_at(header: bytes) -> int:
    """Where in a frame the main data begins: after the header, a CRC and the side information."""
    protected = not header[1] & 1
    return HEADER_BYTES + CRC_BYTES * protected + side_info_bytes(header)


def plain_header(header: bytes, index: int) -> bytes:
    """The header of a frame that we make: as `header`, with another bitrate.

    Without CRC, padding and joint coding of the channels.
    """
    third = index << 4 | header[2] & 0x0C
    return bytes((0xFF, header[1] | 1, third, header[3] & 0xCF))
