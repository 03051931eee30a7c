"""One raw line of captions, and the listing `M:SS text` that people copy."""

from dataclasses import dataclass

from producer.text import one_line
from producer.times import parse_clock


@dataclass(frozen=True, slots=True)
class Caption:
    """A scrap of speech and the place on the video timeline where it starts."""

    start_ms: int
    text: str


def parse_listing(text: str) -> tuple[Caption, ...]:
    """Read `M:SS text` or `H:MM:SS text`, one caption a line; blank lines are let pass.

    Raises ValueError with the line's number for a line that is not one.
    """
    captions = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        clock, _, words = line.strip().partition(" ")
        try:
            start_ms = parse_clock(clock)
        except ValueError as error:
            raise ValueError(f"line {number} does not begin with a time: {line[:60]!r}") from error
        captions.append(Caption(start_ms, one_line(words)))
    return tuple(caption for caption in captions if caption.text)
