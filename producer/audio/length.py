"""How long sound is, in samples and in milliseconds."""

from typing import NamedTuple


class Length(NamedTuple):
    """Samples of each channel, and how many there are of them a second."""

    samples: int
    rate: int

    @property
    def ms(self) -> int:
        """The same in milliseconds, rounded."""
        return (self.samples * 1000 + self.rate // 2) // self.rate
