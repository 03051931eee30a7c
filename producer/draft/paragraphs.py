"""Paragraphs of a length that reads well, from the words of one turn."""

from collections.abc import Sequence

from producer.draft.tokens import Token
from producer.draft.turns import pause_ms

# A paragraph is as long as half a minute of speech, and never longer than a minute.
_MIN_WORDS = 60
_MAX_WORDS = 120
# Words without blanks between them: below what `check` calls a line of absurd length.
_MAX_CHARS = 2000
# A pause that parts paragraphs whatever their length: music, or nothing for a while.
_SILENCE_MS = 8000


def paragraphs(tokens: Sequence[Token]) -> list[list[Token]]:
    """The words in paragraphs of 60 to 120 words where there is a good place, 120 at most.

    A good place is the end of a sentence, else the longest pause; without either, a paragraph
    has 120 words. A single word longer than 2000 characters stands alone.
    """
    made: list[list[Token]] = []
    at = 0
    while at < len(tokens):
        end = _end(tokens, at)
        made.append(list(tokens[at:end]))
        at = end
    return made


def _end(tokens: Sequence[Token], start: int) -> int:
    chars = len(tokens[start].text)
    limit = start + 1
    while limit < len(tokens) and limit - start < _MAX_WORDS:
        chars += len(tokens[limit].text) + 1
        if pause_ms(tokens, limit) >= _SILENCE_MS:
            return limit
        if chars > _MAX_CHARS:
            return limit
        limit += 1
    if limit == len(tokens):
        return limit
    candidates = range(start + _MIN_WORDS, limit + 1)
    ends = [at for at in candidates if tokens[at - 1].ends_sentence]
    if ends:
        return ends[0]
    # The earliest of the longest pauses.
    best = max(candidates, key=lambda at: (pause_ms(tokens, at), -at))
    return best if pause_ms(tokens, best) else limit
