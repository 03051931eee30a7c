"""When the words of a transcript are said: interpolated in their turns, or by captions."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from producer.align.hearing import Recording
from producer.align.search import Search
from producer.align.words import TimedWords, split_words, timed_words
from producer.captions.caption import Caption
from producer.derive.quotes import SpokenText
from producer.derive.turns import Turn

# How far from their interpolated time words are looked for in the captions.
_AROUND_MS = 60_000
# As in `producer.align.words`: what a word stands longer than that for each letter is a pause.
_MAX_MS_PER_LETTER = 150


class SpokenTimes:
    """Times on the video timeline of places in a `SpokenText` of all lines of the turns."""

    def __init__(
        self,
        text: SpokenText,
        turns: Sequence[Turn],
        duration_ms: int,
        captions: Sequence[Caption] = (),
    ) -> None:
        self._text = text
        self._in_order = sorted(captions, key=lambda caption: caption.start_ms)
        self._caption_starts = [caption.start_ms for caption in self._in_order]
        self._starts_ms = [turn.start_ms for turn in turns]
        last_ms = max(duration_ms, self._starts_ms[-1] + 1) if turns else 0
        self._ends_ms = [*self._starts_ms[1:], last_ms]
        firsts = accumulate((len(turn.lines) for turn in turns[:-1]), initial=0)
        self._places = [text.starts[first] for first in firsts]

    def span_ms(self, start: int, end: int) -> tuple[int, int]:
        """From the first to after the last word of a place: as captions have it, if they do."""
        span_ms = self.interpolated_ms(start, end)
        return (self._heard_ms(start, end, *span_ms) if self._in_order else None) or span_ms

    def interpolated_ms(self, start: int, end: int) -> tuple[int, int]:
        """The same by the words of each turn, which take the same time each."""
        start_ms, end_ms = self._at_ms(start), self._at_ms(end, is_end=True)
        return start_ms, max(end_ms, start_ms + 1)

    def _read(self, place: int) -> float:
        """How many words there are before a place, a part of one for a place inside it."""
        starts, ends = self._text.words
        number = bisect_right(starts, place) - 1
        if number < 0:
            return 0
        length = ends[number] - starts[number]
        return number + min(place - starts[number], length) / length

    def _at_ms(self, place: int, *, is_end: bool = False) -> int:
        find = bisect_left if is_end else bisect_right
        number = max(find(self._places, place) - 1, 0)
        first = self._places[number]
        after = self._places[number + 1 : number + 2] or [len(self._text.text)]
        before, whole = self._read(first), self._read(after[0]) - self._read(first)
        start_ms, end_ms = self._starts_ms[number], self._ends_ms[number]
        part = (self._read(place) - before) / whole if whole else 0
        return start_ms + round((end_ms - start_ms) * min(part, 1))

    @cached_property
    def _said(self) -> tuple[TimedWords, Recording]:
        said = timed_words(self._in_order)
        return said, Recording(said.words)

    def _heard_ms(self, start: int, end: int, start_ms: int, end_ms: int) -> tuple[int, int] | None:
        said, recording = self._said
        words = split_words(self._text.text[start:end])
        low = bisect_left(said.times_ms, start_ms - _AROUND_MS)
        high = bisect_right(said.times_ms, end_ms + _AROUND_MS)
        matches = Search(recording).find(words, low, high) if words else []
        if not matches:
            return None
        (missing, first), (at, last) = matches[0], matches[-1]
        first = max(first - missing, low)
        last = min(last + len(words) - 1 - at, high - 1)
        heard_ms = said.times_ms[first]
        until_ms = said.times_ms[last] + _MAX_MS_PER_LETTER * len(said.words[last])
        if last + 1 < len(said.times_ms):
            until_ms = min(until_ms, said.times_ms[last + 1])
        caption = self._in_order[bisect_right(self._caption_starts, said.times_ms[last]) - 1]
        if caption.end_ms is not None and caption.end_ms > caption.start_ms:
            until_ms = min(until_ms, caption.end_ms)
        return heard_ms, max(until_ms, heard_ms + 1)
