"""A change that is worked out and not made yet, and the entry of the transcript it is about."""

from dataclasses import dataclass
from typing import TypeVar

from producer.derive.derived import Derived
from producer.model.episode import Header, Line
from producer.preview.asked import Asked
from producer.preview.errors import RefusedError
from producer.source.document import MAX_VALUES
from producer.source.edit import Edit

E = TypeVar("E", Header, Line)


@dataclass(frozen=True, slots=True)
class Planned:
    """The edits, in order, and what they are called in the page's list of changes."""

    label: str
    edits: tuple[Edit, ...]


def entry_of(derived: Derived, asked: Asked, kind: type[E], name: str = "index") -> E:
    """The header or line at the place in the transcript that a request names."""
    index = asked.integer(name, 0, MAX_VALUES)
    for entry in derived.episode.transcript:
        if entry.index == index and isinstance(entry, kind):
            return entry
    raise RefusedError(f"entry {index} of the transcript is no {kind.__name__.lower()}")
