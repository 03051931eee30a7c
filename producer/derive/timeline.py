"""The two timelines (DESIGN 4): transcripts are on the video's, audio outputs on the audio's."""

from dataclasses import dataclass
from enum import StrEnum


class Timeline(StrEnum):
    """Which recording a time counts from."""

    VIDEO = "video"
    AUDIO = "audio"


@dataclass(frozen=True, slots=True)
class AudioTimeline:
    """Maps spans from video to audio time: audio time = video time - offset.

    `length_ms` is the audio's own length, where it is known.
    """

    offset_ms: int = 0
    length_ms: int | None = None

    def span(self, start_ms: int, end_ms: int) -> tuple[int, int] | None:
        """The part of a half-open video span that the audio holds, or None if it holds none.

        What straddles the beginning starts at 0; what straddles the end ends there.
        """
        start_ms = max(start_ms - self.offset_ms, 0)
        end_ms -= self.offset_ms
        if self.length_ms is not None:
            end_ms = min(end_ms, self.length_ms)
        return (start_ms, end_ms) if end_ms > start_ms else None
