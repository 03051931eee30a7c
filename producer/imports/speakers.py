"""Speakers as captions without voices name them: `Ada Smith: text`."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

_PREFIX = re.compile(r"(?:>>+ *|[-–] *)?([^:<>,;!?\"“”]{1,48}): +(?=\S)")
_PARTICLES = frozenset(
    ("al", "bin", "da", "de", "del", "den", "der", "di", "la", "le", "van", "von")
)
# Words that begin a sentence before a colon far more often than they are a name.
_NO_NAMES = frozenset(("And", "Answer", "But", "Example", "Note", "Or", "Question", "So", "Then"))
_MAX_WORDS = 4


def named(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Speaker and words of each text; one without a name goes on with the speaker before.

    `So: a colon` is no speaker. Names count if the first text has one, as in all files that name
    speakers, or if the name is there at least twice.
    """
    split = [(text, *split_speaker(text)) for text in texts]
    counts = Counter(name for _, name, _ in split if name)
    names_speakers = bool(split and split[0][1])
    who, found = "", []
    for whole, name, said in split:
        is_speaker = bool(name) and (names_speakers or counts[name] > 1)
        who = name if is_speaker else who
        found.append((who, said if is_speaker else whole))
    return found


def split_speaker(text: str) -> tuple[str, str]:
    """The name before the colon and what is said; no name where it does not look like one."""
    match = _PREFIX.match(text)
    if match is None or not _is_name(match[1].split()):
        return "", text
    return " ".join(match[1].split()), text[match.end() :]


def _is_name(words: Sequence[str]) -> bool:
    if not 0 < len(words) <= _MAX_WORDS or words[0] in _NO_NAMES:
        return False
    if not words[0][0].isalpha() or words[0][0].islower():
        return False
    # Scripts without capitals have no lower case either.
    return all(word.lower() in _PARTICLES or not word[0].islower() for word in words)
