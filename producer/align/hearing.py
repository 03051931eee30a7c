"""How much of a line is heard in a recording, and whether that can be chance."""

import math
from bisect import bisect_left
from collections.abc import Sequence

from producer.align.matching import Match

# No word tells more than this many bits, however rare: captions mistake rare words most.
_MAX_BITS = 8.0
# As if so many other words had been said as well: a few words alone do not make any frequent.
_OTHER_WORDS = 500
# A line of no more words than this is short: each of its words counts.
SHORT_WORDS = 5
# Of a line that is in the recording, however reworded, at least this share is heard; of another
# one, less than half as much.
_MIN_SHARE = 0.2
_MIN_SHORT_SHARE = 0.4
# What is heard has to tell this many bits more than it takes to name its place.
_MIN_EVIDENCE_BITS = 2.0
# What a word between two matches costs that only one of the texts has. Such a gap ends in a place
# of its own, or is something that the editor cut: its cost is bounded.
_GAP_BITS = 1.0
_MAX_GAP_BITS = 30.0


class Recording:
    """The words of the captions, what each of them tells, and where it occurs."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)
        self._positions: dict[str, list[int]] = {}
        for position, word in enumerate(self.words):
            self._positions.setdefault(word, []).append(position)

    def positions(self, word: str, start: int, end: int) -> Sequence[int]:
        """Where a word occurs between two positions, in order."""
        found = self._positions.get(word, [])
        return found[bisect_left(found, start) : bisect_left(found, end)]

    def bits(self, word: str) -> float:
        """How much it tells to hear this word: the rarer, the more."""
        count = len(self._positions.get(word, ())) or 1
        return min(_MAX_BITS, math.log2((len(self.words) + _OTHER_WORDS) / count))

    def heard_bits(self, line: Sequence[str], matches: Sequence[Match]) -> float:
        """How much the matches of a line tell."""
        return sum(self.bits(line[at]) for at, _ in matches)

    def share(self, line: Sequence[str], matches: Sequence[Match]) -> float:
        """The share of a line that is heard, rare words weighing more, from 0 to 1."""
        whole = sum(map(self.bits, line))
        return self.heard_bits(line, matches) / whole if whole else 0.0

    def is_heard(self, line: Sequence[str], matches: Sequence[Match]) -> bool:
        """Whether so much of a line is heard that it is in the recording."""
        return bool(matches) and self.share(line, matches) >= _MIN_SHARE

    def is_found(self, line: Sequence[str], matches: Sequence[Match], room: int) -> bool:
        """The same for matches that were looked for among `room` words."""
        least = _MIN_SHARE if len(line) > SHORT_WORDS else _MIN_SHORT_SHARE
        evidence = self.heard_bits(line, matches) - math.log2(max(1, room))
        return evidence >= _MIN_EVIDENCE_BITS and self.share(line, matches) >= least

    def confidence(self, line: Sequence[str], matches: Sequence[Match], room: int) -> float:
        """The share of a line that is heard, times the odds that it is not chance.

        `room` is among how many words the line can have its place: one `yeah` among three words
        is sure, among a hundred it is not.
        """
        evidence = self.heard_bits(line, matches) - math.log2(max(1, room))
        return self.share(line, matches) * max(0.0, 1 - 2**-evidence)

    def densest(self, line: Sequence[str], matches: Sequence[Match]) -> list[Match]:
        """The stretch of a line's matches that tells most; what lies far off it is chance."""
        best_bits, best = 0.0, (0, 0)
        begin, bits = 0, 0.0
        for number, match in enumerate(matches):
            if number:
                bits -= min(_MAX_GAP_BITS, _GAP_BITS * gap(matches[number - 1], match))
            if bits <= 0:
                begin, bits = number, 0.0
            bits += self.bits(line[match[0]])
            if bits > best_bits:
                best_bits, best = bits, (begin, number + 1)
        return list(matches[best[0] : best[1]])


def gap(match: Match, following: Match) -> int:
    """How many words more one of the texts has between two matches."""
    return abs((following[1] - match[1]) - (following[0] - match[0]))
