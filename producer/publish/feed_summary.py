"""What subscribers see of a feed: of the show and of each item, the values of each element."""

from collections.abc import Iterable
from dataclasses import dataclass

from producer.errors import InputError
from producer.feed_check.element import Element
from producer.feed_check.parse import parse
from producer.text import one_line
from producer.times import format_clock

# What people call them. Other elements go by their own names.
_NAMES = {
    "pubDate": "date",
    "content:encoded": "notes",
    "itunes:duration": "duration",
    "itunes:season": "season",
    "itunes:episode": "episode",
    "itunes:episodeType": "type of episode",
    "itunes:explicit": "explicit",
    "itunes:image": "image",
    "itunes:title": "title in Apple's apps",
    "itunes:author": "author",
    "itunes:owner": "owner",
    "itunes:category": "category",
    "itunes:type": "type of show",
    "podcast:transcript": "transcript",
    "podcast:chapters": "chapters file",
    "psc:chapters": "chapters",
    "podcast:person": "person",
    "podcast:soundbite": "soundbite",
    "podcast:alternateEnclosure": "other enclosure",
}
# They say when and by what the feed was made, not what is in it.
_UNSEEN = frozenset({"item", "lastBuildDate", "generator", "docs", "#text"})
_DEEPEST = 64


@dataclass(frozen=True, slots=True)
class Item:
    """An episode as the feed has it; `values` are those of each element, in order, by its name."""

    guid: str
    title: str
    link: str
    enclosure_url: str
    values: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Summary:
    """A feed with its archives: the show's values, and all items, each guid once."""

    values: dict[str, tuple[str, ...]]
    items: tuple[Item, ...]

    @property
    def enclosures(self) -> frozenset[str]:
        """The addresses of all enclosures."""
        return frozenset(item.enclosure_url for item in self.items if item.enclosure_url)


EMPTY = Summary({}, ())


def summarize(path: str, documents: Iterable[bytes]) -> Summary:
    """The feed in documents: the feed itself first, then its archives. InputError for no feed."""
    return summary_of(channel_of(path, data) for data in documents)


def channel_of(path: str, data: bytes) -> Element:
    """The channel of a document. Raises InputError where it is no feed."""
    root = parse(path, data).root
    channel = root.first("channel") if root is not None and root.name == "rss" else None
    if channel is None:
        raise InputError(f"{path}: is not an RSS feed")
    return channel


def summary_of(channels: Iterable[Element]) -> Summary:
    """The feed in channels: the feed's own first, then those of its archives."""
    items: dict[str, Item] = {}
    values: dict[str, tuple[str, ...]] = {}
    for number, channel in enumerate(channels):
        if number == 0:
            values = _values(channel)
        for element in channel.every("item"):
            item = _item(element)
            items.setdefault(item.guid or item.enclosure_url or item.link or item.title, item)
    return Summary(values, tuple(items.values()))


def _item(element: Element) -> Item:
    enclosure = element.first("enclosure")
    return Item(
        guid=element.text_of("guid"),
        title=one_line(element.text_of("title")),
        link=element.text_of("link"),
        enclosure_url=enclosure.get("url") if enclosure is not None else "",
        values=_values(element),
    )


def _values(parent: Element) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for child in parent.children:
        if child.name not in _UNSEEN:
            found.setdefault(_NAMES.get(child.name, child.name), []).extend(_said(child))
    return {name: tuple(values) for name, values in found.items()}


def _said(element: Element) -> Iterable[str]:
    """An element in words: one value, or one for each chapter."""
    if element.name == "psc:chapters":
        return [
            f"{chapter.get('start')} {one_line(chapter.get('title'))}"
            for chapter in element.every("psc:chapter")
        ]
    if element.name == "itunes:duration" and element.text.isascii() and element.text.isdigit():
        return [format_clock(int(element.text[:9]) * 1000)]
    if element.name == "enclosure":
        length, kind = element.get("length"), element.get("type")
        return [f"{element.get('url')} ({length} bytes, {kind})"]
    return [_whole(element, _DEEPEST)]


def _whole(element: Element, deepest: int) -> str:
    attributes = [f'{name}="{value}"' for name, value in sorted(element.attributes.items())]
    inside = [_whole(child, deepest - 1) for child in element.children] if deepest else []
    return " ".join(part for part in (*attributes, one_line(element.text), *inside) if part)
