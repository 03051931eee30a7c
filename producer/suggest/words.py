"""The words of a text in any script, and which of them say nothing."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

# Letters and digits with the marks that belong to them; Python's \w leaves vowel signs out.
_MARKS = r"\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f"
_INDIC = r"\u0900-\u0963\u0966-\u0dff\u0e00-\u109f"
_LETTER = rf"(?:[^\W_]|[{_MARKS}{_INDIC}])"
_WORD = re.compile(rf"{_LETTER}+(?:['·-]{_LETTER}+)*")
# Scripts that put no blanks between words: pairs of characters stand in for words.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff]+")
# Longer than any word: a key, or text that nobody speaks.
_MAX_CHARS = 64


def words(text: str) -> list[str]:
    """The words of a text in lower case, in order, without punctuation."""
    return [word.lower() for word in written_words(text)]


def written_words(text: str) -> list[str]:
    """The same words as they are written."""
    found: list[str] = []
    for match in _WORD.finditer(text.replace("’", "'")):
        word = match[0]
        if _UNSPACED.search(word) is None:
            found.append(word[:_MAX_CHARS])
        else:
            found.extend(_pairs(word))
    return found


def _pairs(word: str) -> Iterable[str]:
    """The words of a run that may hold characters of scripts without blanks."""
    done = 0
    for run in _UNSPACED.finditer(word):
        if before := word[done : run.start()].strip("'·-"):
            yield before[:_MAX_CHARS]
        done = run.end()
        text = run[0]
        yield from (text[at : at + 2] for at in range(max(1, len(text) - 1)))
    if rest := word[done:].strip("'·-"):
        yield rest[:_MAX_CHARS]


def document_counts(parts: Iterable[Sequence[str]]) -> Counter[str]:
    """In how many of the parts each word stands."""
    return Counter(word for part in parts for word in set(part))
