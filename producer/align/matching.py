"""Which words of one text are which of another: same words, in the same order."""

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from producer.derive.rising import longest_rising

# A pair of positions: a word of the first text, and the same word in the second.
Match = tuple[int, int]

_GRAM = 3
# Levenshtein compares every word with every other: windows above this are split or given up.
_MAX_CELLS = 4_000_000
# A match needs this many others within so many words of it, on its diagonal or next to it.
_SUPPORT = 2
_NEAR = 6
_SLACK = 2


def match_words(
    first: Sequence[str], second: Sequence[str], *, support: int = _SUPPORT
) -> list[Match]:
    """Matches that rise in both texts, each of them supported by others around it.

    Runs of words that occur once in both texts hold the two together; between them, the fewest
    edits tell what is equal. Near-linear: no window of more than a few thousand words is compared.
    """
    numbers: dict[str, int] = {}
    one = [numbers.setdefault(word, len(numbers)) for word in first]
    two = [numbers.setdefault(word, len(numbers)) for word in second]
    return _supported(list(_match(one, two, 0, 0, _GRAM)), support)


def _match(one: list[int], two: list[int], at_one: int, at_two: int, size: int) -> Iterator[Match]:
    """The matches of two windows that begin at these positions, by unique runs of `size` words."""
    if not one or not two:
        return
    done_one = done_two = 0
    anchors = _anchors(one, two, size)
    for anchor_one, anchor_two in [*anchors, (len(one), len(two))]:
        if anchor_one >= done_one and anchor_two >= done_two:
            window_one, window_two = one[done_one:anchor_one], two[done_two:anchor_two]
            yield from _between(window_one, window_two, at_one + done_one, at_two + done_two, size)
            done_one, done_two = anchor_one, anchor_two
        # Runs overlap: of this one, what the one before has not given yet.
        fresh = max(done_one - anchor_one, done_two - anchor_two)
        for step in range(fresh, size):
            if anchor_one < len(one):
                yield at_one + anchor_one + step, at_two + anchor_two + step
                done_one, done_two = anchor_one + step + 1, anchor_two + step + 1


def _between(
    one: list[int], two: list[int], at_one: int, at_two: int, size: int
) -> Iterator[Match]:
    if len(one) * len(two) > _MAX_CELLS:
        if size > 1:
            yield from _match(one, two, at_one, at_two, size - 1)
        return
    for block in Levenshtein.opcodes(one, two) if one and two else ():
        if block.tag == "equal":
            for step in range(block.src_end - block.src_start):
                yield at_one + block.src_start + step, at_two + block.dest_start + step


def _anchors(one: list[int], two: list[int], size: int) -> list[Match]:
    """Where runs of words that occur once in both windows stand, in rising order."""
    in_one, in_two = _unique_runs(one, size), _unique_runs(two, size)
    pairs = [(at, in_two[run]) for run, at in in_one.items() if run in in_two]
    pairs.sort()
    return [pairs[kept] for kept in longest_rising([two for _, two in pairs], strictly=True)]


def _unique_runs(numbers: list[int], size: int) -> dict[tuple[int, ...], int]:
    """Runs of words that occur once, with their positions."""
    found: dict[tuple[int, ...], int] = {}
    for at in range(len(numbers) - size + 1):
        run = tuple(numbers[at : at + size])
        found[run] = -1 if run in found else at
    return {run: at for run, at in found.items() if at >= 0}


def _supported(matches: list[Match], needed: int) -> list[Match]:
    """Matches without those that have too few others near them on the same diagonal."""
    kept = []
    for position, (one, two) in enumerate(matches):
        around = matches[max(0, position - _NEAR) : position + _NEAR + 1]
        # The match itself is among them.
        support = sum(
            abs(other_one - one) <= _NEAR and abs((other_two - two) - (other_one - one)) <= _SLACK
            for other_one, other_two in around
        )
        if support > needed:
            kept.append((one, two))
    return kept
