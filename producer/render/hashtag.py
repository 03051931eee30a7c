"""Topics as hashtags."""

import re

from producer.text import one_line

_NO_WORD = re.compile(r"[\W_]+")


def hashtag(topic: str) -> str:
    """`plain files` becomes `#PlainFiles`, `A/B testing` `#ABTesting`.

    Letters and digits only, as every platform takes them. Empty where nothing is left, or digits
    alone, which no platform takes for a tag.
    """
    words = (word for word in _NO_WORD.split(one_line(topic)) if word)
    tag = "".join(word[0].upper() + word[1:] for word in words)
    return "" if not tag or tag.isdigit() else f"#{tag}"


def hashtags(topics: tuple[str, ...]) -> tuple[str, ...]:
    """The hashtags of topics, in order, each once whatever its case."""
    tags: dict[str, str] = {}
    for tag in map(hashtag, topics):
        if tag:
            tags.setdefault(tag.casefold(), tag)
    return tuple(tags.values())
