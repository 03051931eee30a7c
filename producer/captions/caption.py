"""One raw line of captions."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caption:
    """A scrap of speech and the place on the video timeline where it starts.

    `end_ms` is where it ends, if the captions say so.
    """

    start_ms: int
    text: str
    end_ms: int | None = None
