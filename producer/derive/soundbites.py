"""Soundbites: the spans that the front matter marks to be heard on their own."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from producer.captions.caption import Caption
from producer.derive.duration import Duration
from producer.derive.quotes import SpokenText
from producer.derive.timeline import AudioTimeline
from producer.derive.turns import Turn
from producer.model.episode import Episode, Line
from producer.model.soundbite import SoundbiteMark
from producer.names import ascii_name
from producer.problems import Problem
from producer.text import truncate_chars
from producer.times import format_clock, format_seconds

if TYPE_CHECKING:
    from producer.derive.near_quotes import NearQuotes
    from producer.derive.word_times import SpokenTimes

# Podcasting 2.0, soundbite: "recommended between 15 and 120 seconds".
SOUNDBITE_MS = (15_000, 120_000)
# Of a quote without a title, what stands for one.
_TITLE_CHARS = 60
_SHOWN_CHARS = 60
# Long enough to show what differs.
_NEAR_CHARS = 160
# Whole seconds are written for an end that is not one.
_END_SLACK_MS = 1000
# Places that a message names.
_MAX_NAMED = 3


@dataclass(frozen=True, slots=True)
class Soundbite:
    """A span on the video timeline, and the name of its files without their endings.

    `name` is its title; `quote` what is said, empty for one that is marked by times.
    """

    name: str
    start_ms: int
    end_ms: int
    file_name: str
    quote: str = ""
    index: int = -1


def derive_soundbites(
    episode: Episode,
    turns: Sequence[Turn],
    duration: Duration,
    timeline: AudioTimeline,
    captions: Sequence[Caption] = (),
) -> tuple[tuple[Soundbite, ...], tuple[Problem, ...]]:
    """The soundbites that can be heard, in the order of the file, and what is wrong with others.

    A quote gets its times from `captions`, if it is heard there, else from its line.
    """
    if not episode.soundbites:
        return (), ()
    finder = _Finder(episode, turns, duration, timeline, captions)
    found = [bite for mark in episode.soundbites if (bite := finder.find(mark))]
    width = max(2, len(str(len(found))))
    named = tuple(
        replace(
            bite, file_name=f"soundbite-{number:0{width}}-{ascii_name(bite.name, fallback='clip')}"
        )
        for number, bite in enumerate(found, start=1)
    )
    return named, tuple(finder.problems)


class _Finder:
    def __init__(
        self,
        episode: Episode,
        turns: Sequence[Turn],
        duration: Duration,
        timeline: AudioTimeline,
        captions: Sequence[Caption],
    ) -> None:
        self._episode = episode
        self._turns = turns
        self._duration = duration
        self._timeline = timeline
        self._captions = captions
        self.problems: list[Problem] = []

    def find(self, mark: SoundbiteMark) -> Soundbite | None:
        """One soundbite; None where there is none, which is a problem then."""
        found = self._quoted(mark) if mark.quote else self._timed(mark)
        if found is None or (inside := self._inside(found)) is None:
            return None
        self._judge_length(inside)
        return inside

    @cached_property
    def _lines(self) -> tuple[Line, ...]:
        return tuple(line for turn in self._turns for line in turn.lines)

    @cached_property
    def _spoken(self) -> SpokenText:
        return SpokenText([line.text for line in self._lines])

    @cached_property
    def _near(self) -> "NearQuotes":
        from producer.derive.near_quotes import NearQuotes  # noqa: PLC0415 - few quotes need it

        return NearQuotes(self._spoken)

    @cached_property
    def _times(self) -> "SpokenTimes":
        from producer.derive.word_times import SpokenTimes  # noqa: PLC0415 - few episodes quote

        return SpokenTimes(self._spoken, self._turns, self._duration.ms, self._captions)

    def _quoted(self, mark: SoundbiteMark) -> Soundbite | None:
        places = self._spoken.places(mark.quote)
        if len(places) > 1:
            # As `first ... last`, words that are said often may be meant at one place alone.
            short = [
                (start, end)
                for start, end in places
                if _length_ms(self._times.interpolated_ms(start, end)) <= SOUNDBITE_MS[1]
            ]
            places = short or places
        if not places:
            self._flag("B102", mark.index, *self._not_found(mark.quote))
            return None
        if len(places) > 1:
            self._flag("B103", mark.index, *self._ambiguous(mark.quote, places))
            return None
        start_ms, end_ms = self._times.span_ms(*places[0])
        said = self._spoken.said(*places[0])
        title = mark.title or truncate_chars(said, _TITLE_CHARS)
        return Soundbite(title, start_ms, end_ms, "", said, mark.index)

    def _timed(self, mark: SoundbiteMark) -> Soundbite | None:
        assert mark.start_ms is not None
        assert mark.end_ms is not None
        title = mark.title or self._episode.title
        if self._turns and mark.end_ms <= self._turns[0].start_ms:
            first = format_clock(self._turns[0].start_ms)
            message = f'nothing is said in soundbite "{title}": the first line starts at {first}'
            self._flag("B106", mark.index, message, "times count on the video's timeline")
        return Soundbite(title, mark.start_ms, mark.end_ms, "", "", mark.index)

    def _inside(self, bite: Soundbite) -> Soundbite | None:
        """The part of a soundbite that the episode holds."""
        start_ms = self._timeline.offset_ms if self._timeline.offset_ms > 0 else 0
        end_ms = self._duration.ms
        if bite.start_ms < end_ms and bite.end_ms > start_ms:
            if self._duration.is_estimate or bite.end_ms <= end_ms + _END_SLACK_MS:
                is_over = not self._duration.is_estimate and bite.end_ms > end_ms
                return replace(bite, end_ms=end_ms) if is_over else bite
            message = f"ends at {format_clock(bite.end_ms)}, after the end of the audio"
            self._outside(bite, f"{message} ({format_clock(end_ms)}): it is cut off there")
            return replace(bite, end_ms=end_ms)
        if bite.end_ms <= start_ms:
            message = f"ends at {format_clock(bite.end_ms)}, before the audio begins"
            self._outside(bite, f"{message} ({format_clock(start_ms)}): it is left out")
        else:
            ends = "the estimated end" if self._duration.is_estimate else "the end of the audio"
            message = f"starts at {format_clock(bite.start_ms)}, after {ends}"
            self._outside(bite, f"{message} ({format_clock(end_ms)}): it is left out")
        return None

    def _outside(self, bite: Soundbite, message: str) -> None:
        hint = "times count on the video's timeline; is `audio.offset` right?"
        self._flag("B105", bite.index, f'soundbite "{bite.name}" {message}', hint)

    def _judge_length(self, bite: Soundbite) -> None:
        span = self._timeline.span(bite.start_ms, bite.end_ms) or (bite.start_ms, bite.end_ms)
        length_ms = _length_ms(span)
        shortest, longest = SOUNDBITE_MS
        if shortest <= length_ms <= longest:
            return
        lasts = format_seconds(length_ms // 100 * 100)
        message = f'soundbite "{bite.name}" lasts {lasts} s: apps take 15 to 120'
        more = "more" if length_ms < shortest else "less"
        hint = f"quote {more}" if bite.quote else f"mark {more}"
        self._flag("B104", bite.index, message, hint)

    def _not_found(self, quote: str) -> tuple[str, str]:
        """What to say of a quote that is not there, with what is most like it."""
        parts = self._spoken.parts(quote)
        missing = next((part for part in parts if not self._spoken.has(part)), None)
        if missing is None:
            first, last = (
                truncate_chars(part, _SHOWN_CHARS // 2) for part in (parts[0], parts[-1])
            )
            message = f'"{last}" is not said after "{first}"'
            return message, "quote the words in the order in which they are said"
        message = f'not said in the transcript: "{truncate_chars(missing, _SHOWN_CHARS)}"'
        near = self._near.find(missing)
        if near is None:
            return message, "copy it from a line; `first words ... last words` will do"
        line = self._lines[bisect_right(self._spoken.starts, near[0]) - 1]
        position = self._episode.position("transcript", line.index, "line")
        where = f" in line {position[1]}" if position else ""
        return message, f'the nearest{where} is "{truncate_chars(near[1], _NEAR_CHARS)}"'

    def _ambiguous(self, quote: str, places: Sequence[tuple[int, int]]) -> tuple[str, str]:
        starts = [self._times.interpolated_ms(*place)[0] for place in places[: _MAX_NAMED + 1]]
        named = ", ".join(format_clock(start) for start in starts[:_MAX_NAMED])
        named += ", ..." if len(starts) > _MAX_NAMED else ""
        message = f'said more than once: "{truncate_chars(quote, _SHOWN_CHARS)}" ({named})'
        return message, "quote more words, or mark it by `start` and `end`"

    def _flag(self, code: str, index: int, message: str, hint: str) -> None:
        episode, path = self._episode, ("soundbites", index)
        key = "quote" if code in {"B102", "B103"} else "title"
        place = episode.where_value(*path, key) or episode.where(*path) or None
        self.problems.append(episode.problem(code, message, place, hint))


def _length_ms(span_ms: tuple[int, int]) -> int:
    return span_ms[1] - span_ms[0]
