"""Finding quoted words in a transcript, word for word.

What typing changes without a thought is taken for the same: curly and straight quotes, dashes,
white space, the case of the first letter, and how a letter with an accent is encoded. Anything
else is another text.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, islice

from producer.align.words import split_words

# More places than this are too many to tell apart.
MAX_PLACES = 1000
_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―", "-"),
        "…": "...",
    }
)
_WORD = re.compile(r"\S+")
# What is left out of a quote, with brackets or without.
_LEFT_OUT = re.compile(r"\s*(?:\[\.{3}\]|\.{3})\s*")


def fold(text: str) -> str:
    """A text as it is compared; the blanks between its words stay blanks."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_SAME).split())


class SpokenText:
    """The folded lines of a transcript behind each other, a blank between them.

    Places are half-open spans of characters in `text`.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        folded = [fold(line) for line in lines]
        self.text = " ".join(folded)
        self.starts = tuple(accumulate((len(line) + 1 for line in folded), initial=0))

    @cached_property
    def words(self) -> tuple[list[int], list[int]]:
        """Where the words of the text begin and end."""
        spans = [match.span() for match in _WORD.finditer(self.text)]
        return [start for start, _ in spans], [end for _, end in spans]

    def said(self, start: int, end: int) -> str:
        """What is said at a place, as the lines have it."""
        starts, ends = self.words
        first, last = bisect_right(starts, start) - 1, bisect_left(ends, end)
        words = self._lines_words[first : last + 1]
        # A mark in front of the first word, or after the last, need not be quoted. From the end:
        # both may be the same word.
        if len(words[-1]) == ends[last] - starts[last]:
            words[-1] = words[-1][: end - starts[last]]
        if len(self._lines_words[first]) == ends[first] - starts[first]:
            words[0] = words[0][start - starts[first] :]
        return " ".join(words)

    @cached_property
    def _lines_words(self) -> list[str]:
        """The same words without folding, which leaves white space where it is."""
        return " ".join(self._lines).split()

    def places(self, quote: str) -> list[tuple[int, int]]:
        """Where a quote is said, at most `MAX_PLACES`.

        `first words ... last words` goes from each place of the first words to the nearest place
        of the last ones after it.
        """
        whole = fold(quote)
        if not any(map(str.isalnum, whole)):
            return []
        if found := list(islice(self._of(whole), MAX_PLACES)):
            return [(at, at + len(whole)) for at in found]
        parts = self.parts(quote)
        return list(islice(self._spans(parts), MAX_PLACES)) if parts else []

    def parts(self, quote: str) -> list[str]:
        """The folded words of a quote, without what it leaves out."""
        return [part for part in _LEFT_OUT.split(fold(quote)) if part]

    def has(self, part: str) -> bool:
        """Whether folded words are said somewhere."""
        return next(self._of(part), None) is not None

    def _spans(self, parts: Sequence[str]) -> Iterator[tuple[int, int]]:
        """From each place of the first part through the nearest ones of the others."""
        nearest = [-1] * len(parts)
        for start in self._of(parts[0]):
            end = start + len(parts[0])
            for number, part in enumerate(parts[1:], start=1):
                if nearest[number] < end:
                    nearest[number] = next(self._of(part, end), -1)
                if nearest[number] < 0:
                    return
                end = nearest[number] + len(part)
            yield start, end

    def _of(self, part: str, at: int = 0) -> Iterator[int]:
        """Where a part begins, as whole words, from a place on, whatever its first letter's case.

        Every place is looked at once: a text of megabytes is one pass.
        """
        if not part:
            return
        pattern = re.compile(f"[{re.escape(part[0] + _other_case(part[0]))}]{re.escape(part[1:])}")
        while found := pattern.search(self.text, at):
            start, end = found.span()
            if self._parts_words(start) and self._parts_words(end):
                yield start
            at = start + 1

    def _parts_words(self, at: int) -> bool:
        """Whether a word ends or begins at a place; between letters that need no blanks, it does.

        An ellipsis of the text's own may also be cut.
        """
        if not 0 < at < len(self.text):
            return True
        before, after = self.text[at - 1], self.text[at]
        if not (_is_of_word(before) and _is_of_word(after)):
            return True
        return len(split_words(before + after)) > 1


def _other_case(letter: str) -> str:
    other = letter.swapcase()
    return other if len(other) == 1 else letter


def _is_of_word(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char).startswith("M")
