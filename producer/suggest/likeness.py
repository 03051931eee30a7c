"""How alike what is said before and after a place is: TF-IDF vectors and their cosine.

Salton and Buckley, "Term-weighting approaches in automatic text retrieval" (1988). The documents
that words are counted in are equal pieces of the same transcript, so words that everybody uses all
the time weigh nothing, in any language.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from producer.suggest.words import document_counts

# How many words before and after a place are compared.
WINDOW_WORDS = 300
_DOCUMENT_WORDS = 100


class Likeness:
    """Compares the words around places of one transcript."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        starts = range(0, len(words), _DOCUMENT_WORDS)
        counts = document_counts(words[start : start + _DOCUMENT_WORDS] for start in starts)
        self._idf = {word: math.log(len(starts) / count) for word, count in counts.items()}

    def around(self, position: int) -> float:
        """The cosine of the words before and after `position`: 0 nothing in common, 1 the same."""
        before = self._vector(self._words[max(0, position - WINDOW_WORDS) : position])
        after = self._vector(self._words[position : position + WINDOW_WORDS])
        product = math.fsum(weight * after.get(word, 0.0) for word, weight in before.items())
        lengths = _length(before) * _length(after)
        return product / lengths if lengths else 0.0

    def _vector(self, words: Sequence[str]) -> Mapping[str, float]:
        return {
            word: (1 + math.log(count)) * self._idf[word] for word, count in Counter(words).items()
        }


def _length(vector: Mapping[str, float]) -> float:
    return math.sqrt(math.fsum(weight * weight for weight in vector.values()))
