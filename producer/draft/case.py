"""The case of words in captions that have none, or one that means nothing. No punctuation is made.

YouTube's generated captions have no sentences and a capital here and there by chance.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from producer.draft.fillers import capitalized
from producer.draft.language import Language
from producer.draft.tokens import Token, key_of
from producer.draft.vocabulary import Vocabulary

# Written captions end a sentence at least once in so many words.
_WORDS_PER_SENTENCE = 60
# Where this share of the words has capitals only, capitals mean nothing.
_SHOUTED_SHARE = 0.7
_MAX_NAME_WORDS = 8


def has_sentences(tokens: Sequence[Token]) -> bool:
    """Whether the captions are punctuated, as people and newer programs write them."""
    ends = sum(token.ends_sentence for token in tokens)
    return ends > 0 and ends * _WORDS_PER_SENTENCE >= len(tokens)


def needs_case(tokens: Sequence[Token]) -> bool:
    """Whether the case of the captions is none to keep."""
    if not has_sentences(tokens):
        return True
    starts = [
        after.parts[1] for before, after in pairwise(tokens) if before.ends_sentence and after.key
    ]
    return _is_shouted(tokens) or 2 * sum(word[:1].isupper() for word in starts) < len(starts)


def restore_case(
    tokens: Sequence[Token],
    vocabulary: Vocabulary,
    names: Iterable[str],
    language: Language,
) -> list[Token]:
    """The words in the case that the show writes them in; those that it never wrote stay.

    `names` are of people and of the glossary: whole names count always, single words of them
    where the show does not use them as ordinary words.
    """
    known = tuple(names)
    is_shouted = _is_shouted(tokens)
    parts = _parts(known, vocabulary)
    made = [
        replace(token, text=_restored(token, vocabulary, parts, language, is_shouted=is_shouted))
        for token in tokens
    ]
    _write_names(made, known)
    if has_sentences(tokens):
        begins = True
        for number, token in enumerate(made):
            if begins and token.key:
                made[number] = replace(token, text=capitalized(token.text))
                begins = False
            begins = begins or token.ends_sentence
    return made


def _restored(
    token: Token,
    vocabulary: Vocabulary,
    parts: dict[str, str],
    language: Language,
    *,
    is_shouted: bool,
) -> str:
    before, word, after = token.parts
    key = key_of(word)
    if key in language.capitals:
        return before + word[0].upper() + word[1:].lower() + after
    base, apostrophe, ending = word.partition("'")
    form = vocabulary.forms.get(key) or parts.get(key)
    if form is None and apostrophe and key_of(base) in parts:
        form = parts[key_of(base)] + apostrophe + ending
    if form is not None and len(form) == len(word):
        # The captions' own apostrophe stays.
        word = "".join(own if own in "'’" else new for own, new in zip(word, form, strict=True))
    elif is_shouted:
        word = word.lower()
    return before + word + after


def _parts(names: Sequence[str], vocabulary: Vocabulary) -> dict[str, str]:
    """Single words of names by their keys, where they cannot be ordinary words."""
    parts: dict[str, str] = {}
    for name in names:
        words = name.split()
        for word in words:
            key = key_of(word)
            # Without earlier episodes, "will" and "mark" are no names by themselves.
            sure = len(words) == 1 or (bool(vocabulary) and not vocabulary.is_ordinary(key))
            if key and sure and any(char.isupper() for char in word):
                parts.setdefault(key, word)
    return parts


def _write_names(tokens: list[Token], names: Sequence[str]) -> None:
    """Names of several words, wherever all of them stand in a row."""
    by_first: dict[str, list[list[str]]] = {}
    for name in names:
        words = name.split()
        if 1 < len(words) <= _MAX_NAME_WORDS:
            by_first.setdefault(key_of(words[0]), []).append(words)
    for number, token in enumerate(tokens):
        for words in by_first.get(token.key, ()):
            run = tokens[number : number + len(words)]
            if [each.key for each in run] != [key_of(word) for word in words]:
                continue
            for place, (each, word) in enumerate(zip(run, words, strict=True)):
                before, own, after = each.parts
                if len(own) == len(word):
                    tokens[number + place] = replace(each, text=before + word + after)


def _is_shouted(tokens: Sequence[Token]) -> bool:
    words = [word for token in tokens if len(word := token.parts[1]) > 1]
    return sum(word.isupper() for word in words) > _SHOUTED_SHARE * len(words)
