"""Where somebody else may begin to speak: a guess from words and pauses, for a person to judge."""

from collections.abc import Sequence

from producer.draft.language import Language
from producer.draft.tokens import Token

# Who thinks about a question is silent for about this long before the first word.
_PAUSE_MS = 1200
_MAX_PHRASE = 5
# A turn has a few words: "yeah yeah exactly" is one.
_MIN_WORDS = 4


def suggest_turns(tokens: Sequence[Token], language: Language) -> list[int]:
    """The places of the words at which a turn may begin, the first word left out, rising.

    A turn begins at `>>`, after a question mark, at a phrase that begins turns more often than
    not ("thank you for"), after one that ends them, and after a pause at a word such as "so".
    """
    keys = [token.key for token in tokens]
    found: list[int] = []
    begun = 0
    for at in range(1, len(tokens)):
        if tokens[at].is_marked or (
            at - begun >= _MIN_WORDS and _begins(tokens, keys, at, language)
        ):
            found.append(at)
            begun = at
    return found


def pause_ms(tokens: Sequence[Token], at: int) -> int:
    """How long nobody speaks before a word, as far as times tell."""
    before, after = tokens[at - 1], tokens[at]
    if before.end_ms is None or after.start_ms is None:
        return 0
    return max(0, after.start_ms - before.end_ms)


def _begins(tokens: Sequence[Token], keys: Sequence[str], at: int, language: Language) -> bool:
    before = tokens[at - 1]
    if before.ends_sentence:
        if before.parts[2].rstrip("\"'”’»)").endswith(("?", "？", "؟")):
            return not tokens[at].text.endswith("?")
    elif before.parts[2]:
        return False  # in the middle of a sentence
    if _phrase(keys, at, language.turn_starts) or _phrase_before(keys, at, language.turn_ends):
        return True
    return keys[at] in language.pause_starts and pause_ms(tokens, at) >= _PAUSE_MS


def _phrase(keys: Sequence[str], at: int, phrases: frozenset[str]) -> bool:
    return any(" ".join(keys[at : at + length]) in phrases for length in range(1, _MAX_PHRASE + 1))


def _phrase_before(keys: Sequence[str], at: int, phrases: frozenset[str]) -> bool:
    return any(
        " ".join(keys[at - length : at]) in phrases for length in range(1, min(at, _MAX_PHRASE) + 1)
    )
