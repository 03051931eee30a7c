"""How long an episode is: measured from its media, else estimated and marked so."""

from collections.abc import Sequence
from dataclasses import dataclass

from producer.derive.turns import Turn

# The pace of ordinary conversation, for a transcript too short to have a pace of its own.
DEFAULT_WORDS_PER_MINUTE = 150


@dataclass(frozen=True, slots=True)
class Duration:
    """A length on the video timeline."""

    ms: int
    is_estimate: bool


def estimate_duration(turns: Sequence[Turn]) -> Duration:
    """The last line's start plus the time its words take at this episode's own speaking rate.

    Never the last line minus the first: that leaves out all that the last speaker says. Where
    times run backwards, the latest one counts too, so that a chapter which starts there has an end.
    """
    if not turns:
        return Duration(0, is_estimate=True)
    words = [turn.words for turn in turns]
    spoken_ms = turns[-1].start_ms - turns[0].start_ms
    words_before = sum(words[:-1])
    if not (words_before and spoken_ms):
        spoken_ms, words_before = 60_000, DEFAULT_WORDS_PER_MINUTE

    def end_ms(start_ms: int, count: int) -> int:
        return start_ms + max(count * spoken_ms // words_before, 1000)

    late = (
        end_ms(line.start_ms, line.words)
        for turn in turns
        for line in turn.lines
        if line.start_ms is not None and line.start_ms > turns[-1].start_ms
    )
    last_ms = end_ms(turns[-1].start_ms, words[-1])
    return Duration(max([last_ms, *late]), is_estimate=True)


def episode_duration(turns: Sequence[Turn], offset_ms: int, audio_ms: int | None) -> Duration:
    """The audio's end on the video timeline where there is audio, else the estimate.

    Audio that ends before the last line starts belongs to another cut of the recording: then the
    estimate stands, and the check of the audio says why.
    """
    estimate = estimate_duration(turns)
    if audio_ms is None:
        return estimate
    end_ms = audio_ms + offset_ms
    if turns and end_ms <= turns[-1].start_ms:
        return estimate
    return Duration(max(end_ms, 0), is_estimate=False)
