"""What the rules look at: the channel, its items, and what else is known of the feed."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from producer.feed_check.element import Element
from producer.feed_check.schema import SHAPES, TEXT_ONLY
from producer.model.image import ImageFacts

# What the rules on missing elements look for; a misspelt one is reported there, once.
REQUIRED = {
    "channel": (
        "title",
        "link",
        "description",
        "language",
        "itunes:image",
        "itunes:category",
        "itunes:explicit",
        "item",
    ),
    "item": ("title", "enclosure", "guid", "pubDate"),
}


@dataclass(frozen=True)
class Feed:
    """A feed that parsed. `now` is when it is read; `feed_url` is where it came from, if known."""

    root: Element
    channel: Element
    now: datetime.datetime
    feed_url: str = ""
    artwork: ImageFacts | None = None

    @cached_property
    def items(self) -> tuple[Element, ...]:
        """The episodes, in the order of the feed."""
        return tuple(self.channel.every("item"))

    @cached_property
    def episodes(self) -> tuple[Element, ...]:
        """The episodes and the live items."""
        return (*self.items, *self.channel.every("podcast:liveItem"))

    @cached_property
    def elements(self) -> dict[str, list[Element]]:
        """All elements by name, in document order; not those inside texts that hold none."""
        found: dict[str, list[Element]] = {}
        for element in walk(self.root):
            found.setdefault(element.name, []).append(element)
        return found

    def every(self, *names: str) -> Iterator[Element]:
        """All elements of these names, wherever they stand."""
        for name in names:
            yield from self.elements.get(name, ())

    @cached_property
    def self_url(self) -> str:
        """The address that the feed gives as its own (`atom:link rel="self"`)."""
        links = (link for link in self.channel.every("atom:link") if link.get("rel") == "self")
        link = next(links, None)
        return link.get("href") if link is not None else ""

    @cached_property
    def medium(self) -> str:
        """What the feed says it is (`podcast:medium`): a podcast, if nothing."""
        return self.channel.text_of("podcast:medium") or "podcast"


def walk(root: Element) -> Iterator[Element]:
    """An element and all inside it, in document order, texts that hold no elements left alone."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        if element.name not in TEXT_ONLY:
            waiting += reversed(element.children)


def misspelt(parent: Element, name: str) -> Element | None:
    """The unknown child of `parent` that was meant to be its missing child `name`."""
    unknown = {child.name: child for child in parent.children if child.name not in SHAPES}
    if not unknown:
        return None
    by_case = {key.lower(): child for key, child in unknown.items()}
    near = get_close_matches(name.lower(), list(by_case), 1, 0.85)
    return by_case[near[0]] if near else None


def lacks(parent: Element, name: str) -> bool:
    """Whether `parent` has no child `name`, not even a misspelt one: of that, others speak."""
    return parent.first(name) is None and misspelt(parent, name) is None


def misspelt_children(parents: Sequence[Element]) -> Iterator[Element]:
    """The unknown children that the rules on missing elements speak of already."""
    for parent in parents:
        present = {child.name for child in parent.children}
        for name in REQUIRED.get(parent.name, ()):
            if name not in present:
                meant = misspelt(parent, name)
                if meant is not None:
                    yield meant
