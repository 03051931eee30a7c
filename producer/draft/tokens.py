"""The words of captions, one by one, each with its time."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from producer.derive.rising import longest_rising
from producer.imports.model import ImportedLine

# Slow speech takes this long for a letter; what a caption stands longer is a pause after it.
_MAX_MS_PER_LETTER = 150
# A mark of another speaker, as people who write captions set it.
_SPEAKER_MARK = re.compile(r"(?:>|&gt;){2,}")
_APOSTROPHES = str.maketrans("’ʼ`´", "''''")
_SENTENCE_END = re.compile(r"[.?!…。？！؟][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it is written, with its punctuation, and when it is said.

    `start_ms` is None where the captions have no time. `end_ms` is where the word ends at the
    latest by the letters it has. `is_marked` says that a `>>` stands before it.
    """

    text: str
    start_ms: int | None
    end_ms: int | None = None
    is_marked: bool = False

    @property
    def parts(self) -> tuple[str, str, str]:
        """What stands before the word, the word, and what stands after it."""
        return split_edges(self.text)

    @property
    def key(self) -> str:
        """The word without its punctuation, in lower case; empty for punctuation alone."""
        return key_of(self.text)

    @property
    def ends_sentence(self) -> bool:
        """Whether a full stop or the like stands behind it."""
        return not self.text[-1:].isalnum() and _SENTENCE_END.search(self.text) is not None


def split_edges(text: str) -> tuple[str, str, str]:
    """Punctuation before, the word, punctuation after; all of it before where there is no word."""
    if text.isalnum():
        return "", text, ""
    start, end = 0, len(text)
    while start < end and not _is_letter(text[start]):
        start += 1
    while end > start and not _is_letter(text[end - 1]):
        end -= 1
    return text[:start], text[start:end], text[end:]


def _is_letter(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char)[0] == "M"


def key_of(text: str) -> str:
    """A word as words are compared: no punctuation at its ends, no case, one apostrophe."""
    return split_edges(text)[1].translate(_APOSTROPHES).casefold()


def tokens_of(lines: Sequence[ImportedLine]) -> list[Token]:
    """Every word in order. Their times never fall: those out of order are taken from before.

    A word's time is the file's own where it has one, else interpolated inside its caption.
    """
    timed = _rising(lines)
    tokens: list[Token] = []
    is_marked = False
    for line, following in [*pairwise(timed), *((line, None) for line in timed[-1:])]:
        limit_ms = following.start_ms if following else line.end_ms
        for text, start_ms, end_ms in _words(line, limit_ms):
            mark = _SPEAKER_MARK.match(text)
            rest = text[mark.end() :] if mark else text
            is_marked = is_marked or mark is not None
            if rest:
                tokens.append(Token(rest, start_ms, end_ms, is_marked))
                is_marked = False
    return tokens


def text_of(tokens: Iterable[Token]) -> str:
    """The words with a blank between them."""
    return " ".join(token.text for token in tokens)


def _rising(lines: Sequence[ImportedLine]) -> list[ImportedLine]:
    """The lines with the fewest times taken out that make the others rise."""
    positions = [number for number, line in enumerate(lines) if line.start_ms is not None]
    starts = [line.start_ms for line in lines if line.start_ms is not None]
    kept = {positions[number] for number in longest_rising(starts, strictly=False)}
    made: list[ImportedLine] = []
    before_ms: int | None = None
    for number, line in enumerate(lines):
        if number in kept:
            before_ms = line.start_ms
            made.append(line)
        else:
            made.append(replace(line, start_ms=before_ms, end_ms=None, words=()))
    return made


def _words(
    line: ImportedLine, limit_ms: int | None
) -> Iterable[tuple[str, int | None, int | None]]:
    texts = line.text.split()
    start_ms = line.start_ms
    if start_ms is None:
        return [(text, None, None) for text in texts]
    bound_ms = limit_ms if limit_ms is not None else line.end_ms
    if [word.text.strip() for word in line.words] == texts:
        return _own_times(line, start_ms, bound_ms)
    letters = sum(len(text) + 1 for text in texts)
    span_ms = letters * _MAX_MS_PER_LETTER
    for end_ms in (bound_ms, line.end_ms):
        if end_ms is not None:
            span_ms = min(span_ms, max(0, end_ms - start_ms))
    found, said = [], 0
    for text in texts:
        begins_ms = start_ms + span_ms * said // letters
        said += len(text) + 1
        found.append((text, begins_ms, start_ms + span_ms * said // letters))
    return found


def _own_times(
    line: ImportedLine, start_ms: int, bound_ms: int | None
) -> list[tuple[str, int | None, int | None]]:
    """The words' own times, held between the start of the line and of the next one."""
    found: list[tuple[str, int | None, int | None]] = []
    least_ms = start_ms
    for word in line.words:
        begins_ms = max(least_ms, word.start_ms)
        if bound_ms is not None:
            begins_ms = min(begins_ms, max(bound_ms, start_ms))
        ends_ms = max(begins_ms, word.end_ms)
        found.append((word.text.strip(), begins_ms, ends_ms))
        least_ms = begins_ms
    return found
