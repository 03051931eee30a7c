"""When each line of a transcript is spoken, by the captions of the recording."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from producer.align.hearing import SHORT_WORDS, Recording
from producer.align.matching import Match, match_words
from producer.align.search import Search
from producer.align.words import TimedWords, split_words, timed_words
from producer.captions.caption import Caption
from producer.model.episode import Line

# Captions come up a little before what they show is said.
_EARLY_MS = 200
# A line is elsewhere only if this much of it is heard there.
_ELSEWHERE_SHARE = 0.5
# And if this much more of it is heard there than at its place between its neighbours.
_ELSEWHERE_MORE = 0.3


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line is in the recording.

    `start_ms` is when its first word is spoken, None for a line that has no place. `end_ms` is
    when the last word that is heard of it is spoken.

    `elsewhere_ms` is for a line without a place that is heard somewhere all the same, but not
    between the lines around it: it stands in the wrong order.

    `confidence` goes from 0, not heard anywhere, to 1. It is the share of the line's words, rare
    words weighing more, that the captions have there in the same order, times the odds that so
    much of it is not met there by chance.
    """

    start_ms: int | None = None
    end_ms: int | None = None
    confidence: float = 0.0
    elsewhere_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Alignment:
    """The place of each line, in the order of the lines. Their times never fall."""

    places: tuple[Place, ...]

    @property
    def unplaced(self) -> tuple[int, ...]:
        """The positions of lines without a place, counted from 0."""
        return tuple(n for n, place in enumerate(self.places) if place.start_ms is None)


def align_lines(lines: Sequence[Line], captions: Sequence[Caption]) -> Alignment:
    """Find the lines of an edited transcript in its captions; the lines' own times play no part.

    Works with what editors do: fillers dropped, names mended, sentences joined, lines left out,
    added, reworded or moved. Near-linear in the length of both.
    """
    return align_texts([line.text for line in lines], captions)


def align_texts(texts: Sequence[str], captions: Sequence[Caption]) -> Alignment:
    """The same for the texts of lines."""
    said = timed_words(captions)
    lines = [split_words(text) for text in texts]
    recording = Recording(said.words)
    heard = _heard_in_order(lines, recording)
    elsewhere = _place_long_lines(lines, recording, heard)
    taken = [(matches[0][1], matches[-1][1] + 1) for matches in elsewhere.values()]
    search = Search(recording, taken)
    for number, start, end in _gaps(heard, len(said.words)):
        if 0 < len(lines[number]) <= SHORT_WORDS:
            heard[number] = search.find(lines[number], start, end)
    places = _places(lines, recording, heard, said)
    for number, matches in elsewhere.items():
        whole = search.with_head(lines[number], matches, 0)
        places[number] = Place(
            confidence=recording.confidence(lines[number], whole, len(said.words)),
            elsewhere_ms=_start_ms(said, whole[0], 0),
        )
    return Alignment(tuple(places))


def _heard_in_order(lines: list[list[str]], recording: Recording) -> list[list[Match]]:
    """What is heard of each line when all of them are matched at once."""
    begins = list(accumulate(map(len, lines), initial=0))
    heard: list[list[Match]] = [[] for _ in lines]
    number = 0
    for at, position in match_words([word for line in lines for word in line], recording.words):
        while at >= begins[number + 1]:
            number += 1
        heard[number].append((at - begins[number], position))
    for number, line in enumerate(lines):
        matches = recording.densest(line, heard[number])
        heard[number] = matches if recording.is_heard(line, matches) else []
    return heard


def _gaps(heard: list[list[Match]], end: int) -> Iterator[tuple[int, int, int]]:
    """Each line that is not heard yet, and between which words its place is.

    What is found for one while this goes on bounds the next.
    """
    following = _followings(heard, end)
    start = 0
    for number in range(len(heard)):
        if not heard[number]:
            yield number, start, following[number]
        if heard[number]:
            start = heard[number][-1][1] + 1


def _followings(heard: list[list[Match]], end: int) -> list[int]:
    """For each line, the first word that is heard of the lines after it."""
    following = [end] * len(heard)
    for number in range(len(heard) - 1, 0, -1):
        matches = heard[number]
        following[number - 1] = matches[0][1] if matches else following[number]
    return following


def _place_long_lines(
    lines: list[list[str]], recording: Recording, heard: list[list[Match]]
) -> dict[int, list[Match]]:
    """Look for longer lines one by one, between their neighbours and, if in vain, anywhere.

    Those between their neighbours go into `heard`; the others are returned.
    """
    search = Search(recording)
    elsewhere: dict[int, list[Match]] = {}
    for number, start, end in _gaps(heard, len(recording.words)):
        line = lines[number]
        if len(line) <= SHORT_WORDS:
            continue
        near = search.find(line, start, end)
        far = search.find(line, 0, len(recording.words))
        near_share, far_share = recording.share(line, near), recording.share(line, far)
        if far_share >= max(_ELSEWHERE_SHARE, near_share + _ELSEWHERE_MORE):
            elsewhere[number] = far
        else:
            heard[number] = near
    return elsewhere


def _places(
    lines: list[list[str]], recording: Recording, heard: list[list[Match]], said: TimedWords
) -> list[Place]:
    following = _followings(heard, len(said.words))
    search = Search(recording)
    places: list[Place] = []
    done, at_least_ms = 0, 0
    for number, line in enumerate(lines):
        if not heard[number]:
            places.append(Place())
            continue
        matches = search.with_head(line, heard[number], done)
        start_ms = max(at_least_ms, _start_ms(said, matches[0], done))
        end_ms = max(start_ms, said.times_ms[matches[-1][1]])
        confidence = recording.confidence(line, matches, following[number] - done)
        places.append(Place(start_ms, end_ms, confidence))
        done, at_least_ms = matches[-1][1] + 1, start_ms
    return places


def _start_ms(said: TimedWords, first: Match, done: int) -> int:
    """When a line starts whose first match is this; words up to `done` are another line's.

    Words before the first match stand for as many in the captions; what these lack, takes the
    time that words take.
    """
    missing, position = first
    begin = max(done, position - missing)
    lacking = missing - (position - begin)
    return max(0, said.times_ms[begin] - lacking * said.ms_per_word + _EARLY_MS)
