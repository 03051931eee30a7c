"""What is known of a picture."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """A picture's kind (`JPEG`, `PNG`, ...), its size in pixels and its colours (`RGB`, `CMYK`)."""

    kind: str
    width: int
    height: int
    mode: str
