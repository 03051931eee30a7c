"""`build/feed.xml`: RSS 2.0 with the namespaces that podcast apps read, through feedgen."""

import datetime
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from producer import __version__
from producer.feed.channel_elements import ChannelData, ImageVariant
from producer.feed.extension import ChannelExtension, ItemExtension
from producer.feed.item import FeedItem, PersonData
from producer.feed.paging import pages
from producer.model.show import Show

FEED_NAME = "feed.xml"
_TAIL = b"  </channel>\n</rss>\n"
_AT_A_TIME = 100


@dataclass(frozen=True, slots=True)
class ChannelMedia:
    """What the channel shows of files that the build publishes."""

    image_url: str = ""
    images: Sequence[ImageVariant] = ()
    persons: Sequence[PersonData] = ()


def render_feed(
    show: Show, items: Iterable[FeedItem], media: ChannelMedia | None = None
) -> dict[str, bytes]:
    """The feed, newest first, and its archives if it has pages, by the names of their files.

    The same items give the same bytes, whatever day it is: `lastBuildDate` is the newest item's
    date, not the time of the build.
    """
    ordered = sorted(items, key=lambda item: (item.published, item.slug), reverse=True)
    return render_pages(show, ordered, media)


def render_pages(
    show: Show, ordered: Sequence[FeedItem], media: ChannelMedia | None = None
) -> dict[str, bytes]:
    """The same for items that are in order; no more of them are looked at at a time than needed."""
    feed_url = show.url(FEED_NAME)
    media = media or ChannelMedia()
    data = ChannelData(show, feed_url, media.image_url, media.persons, media.images)
    return {
        page.name if page else FEED_NAME: _render(replace(data, page=page), shown)
        for page, shown in pages(ordered, show.feed.page_size, feed_url)
    }


def _render(data: ChannelData, items: Sequence[FeedItem]) -> bytes:
    """One document, some items at a time: lxml's tree of them all is ten times their bytes."""
    newest = next((item.published for item in items if item.published), None)
    data = replace(data, is_dated=newest is not None)
    updated = _moment(newest or "1970-01-01T00:00:00+00:00")
    frame = _rss(data, (), updated)
    head = frame.removesuffix(_TAIL)
    document = io.BytesIO()
    document.write(head)
    for begin in range(0, len(items), _AT_A_TIME):
        rendered = _rss(data, items[begin : begin + _AT_A_TIME], updated)
        assert rendered.startswith(head), "feedgen put something of the channel after its items"
        document.write(memoryview(rendered)[len(head) : -len(_TAIL)])
    document.write(_TAIL)
    return document.getvalue()


def _rss(data: ChannelData, items: Sequence[FeedItem], updated: datetime.datetime) -> bytes:
    """The channel with these items. The channel's own elements all stand before the items."""
    feed = FeedGenerator()
    feed.load_extension("podcast", atom=False)
    feed.register_extension("producer", ChannelExtension, ItemExtension, atom=False)
    feed.producer.data = data
    _channel(feed, data)
    feed.lastBuildDate(updated)
    for item in items:
        _entry(feed.add_entry(order="append"), item)
    rendered: bytes = feed.rss_str(pretty=True)
    return rendered


def _channel(feed: FeedGenerator, data: ChannelData) -> None:
    show = data.show
    feed.title(show.title)
    feed.description(show.description)
    feed.language(show.language)
    feed.generator(f"producer {__version__}")
    # feedgen's RSS <link> is the last one added.
    own_url = data.feed_url
    if data.page is not None:
        own_url = f"{own_url.rpartition('/')[0]}/{data.page.name}"
    feed.link(href=own_url, rel="self", type="application/rss+xml")
    feed.link(href=show.link, rel="alternate")
    if show.copyright:
        feed.copyright(show.copyright)
    if show.author:
        feed.podcast.itunes_author(show.author)
    if show.owner_email:
        feed.podcast.itunes_owner(name=show.owner_name or show.author, email=show.owner_email)
    feed.podcast.itunes_type(show.feed.kind)
    for category in show.categories:
        sub = {"sub": category.subcategory} if category.subcategory else {}
        feed.podcast.itunes_category({"cat": category.name, **sub})
    if data.image_url:
        feed.image(url=data.image_url, title=show.title, link=show.link)


def _entry(entry: FeedEntry, item: FeedItem) -> None:
    entry.title(item.title)
    entry.guid(item.guid, permalink=False)
    entry.link(href=item.link)
    entry.description(item.description)
    if item.notes_html:
        entry.content(item.notes_html)
    entry.enclosure(
        url=item.enclosure_url,
        length=str(item.enclosure_length_bytes),
        type=item.enclosure_type,
    )
    if item.published:
        entry.pubDate(_moment(item.published))
    entry.podcast.itunes_title(item.title)
    entry.podcast.itunes_duration(item.duration_ms // 1000)
    entry.podcast.itunes_episode_type(item.kind)
    # feedgen leaves out a season or episode of 0, which no app counts anyway.
    if item.season is not None:
        entry.podcast.itunes_season(item.season)
    if item.number is not None:
        entry.podcast.itunes_episode(item.number)
    entry.producer.item = item


def _moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)
