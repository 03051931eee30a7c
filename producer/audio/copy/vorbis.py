"""Packets of Vorbis: how long they are in samples.

Vorbis I specification, 4.2 (headers), 4.3.1 (packets) and A.2 (positions in Ogg). A packet is a
short or a long block. It gives the samples between its middle and the middle of the block before,
so that the first packet gives none.
"""

from collections.abc import Sequence

_IDENT_BYTES = 30
# A mode: whether its blocks are long, 16 bits each of window and transform (0), a mapping.
_MODE_BITS = 41
_COUNT_BITS = 6


class VorbisPackets:
    """Measures the packets of a stream, which have to come in their order."""

    header_packets = 3

    def __init__(self, headers: Sequence[bytes]) -> None:
        ident, _, setup = headers
        self.rate = int.from_bytes(ident[12:16], "little")
        if len(ident) < _IDENT_BYTES or setup[:1] != b"\5" or not self.rate:
            raise ValueError("its Vorbis headers are broken")
        sizes = 1 << (ident[28] & 15), 1 << (ident[28] >> 4)
        self._blocks = [sizes[long] for long in _modes(setup)]
        self._before = 0

    def skipped(self, offset: int) -> int:
        """The samples that come before position 0, where the first is at `offset`."""
        return max(-offset, 0)

    def samples(self, packets: Sequence[bytes]) -> list[int]:
        """How many samples each packet adds. Packets are not empty."""
        return [self._samples(packet) for packet in packets]

    def _samples(self, packet: bytes) -> int:
        if packet[0] & 1:  # a header again
            return 0
        bits = (len(self._blocks) - 1).bit_length()
        mode = packet[0] >> 1 & (1 << bits) - 1
        block = self._blocks[min(mode, len(self._blocks) - 1)]
        before, self._before = self._before, block
        return (before + block) // 4 if before else 0


def _modes(setup: bytes) -> list[int]:
    """For every mode, whether its blocks are long.

    The modes are the last thing in the setup header, whose other parts would have to be parsed in
    full to get there. So they are looked for from the end, by what is 0 in each of them.
    """
    bits = int.from_bytes(setup, "little")
    end = bits.bit_length() - 1  # the framing bit
    found: list[int] = []
    modes: list[int] = []
    for count in range(1, (1 << _COUNT_BITS) + 1):
        start = end - count * _MODE_BITS
        if start < _COUNT_BITS or bits >> start + 1 & 0xFFFFFFFF:
            break
        modes.insert(0, bits >> start & 1)
        if bits >> start - _COUNT_BITS & (1 << _COUNT_BITS) - 1 == count - 1:
            found = modes.copy()
    if not found:
        raise ValueError("its Vorbis headers are broken")
    return found
