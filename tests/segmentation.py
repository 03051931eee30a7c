"""How far a segmentation is from a reference, in the measures that papers give.

Pk: Beeferman, Berger and Lafferty, "Statistical Models for Text Segmentation", Machine Learning 34
(1999): how often two places half a mean part apart are wrongly said to be in the same part, or in
different ones. WindowDiff: Pevzner and Hearst, "A Critique and Improvement of an Evaluation Metric
for Text Segmentation", Computational Linguistics 28 (2002): how often such a window has a wrong
number of boundaries. Both are 0 for the reference itself, and lower is better.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from producer.io.files import read_bytes
from producer.model.episode import Header, Line
from producer.read.episode import read_episode
from producer.text import count_words


@dataclass(frozen=True)
class Published:
    """A published episode without its headers, and the places (of lines) at which they stood.

    The place above the first line is not counted: nobody has to find it.
    """

    slug: str
    lines: tuple[Line, ...]
    places: frozenset[int]

    @property
    def words(self) -> list[int]:
        """How many words each line has."""
        return [count_words(line.text) for line in self.lines]


def published(folder: Path) -> list[Published]:
    """The episodes of a folder that have headers."""
    found = []
    for path in sorted(folder.glob("*.md")):
        episode, _ = read_episode(path.name.removesuffix(".md"), path.name, read_bytes(path))
        assert episode is not None, path
        places, number = set(), 0
        for entry in episode.transcript:
            if isinstance(entry, Header):
                places.add(number)
            number += isinstance(entry, Line)
        places -= {0, number}
        if places:
            found.append(Published(episode.slug, episode.lines, frozenset(places)))
    return found


def part_of_each_word(words: Sequence[int], places: Collection[int]) -> list[int]:
    """For each word of a transcript, the number of the part that it is in."""
    parts = accumulate(int(number in places) for number in range(len(words)))
    return [part for part, count in zip(parts, words, strict=True) for _ in range(count)]


def half_mean_part(reference: Sequence[int]) -> int:
    """The size of the window, as both papers set it."""
    return max(1, round(len(reference) / len(set(reference)) / 2))


def pk(reference: Sequence[int], other: Sequence[int]) -> float:
    """Of two segmentations as `part_of_each_word` gives them."""
    k = half_mean_part(reference)
    windows = range(len(reference) - k)
    wrong = sum(
        (reference[at] == reference[at + k]) != (other[at] == other[at + k]) for at in windows
    )
    return wrong / max(1, len(windows))


def window_diff(reference: Sequence[int], other: Sequence[int]) -> float:
    """Of two segmentations as `part_of_each_word` gives them."""
    k = half_mean_part(reference)
    windows = range(len(reference) - k)
    wrong = sum(reference[at + k] - reference[at] != other[at + k] - other[at] for at in windows)
    return wrong / max(1, len(windows))


@dataclass(frozen=True)
class Score:
    """Of one episode; `exact` is the share of the reference's places that were found."""

    pk: float
    window_diff: float
    exact: float


def score(episode: Published, places: Collection[int]) -> Score:
    reference = part_of_each_word(episode.words, episode.places)
    other = part_of_each_word(episode.words, places)
    exact = len(episode.places & set(places)) / len(episode.places)
    return Score(pk(reference, other), window_diff(reference, other), exact)


def evenly_spaced(words: Sequence[int], count: int) -> set[int]:
    """The lines nearest to even spacing in words: the baseline."""
    starts = list(accumulate(words, initial=0))[:-1]
    chosen: set[int] = set()
    for number in range(1, count + 1):
        wanted = sum(words) * number / (count + 1)
        free = [at for at in range(1, len(words)) if at not in chosen]
        chosen.add(min(free, key=lambda at: abs(starts[at] - wanted)))
    return chosen
