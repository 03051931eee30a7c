"""Clips marked by hand: entries of `soundbites` in the front matter."""

from typing import Any

from producer.derive.derived import Derived
from producer.preview.asked import Asked
from producer.preview.errors import RefusedError
from producer.preview.planned import Planned
from producer.source.document import MAX_VALUES
from producer.source.edit import Insert, Remove, Set
from producer.text import truncate_chars
from producer.times import MAX_MS, seconds

KEY = "soundbites"
# Where the key goes in a file that has none: above what is long.
_BEFORE = ("quotableClips", "transcript")


def entries(derived: Derived) -> list[Any]:
    """The marked clips as the file has them, whatever they are."""
    found = derived.episode.data.get(KEY)
    return found if isinstance(found, list) else []


def add_clip(derived: Derived, asked: Asked) -> Planned:
    """A clip: words that stand in the transcript, or a span of time."""
    title = asked.line("title")
    entry: dict[str, Any] = {"title": title} if title else {}
    if asked.optional_integer("start_ms", 0, MAX_MS) is not None:
        start_ms = asked.integer("start_ms", 0, MAX_MS)
        end_ms = asked.integer("end_ms", 0, MAX_MS)
        if end_ms <= start_ms:
            raise RefusedError("a clip ends after it starts")
        entry |= {"start": seconds(start_ms), "end": seconds(end_ms)}
    else:
        entry["quote"] = _quote(derived, asked)
    name = title or truncate_chars(entry.get("quote", ""), 40) or "without a title"
    edit = Insert((KEY,), len(entries(derived)), entry)
    if not entries(derived):
        return Planned(f"clip “{name}” marked", (Set((KEY,), [entry], _BEFORE),))
    return Planned(f"clip “{name}” marked", (edit,))


def _quote(derived: Derived, asked: Asked) -> str:
    """Words of the transcript; so many that they stand there once."""
    quote = asked.line("quote")
    said = " ".join(line.text for line in derived.episode.lines)
    count = said.count(quote) if quote else 0
    if count == 0:
        raise RefusedError("these words do not stand in the transcript in one piece")
    if count > 1:
        raise RefusedError(
            f"these words are said {count} times", hint="select more, so that they stand there once"
        )
    return quote


def delete_clip(derived: Derived, asked: Asked) -> Planned:
    """A marked clip goes."""
    index = asked.integer("index", 0, MAX_VALUES)
    if index >= len(entries(derived)):
        raise RefusedError(f"there is no clip {index + 1}")
    return Planned("clip taken out", (Remove((KEY, index)),))
