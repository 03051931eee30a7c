"""What feedgen lacks: `itunes:explicit` as Apple reads it now, Podcasting 2.0, Podlove chapters.

A feedgen extension: feedgen calls `extend_rss` with the element that it has built so far.
"""

from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

from producer.derive.chapters import Chapter
from producer.feed.item import FeedItem
from producer.formats.chapters import json as json_chapters
from producer.formats.chapters import psc
from producer.model.show import Show

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"


class ChannelExtension(BaseExtension):  # type: ignore[misc]
    """The channel's elements; set `show` before the feed is rendered."""

    show: Show | None = None
    image_url: str = ""

    def extend_ns(self) -> dict[str, str]:
        """The prefixes that the root declares."""
        return {"podcast": PODCAST, "psc": psc.NAMESPACE}

    def extend_rss(self, feed: Any) -> Any:
        """Add to the channel, the root's first child."""
        if self.image_url:
            etree.SubElement(feed[0], f"{{{ITUNES}}}image", href=self.image_url)
        if self.show is not None:
            _sub(feed[0], ITUNES, "explicit", "true" if self.show.explicit else "false")
        return feed


class ItemExtension(BaseEntryExtension):  # type: ignore[misc]
    """An item's elements; set `item` and `explicit` before the feed is rendered."""

    item: FeedItem | None = None
    explicit: bool = False

    def extend_rss(self, entry: Any) -> Any:
        """Add to the item."""
        if self.item is not None:
            _sub(entry, ITUNES, "explicit", "true" if self.explicit else "false")
            _add_transcripts(entry, self.item)
            _add_chapters(entry, self.item)
            _add_persons(entry, self.item)
            if self.item.image_url:
                etree.SubElement(entry, f"{{{ITUNES}}}image", href=self.item.image_url)
        return entry


def _add_transcripts(entry: Any, item: FeedItem) -> None:
    for url, media_type in item.transcripts:
        etree.SubElement(entry, f"{{{PODCAST}}}transcript", url=url, type=media_type)


def _add_chapters(entry: Any, item: FeedItem) -> None:
    """By address for apps that know Podcasting 2.0, and inline for those that know Podlove's."""
    if item.chapters:
        etree.SubElement(
            entry,
            f"{{{PODCAST}}}chapters",
            url=item.chapters_url,
            type=json_chapters.MEDIA_TYPE,
        )
        entry.append(psc.element([Chapter(start, start, title) for start, title in item.chapters]))


def _add_persons(entry: Any, item: FeedItem) -> None:
    for name, role, url in item.persons:
        attributes = {"role": role, **({"href": url} if url else {})}
        _sub(entry, PODCAST, "person", name, attributes)


def _sub(
    parent: Any, namespace: str, name: str, text: str, attributes: dict[str, str] | None = None
) -> None:
    etree.SubElement(parent, f"{{{namespace}}}{name}", attributes or {}).text = text
