"""Conversations that nobody had: transcripts, captions as YouTube would have made them, and edits.

All words are made up here, so that alignment can be measured without real episodes.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import accumulate

from producer.align.alignment import Place
from producer.captions.caption import Caption
from producer.model.episode import Line

FILLERS = ("uh", "um", "you know", "like", "so", "I mean", "right")
SHORT_REPLIES = ("Yeah.", "Right.", "Okay.", "I see.", "Exactly.", "That's true, yeah.", "Why?")
_ONSETS = ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr", "sh", "gl")
_NUCLEI = ("a", "e", "i", "o", "u", "ai", "ee", "ou")
_CODAS = ("", "n", "r", "s", "t", "l", "nd", "m")


class Status(Enum):
    """What was done to a line."""

    SAME = auto()
    REWORDED = auto()
    MOVED = auto()
    FOREIGN = auto()


@dataclass(frozen=True)
class Spoken:
    """A line, when it is spoken (None: it is not, or nobody knows), and what was done to it."""

    text: str
    who: str
    start_ms: int | None
    status: Status = Status.SAME


Perturb = Callable[[random.Random, Sequence[Spoken], Sequence[str]], list[Spoken]]


class Language:
    """A vocabulary of made-up words, few of them frequent and most of them rare."""

    def __init__(self, seed: int, size: int = 2500) -> None:
        chosen = random.Random(seed)
        words: dict[str, None] = {}
        while len(words) < size:
            syllables = 1 + (len(words) > 60) + (len(words) > 400 and chosen.random() < 0.6)
            words["".join(_syllable(chosen) for _ in range(syllables))] = None
        self.words = list(words)
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(size)))

    def sentence(self, chosen: random.Random, count: int) -> str:
        """That many words, the first with a capital, a full stop at the end."""
        words = chosen.choices(self.words, cum_weights=self._weights, k=count)
        return " ".join(words).capitalize() + "."


def _syllable(chosen: random.Random) -> str:
    return chosen.choice(_ONSETS) + chosen.choice(_NUCLEI) + chosen.choice(_CODAS)


def conversation(
    seed: int, lines: int = 120, *, noise: float = 0.08, whole_seconds: bool = True
) -> tuple[list[Spoken], list[Caption]]:
    """A transcript of two speakers, and its captions: other words at times, fillers, no dots."""
    chosen = random.Random(seed)
    language = Language(7)
    spoken: list[Spoken] = []
    words: list[tuple[int, str]] = []
    now_ms = chosen.randrange(60_000)
    for number in range(lines):
        short = chosen.random() < 0.12
        text = chosen.choice(SHORT_REPLIES) if short else _paragraph(chosen, language)
        spoken.append(Spoken(text, ("Ann", "Bob")[number % 2], now_ms))
        for word in text.split():
            heard = word.strip(".,?").lower()
            if chosen.random() < noise:
                heard = chosen.choice(language.words)
            words.append((now_ms, heard))
            now_ms += 60 + 55 * len(word) + chosen.randrange(120)
            if chosen.random() < noise / 2:
                words.append((now_ms, chosen.choice(FILLERS).lower()))
                now_ms += chosen.randrange(200, 600)
        now_ms += chosen.randrange(1500)
    return spoken, _captions(chosen, words, whole_seconds=whole_seconds)


def foreign_texts(seed: int, count: int) -> list[str]:
    """Paragraphs in the same language that nobody said."""
    chosen, language = random.Random(f"foreign {seed}"), Language(7)
    return [_paragraph(chosen, language) for _ in range(count)]


def _paragraph(chosen: random.Random, language: Language) -> str:
    count = 1 + int(chosen.expovariate(1 / 4))
    return " ".join(language.sentence(chosen, chosen.randint(4, 22)) for _ in range(count))


def _captions(
    chosen: random.Random, words: Sequence[tuple[int, str]], *, whole_seconds: bool
) -> list[Caption]:
    captions = []
    at = 0
    while at < len(words):
        count = chosen.randint(4, 9)
        start_ms = words[at][0] // 1000 * 1000 if whole_seconds else words[at][0]
        captions.append(Caption(start_ms, " ".join(word for _, word in words[at : at + count])))
        at += count
    return captions


def as_is(chosen: random.Random, lines: Sequence[Spoken], foreign: Sequence[str]) -> list[Spoken]:
    """Every line as it is."""
    return list(lines)


def third_deleted(
    chosen: random.Random, lines: Sequence[Spoken], foreign: Sequence[str]
) -> list[Spoken]:
    """A third of the lines are gone."""
    gone = _third(chosen, lines)
    return [line for number, line in enumerate(lines) if number not in gone]


def third_inserted(
    chosen: random.Random, lines: Sequence[Spoken], foreign: Sequence[str]
) -> list[Spoken]:
    """A third as many lines are added that nobody said."""
    result = list(lines)
    for _ in range(len(lines) // 3):
        text, who = chosen.choice(foreign), chosen.choice(lines).who
        at = chosen.randrange(len(result) + 1)
        result.insert(at, Spoken(text, who, None, Status.FOREIGN))
    return result


def third_reworded(
    chosen: random.Random, lines: Sequence[Spoken], foreign: Sequence[str]
) -> list[Spoken]:
    """In a third of the lines, two words of five are replaced, dropped or added to."""
    vocabulary = [word for text in foreign for word in text.split()]
    picked = _third(chosen, lines)
    return [
        replace(line, text=_reworded(chosen, line.text, vocabulary), status=Status.REWORDED)
        if number in picked
        else line
        for number, line in enumerate(lines)
    ]


def third_moved(
    chosen: random.Random, lines: Sequence[Spoken], foreign: Sequence[str]
) -> list[Spoken]:
    """A third of the lines stand anywhere else."""
    picked = _third(chosen, lines)
    result = [line for number, line in enumerate(lines) if number not in picked]
    for number in sorted(picked):
        moved = replace(lines[number], status=Status.MOVED)
        result.insert(chosen.randrange(len(result) + 1), moved)
    return result


PERTURBATIONS: dict[str, Perturb] = {
    "as is": as_is,
    "a third deleted": third_deleted,
    "a third inserted": third_inserted,
    "a third reworded": third_reworded,
    "a third moved": third_moved,
}


def _third(chosen: random.Random, lines: Sequence[Spoken]) -> set[int]:
    return set(chosen.sample(range(len(lines)), len(lines) // 3))


def _reworded(chosen: random.Random, text: str, vocabulary: Sequence[str]) -> str:
    words = []
    for word in text.split():
        what = chosen.random()
        if what < 0.2:
            words.append(chosen.choice(vocabulary))
        elif what < 0.3:
            words += [word, chosen.choice(vocabulary)]
        elif what >= 0.4:
            words.append(word)
    return " ".join(words) or chosen.choice(vocabulary)


def as_lines(spoken: Sequence[Spoken]) -> list[Line]:
    """Lines as the model has them, with their times."""
    return [Line(each.text, each.start_ms, each.who, n) for n, each in enumerate(spoken)]


@dataclass(frozen=True)
class Score:
    """How well lines were placed, in seconds as they are written; shares from 0 to 1.

    Lines that were moved cannot all get their times without times that fall: they count beside
    those that are not in the recording, as lines to be found out. One that is placed where it is
    spoken is right as well.
    """

    lines: int
    within_1_s: float
    within_2_s: float
    within_5_s: float
    mean_error_s: float
    wrong: float
    unplaced: float
    found_out: float | None

    @classmethod
    def of(cls, spoken: Sequence[Spoken], places: Sequence[Place]) -> "Score":
        pairs = list(zip(spoken, places, strict=True))
        stay = [
            (line.start_ms, place.start_ms)
            for line, place in pairs
            if line.start_ms is not None and line.status is not Status.MOVED
        ]
        out = [
            place.start_ms is None
            or (line.start_ms and abs(place.start_ms - line.start_ms) <= 5000)
            for line, place in pairs
            if line.status in {Status.FOREIGN, Status.MOVED}
        ]
        errors = [abs(found // 1000 - true // 1000) for true, found in stay if found is not None]
        total = max(1, len(stay))
        return cls(
            lines=len(stay),
            within_1_s=sum(error <= 1 for error in errors) / total,
            within_2_s=sum(error <= 2 for error in errors) / total,
            within_5_s=sum(error <= 5 for error in errors) / total,
            mean_error_s=sum(errors) / max(1, len(errors)),
            wrong=sum(error > 5 for error in errors) / total,
            unplaced=1 - len(errors) / total,
            found_out=sum(map(bool, out)) / len(out) if out else None,
        )
