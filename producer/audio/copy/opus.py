"""Packets of Opus: how long they are in samples, and the header that says what to leave out.

RFC 6716, 3.1 (the first byte of a packet) and RFC 7845, 4.2 (pre-skip) and 5.1 (the header).
"""

from collections.abc import Sequence

_HEAD_BYTES = 19
# Samples of a frame in a packet by its configuration: SILK, hybrid, CELT.
_FRAMES = (480, 960, 1920, 2880) * 3 + (480, 960) * 2 + (120, 240, 480, 960) * 4
# Of a packet of one frame or two by its first byte; 0 where that does not say how many there are.
_SAMPLES = tuple(_FRAMES[byte >> 3] * (1, 2, 2, 0)[byte & 3] for byte in range(256))
# 120 ms (RFC 6716, 3.2.5).
_MAX_SAMPLES = 5760


class OpusPackets:
    """Measures the packets of a stream."""

    header_packets = 2
    rate = 48000

    def __init__(self, headers: Sequence[bytes]) -> None:
        head = headers[0]
        if len(head) < _HEAD_BYTES:
            raise ValueError("its Opus header is broken")
        self._pre_skip = int.from_bytes(head[10:12], "little")

    def skipped(self, offset: int) -> int:
        """The samples before the sound, whatever the position of the first one (`offset`)."""
        return self._pre_skip

    def samples(self, packets: Sequence[bytes]) -> list[int]:
        """How many samples each packet decodes to, at 48 kHz; none if it is damaged.

        Packets are not empty.
        """
        return [_SAMPLES[packet[0]] or _samples_of_many(packet) for packet in packets]


def _samples_of_many(packet: bytes) -> int:
    """The samples of a packet that says by its second byte how many frames are in it."""
    count = packet[1] & 63 if len(packet) > 1 else 0
    samples = _FRAMES[packet[0] >> 3] * count
    return samples if samples <= _MAX_SAMPLES else 0


def set_pre_skip(head: bytes, samples: int) -> bytes:
    """The header with another number of samples to leave out at the beginning."""
    return head[:10] + samples.to_bytes(2, "little") + head[12:]
