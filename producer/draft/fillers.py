"""Dropping what says nothing: fillers, stutters and false starts. All of it is listed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from producer.draft.language import Language
from producer.draft.tokens import Token, split_edges

# Notes of what is heard, which generated captions put between the words.
_SOUNDS = frozenset(
    ("music", "applause", "laughter", "cheering", "silence", "musik", "applaus", "gelächter")
)
# The longest run of words that a stutter repeats: "in the in the".
_MAX_REPEAT = 3
# Each pass may bring two copies together that something stood between.
_MAX_PASSES = 16
_DASHES = "-–—"


class Kind(StrEnum):
    """Why a word was dropped."""

    FILLER = "filler"
    REPEAT = "repeat"
    FALSE_START = "false start"
    SOUND = "sound"


@dataclass(frozen=True, slots=True)
class Dropped:
    """A word or phrase that was left out, as it stood, and when it is said."""

    text: str
    start_ms: int | None
    kind: Kind


def drop_fillers(
    tokens: Sequence[Token], language: Language
) -> tuple[list[Token], tuple[Dropped, ...]]:
    """The words without fillers and stutters, in their order, and what was dropped, by place.

    Nothing is changed but the comma before a filler between two commas, which goes with it, the
    case of a word that comes to begin a sentence, and the end of a sentence that a filler
    carried, which goes to the word before. To do it again changes nothing.
    """
    dropped: list[tuple[int, Dropped]] = []
    work = [_Word(token, number) for number, token in enumerate(tokens)]
    for _ in range(_MAX_PASSES):
        before = len(work)
        work = _drop_asides(_drop_words(work, language, dropped), language, dropped)
        work = _drop_repeats(work, language, dropped)
        if len(work) == before:
            break
    dropped.sort(key=lambda each: each[0])
    return [word.token for word in work], tuple(each for _, each in dropped)


@dataclass(slots=True)
class _Word:
    """A token and its place among all of them; its key is worked out once."""

    token: Token
    place: int
    key: str = ""

    def __post_init__(self) -> None:
        self.key = self.token.key


_List = list[tuple[int, Dropped]]


def _drop_words(words: list[_Word], language: Language, dropped: _List) -> list[_Word]:
    made: list[_Word] = []
    removed: list[_Word] = []
    for word in words:
        kind = _kind(word, language)
        if kind is None:
            _close(made, removed, word)
            made.append(word)
            removed = []
        else:
            _note(dropped, [word], kind)
            removed.append(word)
    _close(made, removed, None)
    return made


def _kind(word: _Word, language: Language) -> Kind | None:
    if word.key in language.fillers:
        return Kind.FILLER
    before, _, after = word.token.parts
    if word.key in _SOUNDS and before[-1:] in ("[", "(") and after[:1] in ("]", ")"):
        return Kind.SOUND
    return None


def _drop_asides(words: list[_Word], language: Language, dropped: _List) -> list[_Word]:
    """Phrases such as "you know" between two commas, or said twice in a row."""
    made: list[_Word] = []
    at = 0
    while at < len(words):
        length = _aside(words, at, language, made[-1] if made else None)
        if length:
            _note(dropped, words[at : at + length], Kind.FILLER)
            following = words[at + length] if at + length < len(words) else None
            _close(made, words[at : at + length], following)
            at += length
        else:
            made.append(words[at])
            at += 1
    return made


def _aside(words: list[_Word], at: int, language: Language, before: _Word | None) -> int:
    """How many words from `at` on are an aside that says nothing, 0 if none."""
    for length in (3, 2, 1):
        run = words[at : at + length]
        if len(run) < length or " ".join(word.key for word in run) not in language.asides:
            continue
        if any(word.token.text != word.token.parts[1] for word in run[:-1]):
            continue
        again = [word.key for word in words[at + length : at + 2 * length]]
        if length > 1 and again == [word.key for word in run] and _joins(run):
            return length
        opened = before is None or before.token.text.endswith(",") or before.token.ends_sentence
        is_aside = opened and run[-1].token.text.endswith(",")
        if is_aside and not run[0].token.is_marked and not run[0].token.parts[0]:
            return length
    return 0


def _drop_repeats(words: list[_Word], language: Language, dropped: _List) -> list[_Word]:
    """Stutters: the last copy stays, which runs on into the rest of the sentence."""
    made: list[_Word] = []
    for word in words:
        made.append(word)
        while True:
            run, kind = _repeated(made, language)
            if not run:
                break
            first = len(made) - run - (run if kind is Kind.REPEAT else 1)
            gone = made[first : first + run]
            _note(dropped, gone, kind)
            rest = made[first + run :]
            del made[first:]
            _close(made, gone, rest[0])
            made += rest
    return made


def _repeated(made: list[_Word], language: Language) -> tuple[int, Kind]:
    """How many words before the last run of them to drop, and why; 0 for none."""
    for length in range(1, _MAX_REPEAT + 1):
        if len(made) < 2 * length:
            break
        first, second = made[-2 * length : -length], made[-length:]
        if (
            [word.key for word in first] == [word.key for word in second]
            and all(word.key in language.repeatable for word in first)
            and _joins(first)
            and not any(word.token.is_marked for word in second)
        ):
            return length, Kind.REPEAT
    return _false_start(made, language), Kind.FALSE_START


def _false_start(made: list[_Word], language: Language) -> int:
    """A word broken off and begun again: "spe- specializes", "spe spe specializes", "I I'm"."""
    if len(made) < 2 or made[-1].token.is_marked or not language.repeatable:
        return 0
    before, word = made[-2], made[-1]
    text = before.token.text
    if text[-1:] in _DASHES and len(text) > 1:
        begun = before.key and word.key.startswith(before.key) and _joins([before], _DASHES)
        return int(bool(begun))
    if not _joins([before]):
        return 0
    if before.key in language.contracted and word.key.startswith(before.key + "'"):
        return 1
    if (
        len(made) > 2
        and len(before.key) > 1
        and made[-3].key == before.key
        and word.key != before.key
        and word.key.startswith(before.key)
        and _joins([made[-3]])
        and not before.token.is_marked
    ):
        return 2
    return 0


def _joins(run: Sequence[_Word], allowed: str = ",") -> bool:
    """Whether nothing but a comma stands behind the words of a stutter, and no digit in them."""
    return all(
        not word.token.parts[2].strip(allowed + ",")
        and not any(char.isdigit() for char in word.key)
        and not word.token.ends_sentence
        for word in run
    )


def _note(dropped: _List, words: Sequence[_Word], kind: Kind) -> None:
    first = words[0]
    text = " ".join(word.token.text for word in words)
    dropped.append((first.place, Dropped(text, first.token.start_ms, kind)))


def _close(made: list[_Word], removed: Sequence[_Word], following: _Word | None) -> None:
    """Mend what stands around words that were taken out."""
    if not removed:
        return
    first, last = removed[0].token, removed[-1].token
    if made:
        before = made[-1].token
        if any(word.token.ends_sentence for word in removed) and not before.ends_sentence:
            after = next(word.token for word in reversed(removed) if word.token.ends_sentence)
            ending = after.parts[2] or after.text
            text = before.text.rstrip(",;:") + ending
            made[-1].token = replace(before, text=text)
        elif before.text.endswith(",") and last.text.endswith(","):
            made[-1].token = replace(before, text=before.text[:-1])
    if following is None:
        return
    token = following.token
    begins = not made or made[-1].token.ends_sentence
    text = token.text
    if begins and first.text[:1].isupper():
        text = capitalized(text)
    is_marked = token.is_marked or any(word.token.is_marked for word in removed)
    following.token = replace(token, text=text, is_marked=is_marked)


def capitalized(text: str) -> str:
    """The text with its first letter as a capital."""
    before, word, after = split_edges(text)
    return before + word[:1].upper() + word[1:] + after
