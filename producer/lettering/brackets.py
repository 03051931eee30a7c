"""The direction of brackets in pairs (Unicode's annex 9, rules BD16 and N0).

python-bidi's steps know them as of Unicode 6.2, where each bracket of a pair could turn by itself.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any

# Unicode's BidiBrackets.txt, without those of mathematics.
_PAIRS = dict(
    zip("([{⁅⁽₍〈《「『【〔〖〘〚（［｛｟｢༺༼᚛", ")]}⁆⁾₎〉》」』】〕〗〙〛）］｝｠｣༻༽᚜", strict=True)
)
_ENDS = frozenset(_PAIRS.values())
_MOST_OPEN = 63
_STRONG = {"L": "L", "R": "R", "AL": "R", "EN": "R", "AN": "R"}

Char = dict[str, Any]
"""As python-bidi stores it: `ch`, `orig` and `type` of direction, `level`."""


def resolve_brackets(chars: Sequence[Char], before: str) -> None:
    """Give brackets that stand around text in one direction that direction.

    `chars` are those of one level, and `before` is the direction of what precedes them.
    """
    embedding = "R" if chars and chars[0]["level"] % 2 else "L"
    for start, end in _pairs(chars):
        inside = {_STRONG.get(char["type"]) for char in chars[start + 1 : end]} - {None}
        if not inside:
            continue
        direction = embedding
        if embedding not in inside:
            ahead = (_STRONG.get(char["type"]) for char in reversed(chars[:start]))
            direction = next(filter(None, ahead), before)
        for at in (start, end):
            chars[at]["type"] = direction
            for mark in takewhile(lambda char: char["orig"] == "NSM", chars[at + 1 :]):
                mark["type"] = direction


def _pairs(chars: Sequence[Char]) -> Iterator[tuple[int, int]]:
    """The places of brackets that belong together, by where they open."""
    opened: list[tuple[str, int]] = []
    pairs = []
    for at, char in enumerate(chars):
        letter = char["ch"]
        if char["type"] != "ON":
            continue
        if letter in _PAIRS:
            if len(opened) == _MOST_OPEN:
                break
            opened.append((_PAIRS[letter], at))
        elif letter in _ENDS:
            for number in range(len(opened) - 1, -1, -1):
                if opened[number][0] == letter:
                    pairs.append((opened[number][1], at))
                    del opened[number:]
                    break
    return iter(sorted(pairs))
