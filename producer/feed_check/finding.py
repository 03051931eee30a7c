"""What rules are made of: a rule, and what it finds."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from producer.feed_check.document import TEXT
from producer.feed_check.element import Element
from producer.feed_check.feed import Feed

# Where the rules come from, as messages name it.
APPLE = "Apple: Podcast RSS feed requirements"
SPOTIFY = "Spotify: Podcast Delivery Specification"
YOUTUBE = "YouTube: Deliver podcasts using an RSS feed"
PSP = "PSP-1: The Podcast RSS Standard"
PODCASTING = "Podcasting 2.0: podcast namespace 1.0"
PODLOVE = "Podlove Simple Chapters 1.2"
RSS = "RSS 2.0"
RFC2822 = "RFC 2822"
RFC3986 = "RFC 3986"
XML = "XML 1.0"
NAMESPACE = "RSS 2.0, or the namespace's own specification"

__all__ = ["TEXT", "Finding", "Rule"]


class Finding(NamedTuple):
    """One place where a rule is broken: `where` is an attribute's name, `TEXT`, or the tag."""

    element: Element
    message: str
    hint: str
    where: str = ""


class Rule(NamedTuple):
    """A rule: its code, its name for people, who asks for it, and the function that looks.

    `check` is None for what shows elsewhere: while the XML is parsed, or when servers are asked.
    """

    code: str
    name: str
    source: str
    check: Callable[[Feed], Iterable[Finding]] | None
