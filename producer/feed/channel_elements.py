"""The elements of a channel that feedgen does not write, a function each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from producer.feed.elements import ATOM, HISTORY, ITUNES, PODCAST, add
from producer.feed.item import PersonData
from producer.feed.paging import Page
from producer.feed.show_guid import show_guid
from producer.model.show import Show


@dataclass(frozen=True, slots=True)
class ImageVariant:
    """The cover in another size: its address, and width and height in pixels, 0 if not known."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ChannelData:
    """What a channel's elements are made from; `feed_url` is the address of the first page."""

    show: Show
    feed_url: str
    image_url: str
    persons: Sequence[PersonData] = ()
    images: Sequence[ImageVariant] = ()
    page: Page | None = None
    is_dated: bool = True


def add_channel_elements(channel: Any, data: ChannelData) -> None:
    """Add all of them, in the order of the table."""
    for element in _ELEMENTS:
        element(channel, data)


def _undated(channel: Any, data: ChannelData) -> None:
    """feedgen always dates a feed; without a dated item there is no date that would be true."""
    if not data.is_dated:
        channel.remove(channel.find("lastBuildDate"))


def _hubs(channel: Any, data: ChannelData) -> None:
    """Where to ask for news (WebSub, section 4)."""
    for hub in data.show.feed.hubs:
        add(channel, ATOM, "link", rel="hub", href=hub)


def _pages(channel: Any, data: ChannelData) -> None:
    """Where the other items are (RFC 5005, sections 3 and 4)."""
    if data.page is None:
        return
    if data.page.is_archive:
        add(channel, HISTORY, "archive")
    for rel, url in data.page.links:
        add(channel, ATOM, "link", rel=rel, href=url, type="application/rss+xml")


def _itunes(channel: Any, data: ChannelData) -> None:
    show = data.show
    if data.image_url:
        add(channel, ITUNES, "image", href=data.image_url)
    add(channel, ITUNES, "explicit", "true" if show.explicit else "false")
    if show.feed.is_complete:
        add(channel, ITUNES, "complete", "Yes")
    if show.feed.new_feed_url:
        add(channel, ITUNES, "new-feed-url", show.feed.new_feed_url)


def _identity(channel: Any, data: ChannelData) -> None:
    show = data.show
    add(channel, PODCAST, "guid", show.feed.guid or show_guid(data.feed_url))
    locked = "yes" if show.feed.is_locked else "no"
    add(channel, PODCAST, "locked", locked, owner=show.owner_email)
    add(channel, PODCAST, "medium", show.feed.medium)


def _money_and_rights(channel: Any, data: ChannelData) -> None:
    settings = data.show.feed
    for funding in settings.funding:
        add(channel, PODCAST, "funding", funding.text, url=funding.url)
    if settings.license is not None:
        add(channel, PODCAST, "license", settings.license.name, url=settings.license.url)


def _persons(channel: Any, data: ChannelData) -> None:
    for person in data.persons:
        add_person(channel, person)


def _images(channel: Any, data: ChannelData) -> None:
    for image in data.images:
        width, height = (str(n) if n else "" for n in (image.width, image.height))
        add(channel, PODCAST, "image", href=image.url, width=width, height=height)


def _frequency(channel: Any, data: ChannelData) -> None:
    settings = data.show.feed
    if (often := settings.update_frequency) is not None:
        complete = "true" if settings.is_complete else ""
        add(channel, PODCAST, "updateFrequency", often.text, rrule=often.rrule, complete=complete)


def _podroll(channel: Any, data: ChannelData) -> None:
    feeds = data.show.feed.podroll
    if feeds:
        roll = etree.SubElement(channel, f"{{{PODCAST}}}podroll")
        for feed in feeds:
            attributes = {"feedGuid": feed.guid, "feedUrl": feed.url, "title": feed.title}
            add(roll, PODCAST, "remoteItem", **attributes)


def _txts(channel: Any, data: ChannelData) -> None:
    for txt in data.show.feed.txts:
        add(channel, PODCAST, "txt", txt.text, purpose=txt.purpose)


def add_person(parent: Any, person: PersonData) -> None:
    """`podcast:person` (Podcasting 2.0), with the group that all roles here are in."""
    attributes = {"href": person.url, "img": person.image_url}
    add(parent, PODCAST, "person", person.name, group="cast", role=person.role, **attributes)


_ELEMENTS: tuple[Callable[[Any, ChannelData], None], ...] = (
    _undated,
    _hubs,
    _pages,
    _itunes,
    _identity,
    _money_and_rights,
    _persons,
    _images,
    _frequency,
    _podroll,
    _txts,
)
