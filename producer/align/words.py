"""Words of lines and captions in one form, so that they can be compared; captions' with times."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from producer.captions.caption import Caption

# `[Music]`, `[chuckles]`: what happens, or an editor's note, in place of what is said.
_ANNOTATION = re.compile(r"\[[^\[\]]{0,60}\]")
_APOSTROPHES = "'’ʼ`´"
# Scripts that put no blanks between words: Thai to Lao, Myanmar, Khmer, kana, Han. Each of their
# letters counts as a word. As starts of ranges: those at even places hold such letters.
_UNSPACED = (
    0x0E00, 0x0F00, 0x1000, 0x10A0, 0x1780, 0x1800, 0x3040, 0x3100, 0x31F0, 0x3200,
    0x3400, 0x4DC0, 0x4E00, 0xA000, 0xF900, 0xFB00, 0x20000, 0x40000,
)  # fmt: skip
# Slow speech takes this long for a letter; what a caption stands longer is a pause after it.
_MAX_MS_PER_LETTER = 150
# Ordinary speech, where nothing else is known.
_MS_PER_LETTER = 70
# Nor is a word slower than this; letters of scripts without blanks are faster.
_MAX_MS_PER_WORD = 300
# Times in whole seconds are cut: on average, half a second is missing.
_CUT_MS = 500
# Captions roll where more than this share of them begin with the end of the one before.
_ROLLING_SHARE = 1 / 3


class _Letters(dict[int, str]):
    """What `str.translate` makes of each character, worked out once for each that is met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in _APOSTROPHES:
            kept = ""
        elif not char.isalnum() and not unicodedata.category(char).startswith("M"):
            kept = " "
        elif bisect_right(_UNSPACED, code) % 2:
            kept = f" {char} "
        else:
            kept = char
        self[code] = kept
        return kept


_LETTERS = _Letters()


@dataclass(frozen=True, slots=True)
class TimedWords:
    """The words of a recording in order, and when each of them begins."""

    words: tuple[str, ...]
    times_ms: tuple[int, ...]

    @property
    def ms_per_word(self) -> int:
        """How long a word takes to say, pauses aside."""
        span_ms = self.times_ms[-1] - self.times_ms[0] if self.times_ms else 0
        return min(_MAX_MS_PER_WORD, span_ms // max(1, len(self.words)))


def split_words(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation and `[annotations]`.

    Letters of scripts without blanks between words count as words.
    """
    folded = unicodedata.normalize("NFKC", _ANNOTATION.sub(" ", text)).casefold()
    return folded.translate(_LETTERS).split()


def timed_words(captions: Sequence[Caption]) -> TimedWords:
    """Each word of the captions with its time, interpolated inside its caption by the letters.

    Words that rolling captions show a second time are left out.
    """
    in_order = sorted(captions, key=lambda caption: caption.start_ms)
    is_cut = len(in_order) > 1 and all(caption.start_ms % 1000 == 0 for caption in in_order)
    words: list[str] = []
    times_ms: list[int] = []
    news = _without_repeats([split_words(caption.text) for caption in in_order])
    starts_ms = [caption.start_ms + is_cut * _CUT_MS for caption in in_order]
    letters = [sum(len(word) + 1 for word in new) for new in news]
    for number, span_ms in enumerate(_spans_ms(starts_ms, letters)):
        said = 0
        for word in news[number]:
            words.append(word)
            times_ms.append(starts_ms[number] + span_ms * said // letters[number])
            said += len(word) + 1
    return TimedWords(tuple(words), tuple(times_ms))


def _spans_ms(starts_ms: Sequence[int], letters: Sequence[int]) -> list[int]:
    """How long it takes to say each caption: until the next, but for pauses.

    The last takes as long as the others do for as many letters.
    """
    spans_ms = [
        min(count * _MAX_MS_PER_LETTER, following - start)
        for (start, following), count in zip(pairwise(starts_ms), letters, strict=False)
    ]
    before = sum(letters[:-1])
    last_ms = sum(spans_ms) * letters[-1] // before if before else 0
    return [*spans_ms, last_ms or letters[-1] * _MS_PER_LETTER] if letters else []


def _without_repeats(captions: list[list[str]]) -> list[list[str]]:
    """Captions without what they show again of the one before, where they do so as a habit.

    Speakers repeat themselves too, so a few repeats are taken as said.
    """
    overlaps = [0, *(_overlap(before, after) for before, after in pairwise(captions))]
    if sum(map(bool, overlaps)) <= _ROLLING_SHARE * len(captions):
        return captions
    return [words[overlap:] for words, overlap in zip(captions, overlaps, strict=True)]


def _overlap(before: list[str], after: list[str]) -> int:
    """How many words at the end of one caption the next begins with."""
    longest = min(len(before), len(after))
    return next((n for n in range(longest, 0, -1) if before[-n:] == after[:n]), 0)
