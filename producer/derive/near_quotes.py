"""What a transcript has that is most like words that are not in it."""

from producer.align.hearing import Recording
from producer.align.search import Search
from producer.align.words import split_words
from producer.derive.quotes import SpokenText


class NearQuotes:
    """Looks for places in a text that share most of their words with a quote."""

    def __init__(self, spoken: SpokenText) -> None:
        self._text = spoken.text
        self._spans: list[tuple[int, int]] = []
        words: list[str] = []
        for start, end in zip(*spoken.words, strict=True):
            parts = split_words(spoken.text[start:end])
            words += parts
            self._spans += [(start, end)] * len(parts)
        self._recording = Recording(words)

    def find(self, quote: str) -> tuple[int, str] | None:
        """Where the nearest words begin in the text, and these words; None if none are near."""
        asked = split_words(quote)
        count = len(self._recording.words)
        found = Search(self._recording).find(asked, 0, count) if asked else []
        if not found:
            return None
        (missing, first), (at, last) = found[0], found[-1]
        start, _ = self._spans[max(first - missing, 0)]
        _, end = self._spans[min(last + len(asked) - 1 - at, count - 1)]
        return start, self._text[start:end]
