"""Names that captions mishear: the forms of `glossary` in podcast.yaml are replaced, and listed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from producer.draft.tokens import Token, key_of
from producer.model.show import GlossaryName


@dataclass(frozen=True, slots=True)
class Replaced:
    """Words that were heard for a name, the name, and when it is said."""

    heard: str
    name: str
    start_ms: int | None


class Glossary:
    """Names and the forms that they are misheard in, ready to look up."""

    def __init__(self, names: Iterable[GlossaryName]) -> None:
        """Of two names with one form, the first has it; a name is never a form of another."""
        self._names: dict[tuple[str, ...], str] = {}
        known = tuple(names)
        for each in known:
            self._names.setdefault(_keys(each.name), each.name)
        for each in known:
            for form in each.misheard:
                self._names.setdefault(_keys(form), each.name)
        self._names.pop((), None)
        self._lengths: dict[str, list[int]] = {}
        for keys in self._names:
            lengths = self._lengths.setdefault(keys[0], [])
            if len(keys) not in lengths:
                lengths.append(len(keys))
        for lengths in self._lengths.values():
            lengths.sort(reverse=True)

    def apply(self, tokens: Sequence[Token]) -> tuple[list[Token], tuple[Replaced, ...]]:
        """The words with the longest forms replaced, and what was, in order.

        Case and punctuation inside a form do not matter; those around it stay, and so does `'s`.
        """
        keys = [_base(token.key) for token in tokens]
        made: list[Token] = []
        replaced: list[Replaced] = []
        at = 0
        while at < len(tokens):
            length = self._length(keys, at)
            if not length:
                made.append(tokens[at])
                at += 1
                continue
            run = tokens[at : at + length]
            name = self._names[tuple(key for key, _ in keys[at : at + length])]
            new = _written(run, name, keys[at + length - 1][1])
            if [token.key for token in new] == [token.key for token in run]:
                made += run
            else:
                heard = " ".join(token.text for token in run)
                replaced.append(Replaced(heard, name, run[0].start_ms))
                made += new
            at += length
        return made, tuple(replaced)

    def _length(self, keys: Sequence[tuple[str, str]], at: int) -> int:
        """Of how many words the longest known form at a place is, 0 for none."""
        for length in self._lengths.get(keys[at][0], ()):
            run = keys[at : at + length]
            # Only the last word may be a genitive.
            if len(run) < length or any(ending for _, ending in run[:-1]):
                continue
            if tuple(key for key, _ in run) in self._names:
                return length
        return 0


def _keys(text: str) -> tuple[str, ...]:
    return tuple(key for key in map(key_of, text.split()) if key)


def _base(key: str) -> tuple[str, str]:
    """A word and its genitive ending."""
    base = key.removesuffix("'s")
    return (base, key[len(base) :]) if base else (key, "")


def _written(run: Sequence[Token], name: str, ending: str) -> list[Token]:
    """A name in the place of some words, with their punctuation and times."""
    words = name.split()
    last = run[-1]
    made = []
    for number, word in enumerate(words):
        own = run[min(number, len(run) - 1)]
        text = word
        if number == 0:
            text = run[0].parts[0] + text
        if number == len(words) - 1:
            text += ending + last.parts[2]
        marked = number == 0 and run[0].is_marked
        made.append(Token(text, own.start_ms, last.end_ms, marked))
    return made
