"""Who may be a guest: people whose names are said in the first minutes. A guess, never a fact."""

from collections.abc import Mapping, Sequence

from producer.draft.near_names import near_names
from producer.draft.tokens import Token, key_of
from producer.draft.vocabulary import Vocabulary

# Guests are introduced by then.
_FIRST_MS = 5 * 60_000
_FIRST_WORDS = 1000
_MAX_SUGGESTED = 8


def suggest_guests(
    tokens: Sequence[Token],
    people: Mapping[str, str],
    hosts: Sequence[str],
    vocabulary: Vocabulary,
) -> tuple[str, ...]:
    """Slugs of people named in the first five minutes by their whole name, or one near to it.

    `people` maps slugs to names. Those who come first in the talk are first; hosts are left out.
    """
    first = [
        token
        for token in tokens[:_FIRST_WORDS]
        if token.start_ms is None or token.start_ms < _FIRST_MS
    ]
    others = {slug: name for slug, name in people.items() if slug not in hosts}
    text = f" {' '.join(token.key for token in first)} "
    found: dict[str, int] = {}
    for slug, name in others.items():
        words = [key for key in map(key_of, name.split()) if key]
        at = text.find(f" {' '.join(words)} ") if words else -1
        if at >= 0:
            found[slug] = text.count(" ", 0, at)
    slugs = {name: slug for slug, name in reversed(others.items()) if len(name.split()) > 1}
    for number, near in enumerate(near_names(first, slugs, vocabulary)):
        found.setdefault(slugs[near.name], len(first) + number)
    return tuple(sorted(found, key=lambda slug: (found[slug], slug))[:_MAX_SUGGESTED])
