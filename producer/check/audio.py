"""Rules for the audio beside the transcript."""

from collections.abc import Iterator

from producer.derive.derived import Derived
from producer.derive.duration import estimate_duration
from producer.problems import Problem
from producer.times import format_clock

# Music at the end is shorter, and a wrong file or offset is off by more.
FAR_MS = 60_000


def far_from_the_transcript(derived: Derived) -> Iterator[Problem]:
    """A106: the audio goes on for more than a minute after the transcript's last words."""
    if derived.timeline.length_ms is None or not derived.turns:
        return
    end_ms = derived.timeline.length_ms + derived.timeline.offset_ms
    said_ms = estimate_duration(derived.turns).ms
    if end_ms - said_ms > FAR_MS:
        yield derived.episode.problem(
            "A106",
            f"the audio goes on for {format_clock(end_ms - said_ms)} after the last line "
            f"(about {format_clock(said_ms)})",
            derived.episode.where("audio", "offset") or derived.episode.where("transcript"),
            "is it the right file, `audio.offset` right, and the transcript complete?",
        )
