"""What a FLAC file says of its sound: STREAMINFO. RFC 9639, 8.2."""

from dataclasses import dataclass

STREAMINFO_BYTES = 34


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
