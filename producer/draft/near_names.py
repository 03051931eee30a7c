"""Words that sound as if they were a known name: offered, never replaced."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from producer.draft.tokens import Token, key_of
from producer.draft.vocabulary import Vocabulary

# Below this many letters everything is near to something.
_MIN_LETTERS = 5
# As a share of both words' letters, in percent: one letter in five is another.
_MIN_RATIO = 80
_MAX_WORDS = 3
_MAX_LETTERS = 60
# More of them are no help to anybody; names of a show are hundreds, not thousands.
_MAX_OFFERED = 40
_MAX_NAMES = 300
# Six hours of speech have fewer runs of words that could be a name.
_MAX_RUNS = 60_000


@dataclass(frozen=True, slots=True)
class NearName:
    """Words that may be a name, how often they occur, and when they are said first."""

    heard: str
    name: str
    count: int
    start_ms: int | None


def near_names(
    tokens: Sequence[Token], names: Iterable[str], vocabulary: Vocabulary
) -> tuple[NearName, ...]:
    """What is near to a name and is none, nor made of words that the show uses otherwise.

    In the order in which they are said, 40 at most.
    """
    known = {_joined(name): name for name in names}
    known.pop("", None)
    parts = {key_of(word) for name in known.values() for word in name.split()}
    runs: dict[str, tuple[int, int, str]] = {}
    keys = [token.key for token in tokens]
    for at in range(len(keys)):
        for length in range(1, _MAX_WORDS + 1):
            words = keys[at : at + length]
            joined = "".join(words)
            if len(words) < length or not all(words) or len(joined) > _MAX_LETTERS:
                break
            if len(joined) < _MIN_LETTERS - 1 or _is_known(words, known, parts, vocabulary):
                continue
            if len(runs) >= _MAX_RUNS and joined not in runs:
                continue
            first, count, text = runs.get(joined, (at, 0, " ".join(words)))
            runs[joined] = first, count + 1, text
    found: dict[str, tuple[float, str]] = {}
    choices = list(runs)
    for joined, name in list(known.items())[:_MAX_NAMES]:
        if len(joined) < _MIN_LETTERS:
            continue
        matches = process.extract(
            joined, choices, scorer=fuzz.ratio, score_cutoff=_MIN_RATIO, limit=_MAX_OFFERED
        )
        for choice, score, _ in matches:
            if (score, name) > found.get(choice, (0.0, "")):
                found[choice] = score, name
    return _without_overlaps(tokens, runs, found)


def _is_known(
    words: Sequence[str], known: dict[str, str], parts: set[str], vocabulary: Vocabulary
) -> bool:
    """Whether the words hold a name, or none of them can be a misheard part of one."""
    for first in range(len(words)):
        for end in range(first + 1, len(words) + 1):
            if "".join(words[first:end]).removesuffix("'s") in known:
                return True
    edges = (words[0], words[-1])
    if len(words) > 1 and any(vocabulary.is_ordinary(word) for word in edges):
        return True
    return all(word in parts or word in vocabulary.counts for word in words)


def _without_overlaps(
    tokens: Sequence[Token],
    runs: dict[str, tuple[int, int, str]],
    found: dict[str, tuple[float, str]],
) -> tuple[NearName, ...]:
    """The best of those that share words, where they are said first or anywhere."""
    taken: set[int] = set()
    offered: list[tuple[int, NearName]] = []
    for choice, (_, name) in sorted(found.items(), key=lambda each: (-each[1][0], each[0])):
        at, count, text = runs[choice]
        places = range(at, at + len(text.split()))
        is_new = not any(
            each.name == name and _overlap(each.heard.casefold(), text) for _, each in offered
        )
        if is_new and taken.isdisjoint(places):
            taken.update(places)
            heard = " ".join(tokens[place].parts[1] for place in places)
            offered.append((at, NearName(heard, name, count, tokens[at].start_ms)))
    offered.sort(key=lambda each: each[0])
    return tuple(each for _, each in offered[:_MAX_OFFERED])


def _overlap(one: str, two: str) -> bool:
    """Whether the words of one are among those of the other, in a row."""
    return f" {one} " in f" {two} " or f" {two} " in f" {one} "


def _joined(text: str) -> str:
    return "".join(map(key_of, text.split()))
