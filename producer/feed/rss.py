"""`build/feed.xml`: RSS 2.0 with the namespaces that podcast apps read, through feedgen."""

import datetime
from collections.abc import Iterable

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from producer import __version__
from producer.feed.extension import ChannelExtension, ItemExtension
from producer.feed.item import FeedItem
from producer.model.show import Show

FEED_NAME = "feed.xml"


def render_feed(show: Show, items: Iterable[FeedItem], image_url: str) -> bytes:
    """The feed, newest first. The same items give the same bytes, whatever day it is.

    `lastBuildDate` is the newest item's date, not the time of the build.
    """
    ordered = sorted(items, key=lambda item: (item.published, item.slug), reverse=True)
    feed = FeedGenerator()
    feed.load_extension("podcast", atom=False)
    feed.register_extension("producer", ChannelExtension, ItemExtension, atom=False)
    feed.producer.show = show
    _channel(feed, show, image_url)
    newest = next((item.published for item in ordered if item.published), None)
    feed.lastBuildDate(
        _moment(newest) if newest else datetime.datetime.fromtimestamp(0, datetime.UTC)
    )
    for item in ordered:
        _entry(feed.add_entry(order="append"), show, item)
    rendered: bytes = feed.rss_str(pretty=True)
    return rendered


def _channel(feed: FeedGenerator, show: Show, image_url: str) -> None:
    feed.title(show.title)
    feed.description(show.description)
    feed.language(show.language)
    feed.generator(f"producer {__version__}")
    # feedgen's RSS <link> is the last one added.
    feed.link(href=show.url(FEED_NAME), rel="self", type="application/rss+xml")
    feed.link(href=show.link, rel="alternate")
    if show.copyright:
        feed.copyright(show.copyright)
    if show.author:
        feed.podcast.itunes_author(show.author)
    if show.owner_email:
        feed.podcast.itunes_owner(name=show.owner_name or show.author, email=show.owner_email)
    feed.podcast.itunes_type("episodic")
    for category in show.categories:
        sub = {"sub": category.subcategory} if category.subcategory else {}
        feed.podcast.itunes_category({"cat": category.name, **sub})
    if image_url:
        feed.image(url=image_url, title=show.title, link=show.link)
        # feedgen's own setter drops addresses that do not end in .jpg or .png, without a word.
        feed.producer.image_url = image_url


def _entry(entry: FeedEntry, show: Show, item: FeedItem) -> None:
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
    entry.podcast.itunes_episode_type("full")
    # feedgen leaves out a season or episode of 0, which no app counts anyway.
    if item.season is not None:
        entry.podcast.itunes_season(item.season)
    if item.number is not None:
        entry.podcast.itunes_episode(item.number)
    entry.producer.item = item
    entry.producer.explicit = show.explicit


def _moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)
