"""How the show has written words so far: the forms of each word in its earlier episodes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from producer.draft.tokens import Token, split_edges

# A form counts if it was met this often in the middle of a sentence, and is this share of all.
_MIN_COUNT = 2
_MIN_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The usual form of each word by its key, and how often the word was met in any form."""

    forms: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.counts)

    def is_ordinary(self, key: str) -> bool:
        """Whether the show has written the word in lower case, as no name is."""
        return self.forms.get(key, "A")[:1].islower()


def vocabulary_of(texts: Iterable[str]) -> Vocabulary:
    """The vocabulary of edited lines. Words that begin a sentence tell nothing of their case."""
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    counts: Counter[str] = Counter()
    for text in texts:
        begins = True
        for part in text.split():
            token = Token(part, None)
            key = token.key
            if key:
                counts[key] += 1
                if not begins and not token.parts[0]:
                    forms[key][split_edges(part)[1]] += 1
                begins = False
            begins = begins or token.ends_sentence or part.endswith((":", "-", "–", "—"))
    usual = {}
    for key, found in forms.items():
        # Of equally frequent forms the first by the alphabet: the same whatever the order.
        form, count = min(found.items(), key=lambda each: (-each[1], each[0]))
        if count >= _MIN_COUNT and count >= _MIN_SHARE * found.total():
            usual[key] = form
    return Vocabulary(usual, counts)
