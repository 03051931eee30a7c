"""A soundbite as the front matter marks it: what is said, or from when to when."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SoundbiteMark:
    """One entry of `soundbites`: either `quote`, or both times, which are on the video timeline.

    `title` may be empty. `index` is its place in the list.
    """

    title: str
    quote: str
    start_ms: int | None
    end_ms: int | None
    index: int
