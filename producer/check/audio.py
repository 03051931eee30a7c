"""Rules for the audio, and for what it says beside the transcript."""

from collections.abc import Iterator

from producer.derive.derived import Derived
from producer.derive.duration import DEFAULT_WORDS_PER_MINUTE, estimate_duration
from producer.feed.item import left_out
from producer.problems import Problem
from producer.times import format_clock

# Music at the end is shorter, and a wrong file or offset is off by more.
FAR_MS = 60_000


def short_of_the_transcript(derived: Derived) -> Iterator[Problem]:
    """A104: the audio ends more than a minute before the last line is said."""
    if derived.timeline.length_ms is None or not derived.turns:
        return
    end_ms = derived.timeline.length_ms + derived.timeline.offset_ms
    said_ms = _said_at_the_latest_ms(derived)
    if derived.turns[-1].start_ms < end_ms < said_ms - FAR_MS:
        yield derived.episode.problem(
            "A104",
            f"the audio ends at {format_clock(end_ms)}, {format_clock(said_ms - end_ms)} before "
            f"the last line does (about {format_clock(said_ms)})",
            derived.episode.where("audio", "offset") or derived.episode.where("transcript"),
            "is it the right file, and `audio.offset` right?",
        )


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


def nothing_to_listen_to(derived: Derived) -> Iterator[Problem]:
    """R101: without audio an episode is left out of the feed."""
    episode = derived.episode
    if derived.show.has_feed and derived.timeline.length_ms is None and not episode.audio.file:
        yield left_out(derived)


def _said_at_the_latest_ms(derived: Derived) -> int:
    """When the last line ends, at the faster of this episode's pace and that of conversation."""
    last = derived.turns[-1]
    at_pace_ms = last.start_ms + last.words * 60_000 // DEFAULT_WORDS_PER_MINUTE
    return min(estimate_duration(derived.turns).ms, at_pace_ms)
