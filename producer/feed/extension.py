"""What feedgen lacks: `itunes:explicit` as Apple reads it now, Podcasting 2.0, Podlove chapters.

Two feedgen extensions: feedgen calls `extend_rss` with the element that it has built so far.
"""

from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension

from producer.feed.channel_elements import ChannelData, add_channel_elements
from producer.feed.elements import HISTORY, PODCAST
from producer.feed.item import FeedItem
from producer.feed.item_elements import add_item_elements
from producer.formats.chapters import psc


class ChannelExtension(BaseExtension):  # type: ignore[misc]
    """The channel's elements; set `data` before the feed is rendered."""

    data: ChannelData | None = None

    def extend_ns(self) -> dict[str, str]:
        """The prefixes that the root declares."""
        namespaces = {"podcast": PODCAST, "psc": psc.NAMESPACE}
        paged = self.data is not None and self.data.page is not None
        return {**namespaces, "fh": HISTORY} if paged else namespaces

    def extend_rss(self, feed: Any) -> Any:
        """Add to the channel, the root's first child."""
        if self.data is not None:
            add_channel_elements(feed[0], self.data)
        return feed


class ItemExtension(BaseEntryExtension):  # type: ignore[misc]
    """An item's elements; set `item` before the feed is rendered."""

    item: FeedItem | None = None

    def extend_rss(self, entry: Any) -> Any:
        """Add to the item."""
        if self.item is not None:
            add_item_elements(entry, self.item)
        return entry
