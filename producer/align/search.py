"""Where a line is heard that has to be looked for alone."""

import heapq
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate

from producer.align.hearing import SHORT_WORDS, Recording, gap
from producer.align.matching import Match, match_words

# Words that a window has more often than this do not say where in it a line is.
_MAX_POSITIONS = 32
# How many of the most likely places are looked at.
_TRIES = 3
# The beginning of a line is looked for this far before its first match, in words, and further by
# twice what is missing of the line.
_HEAD_WORDS = 10
_HEAD_GAP_BITS = 0.4


class Search:
    """Looks for lines in a recording, but not among words that are `taken` by other lines."""

    def __init__(self, recording: Recording, taken: Sequence[Match] = ()) -> None:
        """`taken` are spans of words, half-open."""
        self._recording = recording
        words = list(recording.words)
        for start, end in taken:
            words[start:end] = [""] * (end - start)  # no word of a line is empty
        self._words = words
        self._free = list(accumulate((word != "" for word in words), initial=0))

    def find(self, line: Sequence[str], start: int, end: int) -> list[Match]:
        """The matches of a line where most of it is heard between two positions.

        None where it is not heard, or so little of it that it may be chance.
        """
        recording = self._recording
        best: list[Match] = []
        best_bits = 0.0
        for low, high in self._likely(line, start, end):
            # What a long line says by chance elsewhere has no others of its kind around it.
            support = 2 if len(line) > SHORT_WORDS else 0
            found = match_words(line, self._words[low:high], support=support)
            matches = recording.densest(line, [(at, low + position) for at, position in found])
            bits = recording.heard_bits(line, matches)
            if bits > best_bits:
                best, best_bits = matches, bits
        room = self._free[end] - self._free[start]
        return best if recording.is_found(line, best, room) else []

    def _likely(self, line: Sequence[str], start: int, end: int) -> list[tuple[int, int]]:
        """Windows with many words of a line on about the same diagonal, the best first."""
        size = 4 + len(line) // 8
        spread = 2 + len(line) // 4
        votes: defaultdict[int, float] = defaultdict(float)
        for at, word in enumerate(line):
            positions = self._recording.positions(word, start, end)
            if len(positions) > _MAX_POSITIONS:
                continue
            bits = self._recording.bits(word)
            for position in positions:
                if self._words[position]:
                    diagonal = (position - at) // size
                    # Counted twice, so that neighbours on both sides of a border meet.
                    votes[diagonal] += bits
                    votes[diagonal + 1] += bits
        best = heapq.nsmallest(_TRIES, votes, key=lambda each: (-votes[each], each))
        return [
            (
                max(start, (diagonal - 1) * size - spread),
                min(end, (diagonal + 1) * size + len(line) + spread),
            )
            for diagonal in best
        ]

    def with_head(self, line: Sequence[str], matches: list[Match], start: int) -> list[Match]:
        """The matches of a line, and those of its beginning that were too few to count alone.

        They are looked for shortly before the first match, and not before `start`.
        """
        first = matches[0]
        low = max(start, first[1] - 2 * first[0] - _HEAD_WORDS)
        if not first[0] or low >= first[1]:
            return matches
        found = match_words(line[: first[0]], self._words[low : first[1]], support=0)
        head = [(at, low + position) for at, position in found]
        bits, best_bits, begin = 0.0, 0.0, len(head)
        after = first
        for number in range(len(head) - 1, -1, -1):
            match = head[number]
            bits += self._recording.bits(line[match[0]]) - _HEAD_GAP_BITS * gap(match, after)
            after = match
            if bits > best_bits:
                best_bits, begin = bits, number
        return head[begin:] + matches
