"""Which entries of an edited transcript are which of the old one, though their words changed."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from producer.imports.model import ImportedEntry, ImportedHeader

Pair = tuple[int | None, int | None]
# Comparing each entry of a block with each; larger blocks are paired by their place.
_MAX_COMPARISONS = 40_000
# A text that was written anew in its place still keeps the other keys of its entry.
_SAME_KIND = 0.05
_SAME_START = 0.3


@dataclass(frozen=True, slots=True)
class _Open:
    """Positions of both sides that are not paired yet."""

    old: range
    new: range


def align(old: Sequence[ImportedEntry], new: Sequence[ImportedEntry]) -> list[Pair]:
    """Pairs of positions in order; None for what the other side does not have.

    A header is never paired with a line.
    """
    pairs: list[Pair] = []
    for block in _blocks(old, new, _Open(range(len(old)), range(len(new))), _whole):
        if not isinstance(block, _Open):
            pairs.append(block)
            continue
        for inner in _blocks(old, new, block, _text):
            pairs += _by_likeness(old, new, inner) if isinstance(inner, _Open) else [inner]
    return pairs


def _blocks(
    old: Sequence[ImportedEntry],
    new: Sequence[ImportedEntry],
    within: _Open,
    key: Callable[[ImportedEntry], Hashable],
) -> Iterator[Pair | _Open]:
    """Pairs with equal keys, and in between what is still open."""
    of_old, of_new = within.old, within.new
    while of_old and of_new and key(old[of_old[0]]) == key(new[of_new[0]]):
        yield of_old[0], of_new[0]
        of_old, of_new = of_old[1:], of_new[1:]
    tail: list[Pair] = []
    while of_old and of_new and key(old[of_old[-1]]) == key(new[of_new[-1]]):
        tail.append((of_old[-1], of_new[-1]))
        of_old, of_new = of_old[:-1], of_new[:-1]
    matcher = SequenceMatcher(None, [key(old[n]) for n in of_old], [key(new[n]) for n in of_new])
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(of_old[a:b], of_new[c:d], strict=True)
        else:
            yield _Open(of_old[a:b], of_new[c:d])
    yield from reversed(tail)


def _by_likeness(
    old: Sequence[ImportedEntry], new: Sequence[ImportedEntry], within: _Open
) -> list[Pair]:
    """The pairing in order that has the most words in common."""
    of_old, of_new = within.old, within.new
    if len(of_old) * len(of_new) > _MAX_COMPARISONS:
        return _by_place(old, new, of_old, of_new)
    words_old, words_new = _words(old, of_old), _words(new, of_new)
    # best[i][j]: the most that entries from i and from j on can have in common.
    best = [[0.0] * (len(of_new) + 1) for _ in range(len(of_old) + 1)]
    alike = [
        [_likeness(old[a], new[b], words_old[i], words_new[j]) for j, b in enumerate(of_new)]
        for i, a in enumerate(of_old)
    ]
    for i in reversed(range(len(of_old))):
        for j in reversed(range(len(of_new))):
            paired = best[i + 1][j + 1] + alike[i][j] if alike[i][j] else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs: list[Pair] = []
    i = j = 0
    while i < len(of_old) and j < len(of_new):
        if alike[i][j] and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            pairs.append((of_old[i], of_new[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((of_old[i], None))
            i += 1
        else:
            pairs.append((None, of_new[j]))
            j += 1
    return pairs + [(a, None) for a in of_old[i:]] + [(None, b) for b in of_new[j:]]


def _by_place(
    old: Sequence[ImportedEntry], new: Sequence[ImportedEntry], of_old: range, of_new: range
) -> list[Pair]:
    pairs: list[Pair] = []
    shared = min(len(of_old), len(of_new))
    for a, b in zip(of_old, of_new, strict=False):
        pairs += [(a, b)] if type(old[a]) is type(new[b]) else [(a, None), (None, b)]
    return pairs + [(a, None) for a in of_old[shared:]] + [(None, b) for b in of_new[shared:]]


def _likeness(one: ImportedEntry, other: ImportedEntry, words: Any, others: Any) -> float:
    """0 for a header and a line, else by the words that they share, and by their starts."""
    if type(one) is not type(other):
        return 0.0
    total = words.total() + others.total()
    is_same_start = one.start_ms is not None and one.start_ms == other.start_ms
    shared = 2 * (words & others).total() / total if total else 1.0
    return _SAME_KIND + shared + _SAME_START * is_same_start


def _whole(entry: ImportedEntry) -> Hashable:
    return entry


def _text(entry: ImportedEntry) -> tuple[str, str]:
    if isinstance(entry, ImportedHeader):
        return "header", entry.title
    return "line", entry.text


def _words(entries: Sequence[ImportedEntry], of: range) -> list[Counter[str]]:
    return [Counter(_text(entries[n])[1].split()) for n in of]
