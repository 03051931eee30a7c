"""An episode: its front matter, its transcript and its body, as one file holds them."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import yaml

from producer.model.located import Located
from producer.model.soundbite import SoundbiteMark
from producer.source.document import Document


@dataclass(frozen=True, slots=True)
class Header:
    """A section title inside the transcript. `start_ms` is its own `sec`, if it has one."""

    title: str
    start_ms: int | None
    index: int


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of one speaker. `start_ms` is where its turn starts, if the file says so.

    `text` is on one line, with single blanks between its words. `who` is the speaker, taken over
    from the line before where this one names none.
    """

    text: str
    start_ms: int | None
    who: str
    index: int

    @property
    def words(self) -> int:
        """How many words it has."""
        return self.text.count(" ") + 1


Entry: TypeAlias = Header | Line


@dataclass(frozen=True, slots=True)
class AudioSettings:
    """The `audio` mapping. `offset_ms` is the place on the video timeline where the file begins."""

    file: str = ""
    url: str = ""
    offset_ms: int = 0


@dataclass(frozen=True, kw_only=True)
class Episode(Located):
    """One Markdown file. Every derived thing starts from this, and from nothing else of it."""

    slug: str
    document: Document | None
    title: str
    short: str = ""
    season: int | None = None
    number: int | None = None
    guests: tuple[str, ...] = ()
    image: str = ""
    youtube_id: str | None = None
    links: Mapping[str, str] = field(default_factory=dict)
    description: str = ""
    intro: str = ""
    topics: tuple[str, ...] = ()
    published: datetime.datetime | None = None
    guid: str = ""
    kind: str = "full"
    is_explicit: bool | None = None
    former_slugs: tuple[str, ...] = ()
    audio: AudioSettings = AudioSettings()
    soundbites: tuple[SoundbiteMark, ...] = ()
    transcript: tuple[Entry, ...] = ()
    body: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def raw_entries(self) -> tuple[tuple[int, Mapping[str, yaml.ScalarNode]], ...]:
        """Each mapping of the transcript by its place: its keys that hold a single value."""
        node = self.document.find(("transcript",)) if self.document else None
        if not isinstance(node, yaml.SequenceNode):
            return ()
        return tuple(
            (index, _scalars(item))
            for index, item in enumerate(node.value)
            if isinstance(item, yaml.MappingNode)
        )

    @property
    def headers(self) -> tuple[Header, ...]:
        """The headers of the transcript, in order."""
        return tuple(entry for entry in self.transcript if isinstance(entry, Header))

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the transcript, in order."""
        return tuple([entry for entry in self.transcript if isinstance(entry, Line)])


def _scalars(node: yaml.MappingNode) -> dict[str, yaml.ScalarNode]:
    return {
        key.value if isinstance(key, yaml.ScalarNode) else "": value
        for key, value in node.value
        if isinstance(value, yaml.ScalarNode)
    }
