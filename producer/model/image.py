"""What is known of a picture."""

from dataclasses import dataclass

# Apple, Show cover and episode art: what a square has a side.
MIN_PIXELS, MAX_PIXELS = 1400, 3000


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """A picture's kind (`JPEG`, `PNG`, ...), its size in pixels and its colours (`RGB`, `CMYK`)."""

    kind: str
    width: int
    height: int
    mode: str
