"""What a show says for its feed alone: Podcasting 2.0, and how the feed is cut up."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Funding:
    """Where listeners can give money, and the words for it (`podcast:funding`)."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class License:
    """An SPDX identifier, or a name of one's own with the address of its text."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class UpdateFrequency:
    """How often there is something new, for people and as an RRULE of RFC 5545 (section 3.3.10)."""

    text: str
    rrule: str = ""


@dataclass(frozen=True, slots=True)
class RemoteFeed:
    """Another show that this one recommends (`podcast:podroll`)."""

    guid: str
    url: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Txt:
    """A line for machines, such as the proof of an address (`podcast:txt`)."""

    text: str
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSettings:
    """The keys of `podcast.yaml` that only the feed reads. The defaults serve every show.

    `guid` is the show's own, minted from the feed's first address and kept for life. With
    `page_size` items over that number go to pages of their own (RFC 5005); 0 keeps one feed.
    """

    kind: str = "episodic"
    guid: str = ""
    is_locked: bool = True
    is_complete: bool = False
    medium: str = "podcast"
    new_feed_url: str = ""
    hubs: tuple[str, ...] = ()
    funding: tuple[Funding, ...] = ()
    license: License | None = None
    update_frequency: UpdateFrequency | None = None
    podroll: tuple[RemoteFeed, ...] = ()
    txts: tuple[Txt, ...] = ()
    images: tuple[str, ...] = ()
    seasons: Mapping[int, str] = field(default_factory=dict)
    page_size: int = 0
