"""The elements of an item that feedgen does not write, a function each."""

from collections.abc import Callable
from typing import Any

from lxml import etree

from producer.derive.chapters import Chapter
from producer.feed.channel_elements import add_person
from producer.feed.elements import ITUNES, PODCAST, add
from producer.feed.item import FeedItem
from producer.formats.chapters import json as json_chapters
from producer.formats.chapters import psc
from producer.times import format_seconds


def add_item_elements(entry: Any, item: FeedItem) -> None:
    """Add all of them, in the order of the table."""
    for element in _ELEMENTS:
        element(entry, item)


def _explicit(entry: Any, item: FeedItem) -> None:
    add(entry, ITUNES, "explicit", "true" if item.is_explicit else "false")


def _season_and_episode(entry: Any, item: FeedItem) -> None:
    """`podcast:season` carries the season's name, which Apple's element cannot."""
    if item.season is not None and item.season_name:
        add(entry, PODCAST, "season", str(item.season), name=item.season_name)
    if item.number is not None:
        add(entry, PODCAST, "episode", str(item.number))


def _transcripts(entry: Any, item: FeedItem) -> None:
    for url, media_type in item.transcripts:
        rel = "captions" if media_type in _CAPTIONS else ""
        add(entry, PODCAST, "transcript", url=url, type=media_type, language=item.language, rel=rel)


def _chapters(entry: Any, item: FeedItem) -> None:
    """By address for apps that know Podcasting 2.0, and inline for those that know Podlove's."""
    if item.chapters:
        add(entry, PODCAST, "chapters", url=item.chapters_url, type=json_chapters.MEDIA_TYPE)
        entry.append(psc.element([Chapter(start, start, title) for start, title in item.chapters]))


def _soundbites(entry: Any, item: FeedItem) -> None:
    for start_ms, duration_ms, title in item.soundbites:
        times = {"startTime": format_seconds(start_ms), "duration": format_seconds(duration_ms)}
        add(entry, PODCAST, "soundbite", title, **times)


def _persons(entry: Any, item: FeedItem) -> None:
    for person in item.persons:
        add_person(entry, person)


def _alternates(entry: Any, item: FeedItem) -> None:
    """The same recording as another file (Podcasting 2.0, `alternateEnclosure`)."""
    for enclosure in item.alternates:
        child = etree.SubElement(
            entry,
            f"{{{PODCAST}}}alternateEnclosure",
            {"type": enclosure.media_type, "length": str(enclosure.length_bytes)},
        )
        add(child, PODCAST, "source", uri=enclosure.url)


def _image(entry: Any, item: FeedItem) -> None:
    if item.image_url:
        add(entry, ITUNES, "image", href=item.image_url)


# The formats that an app can show line by line with the sound.
_CAPTIONS = ("text/vtt", "application/x-subrip")
_ELEMENTS: tuple[Callable[[Any, FeedItem], None], ...] = (
    _explicit,
    _season_and_episode,
    _transcripts,
    _chapters,
    _soundbites,
    _persons,
    _alternates,
    _image,
)
