"""A rule for what `producer new` left to a person."""

import re
from collections.abc import Iterator

from producer.derive.derived import Derived
from producer.problems import Problem
from producer.source.document import Path

_TODO = re.compile(r"(?<!\w)TODO(?!\w)")
# What is said may speak of a TODO; what nobody has written yet begins with it.
_LINE_TODO = re.compile(r"\s*TODO(?!\w)")
_KEYS = (
    "title",
    "short",
    "season",
    "episode",
    "guests",
    "image",
    "description",
    "intro",
    "topics",
    "keywords",
    "date",
    "dateadded",
)


def is_to_do(text: str) -> bool:
    """Whether `TODO` stands in a text as a word."""
    return _TODO.search(text) is not None


def left_to_do(derived: Derived) -> Iterator[Problem]:
    """F116: how many values are still to do, at the first. Links and ids have L102."""
    episode = derived.episode
    places = list(_places(derived))
    if not places:
        return
    spans = [span for path in places if (span := episode.where_value(*path)) is not None]
    first = min(spans, key=lambda span: span.start, default=None)
    count = len(places)
    message = "one thing left to do" if count == 1 else f"{count} things left to do"
    message += "; this is the first" if count > 1 else ""
    yield episode.problem("F116", message, first, "put what belongs there in the place of `TODO`")


def _places(derived: Derived) -> Iterator[Path]:
    data = derived.episode.data
    for key in _KEYS:
        value = data.get(key)
        if isinstance(value, str) and is_to_do(value):
            yield (key,)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, str) and is_to_do(item):
                    yield key, index
    for index, values in derived.episode.raw_entries:
        for key in ("header", "who", "line"):
            node = values.get(key)
            is_line = key == "line"
            if node is not None and (_LINE_TODO.match if is_line else _TODO.search)(node.value):
                yield "transcript", index, key
