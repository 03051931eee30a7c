"""The show, as `podcast.yaml` describes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from producer.model.clip_settings import ClipSettings
from producer.model.feed_settings import FeedSettings
from producer.model.located import Located
from producer.model.publish_settings import PublishSettings
from producer.source.document import Document

# For which pages can be made: each has a template of its name.
SITE_GENERATORS = ("jekyll", "hugo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A category of Apple's list, with its subcategory if one is named."""

    name: str
    subcategory: str | None = None


@dataclass(frozen=True, slots=True)
class GlossaryName:
    """A name as the show writes it, and the forms that captions mishear it in."""

    name: str
    misheard: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Show(Located):
    """What `podcast.yaml` says; the defaults serve a folder of episodes that has none."""

    title: str = ""
    link: str = ""
    description: str = ""
    language: str = "en"
    author: str = ""
    owner_name: str = ""
    owner_email: str = ""
    image: str = ""
    categories: tuple[Category, ...] = ()
    explicit: bool = False
    copyright: str = ""
    base_url: str = ""
    hosts: tuple[str, ...] = ()
    glossary: tuple[GlossaryName, ...] = ()
    opening_title: str = "Introduction"
    clip_bitrate_kbps: int = 96
    clips: ClipSettings = field(default_factory=ClipSettings)
    site_generators: tuple[str, ...] = ()
    feed: FeedSettings = field(default_factory=FeedSettings)
    publish: PublishSettings = field(default_factory=PublishSettings)
    silenced: tuple[str, ...] = ()
    document: Document | None = field(default=None, compare=False, repr=False)
    data: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def has_feed(self) -> bool:
        """Whether there is a `podcast.yaml` to make a feed from."""
        return self.document is not None

    def url(self, *steps: str) -> str:
        """The public address of a file under `base_url`, or a relative one without it."""
        relative = "/".join(quote(step) for step in steps)
        return f"{self.base_url.rstrip('/')}/{relative}" if self.base_url else relative
