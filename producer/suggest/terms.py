"""Words that set a part apart from the others: TF-IDF with the parts as documents."""

import math
from collections import Counter
from collections.abc import Sequence

from producer.suggest.words import document_counts, words, written_words

# A word that stands in more than this share of the parts is a stop word, in any language.
_STOP_SHARE = 1 / 5


def terms_of_parts(parts: Sequence[str], limit: int = 5) -> list[tuple[str, ...]]:
    """For each part at most `limit` words, those that tell the most first.

    The inverse frequency counts twice: an episode is small, and common words are met by chance.
    A word said once tells less than any that comes back. Words are written as the part mostly
    writes them. A single part has nothing to be set apart from, and gets none.
    """
    if len(parts) < 2:
        return [() for _ in parts]
    counts = [Counter(words(part)) for part in parts]
    standing = document_counts([list(count) for count in counts])
    most = max(1, int(len(parts) * _STOP_SHARE))
    found = []
    for part, count in zip(parts, counts, strict=True):
        weights = {
            word: (times > 1, times * math.log(len(parts) / standing[word]) ** 2)
            for word, times in count.items()
            if standing[word] <= most and _tells(word)
        }
        best = sorted(weights, key=lambda word: (weights[word], word), reverse=True)[:limit]
        found.append(_as_written(part, best))
    return found


def _tells(word: str) -> bool:
    """Not a letter alone, nor a number; a single character may be a word in other scripts."""
    return not word.isnumeric() and (len(word) > 1 or not word.isascii())


def _as_written(part: str, chosen: Sequence[str]) -> tuple[str, ...]:
    written: dict[str, Counter[str]] = {word: Counter() for word in chosen}
    for word in written_words(part):
        if word.lower() in written:
            written[word.lower()][word] += 1
    return tuple(forms.most_common(1)[0][0] for forms in written.values())
