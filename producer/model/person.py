"""A host or guest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from producer.model.located import Located
from producer.source.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A labelled address."""

    label: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Person(Located):
    """One file of `people/`: who somebody is, wherever an episode names them by slug."""

    slug: str
    name: str
    picture: str = ""
    bio: str = ""
    links: tuple[Link, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    document: Document | None = field(default=None, compare=False, repr=False)

    @property
    def url(self) -> str:
        """The address that speaks best for them: their own page, else the first profile."""
        own = next((link.url for link in self.links if link.label == "Website"), None)
        return own or (self.links[0].url if self.links else "")
