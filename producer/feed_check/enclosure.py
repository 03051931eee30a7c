"""Rules for enclosures: what apps load and play."""

from collections.abc import Iterator
from difflib import get_close_matches

from producer.feed_check.element import Element
from producer.feed_check.feed import Feed
from producer.feed_check.finding import Finding
from producer.feed_check.media_types import (
    ENCLOSURE_EXTENSIONS,
    ENCLOSURE_TYPES,
    essence,
    extension,
)
from producer.feed_check.urls import is_absolute

_TYPE_OF = {"mp3": "audio/mpeg", "m4a": "audio/x-m4a", "mp4": "video/mp4", "m4v": "video/x-m4v"}
# What other names for a type mean.
_MEANT = {
    "audio/mp3": "audio/mpeg",
    "audio/x-mp3": "audio/mpeg",
    "audio/mpeg3": "audio/mpeg",
    "audio/mpg": "audio/mpeg",
    "audio/x-mpeg": "audio/mpeg",
    "audio/aac": "audio/x-m4a",
    "audio/x-aac": "audio/x-m4a",
    "video/mpeg": "video/mp4",
}


def url(feed: Feed) -> Iterator[Finding]:
    """An enclosure without an address that apps can load."""
    for enclosure in feed.every("enclosure"):
        address = enclosure.get("url")
        if not address:
            yield _without(enclosure, "url", 'write `url="https://..."`')
        elif not is_absolute(address):
            message = f'"{_short(address)}" is no address that apps can load'
            yield Finding(enclosure, message, "write the whole of it, from https:// on", "url")


def length(feed: Feed) -> Iterator[Finding]:
    """An enclosure without its size, or with one that is no number."""
    for enclosure in feed.every("enclosure"):
        size = enclosure.get("length")
        if not size:
            yield _without(enclosure, "length", "give the file's size in bytes")
        elif not (size.isascii() and size.isdigit()):
            message = f'the length "{_short(size)}" is not a whole number of bytes'
            yield Finding(
                enclosure, message, "give the file's size in bytes, digits only", "length"
            )


def length_zero(feed: Feed) -> Iterator[Finding]:
    """An enclosure that says it is empty; a live stream has no size."""
    for enclosure in feed.every("enclosure"):
        live = enclosure.parent is not None and enclosure.parent.name == "podcast:liveItem"
        size = enclosure.get("length")
        if not live and size.isascii() and size.isdigit() and not size.strip("0"):
            message = "the enclosure's length is 0"
            yield Finding(enclosure, message, "give the file's size in bytes", "length")


def type_missing(feed: Feed) -> Iterator[Finding]:
    """An enclosure that does not say what it is."""
    for enclosure in feed.every("enclosure"):
        if not enclosure.get("type"):
            meant = _TYPE_OF.get(extension(enclosure.get("url")), "audio/mpeg")
            yield _without(enclosure, "type", f'write `type="{meant}"`')


def type_refused(feed: Feed) -> Iterator[Finding]:
    """An enclosure of a type that Apple does not take, such as Ogg."""
    for enclosure in feed.every("enclosure"):
        kind = essence(enclosure.get("type"))
        if kind and kind not in ENCLOSURE_TYPES:
            message = f'Apple does not take enclosures of type "{_short(kind)}"'
            meant = _MEANT.get(kind)
            hint = (
                f'write `type="{meant}"`'
                if meant
                else "use MP3 (audio/mpeg) or M4A (audio/x-m4a), or MP4 (video/mp4) for video"
            )
            yield Finding(enclosure, message, hint, "type")


def extension_refused(feed: Feed) -> Iterator[Finding]:
    """An enclosure whose file name has an ending that Apple does not take."""
    for enclosure in _well_typed(feed):
        ending = extension(enclosure.get("url"))
        if ending not in ENCLOSURE_EXTENSIONS:
            said = f"ends in .{_short(ending)}" if ending else "has no ending"
            message = f"the enclosure's file name {said}: Apple goes by it"
            hint = "let the address end in .mp3, .m4a, .mp4, .m4v, .mov or .pdf"
            yield Finding(enclosure, message, hint, "url")


def mismatch(feed: Feed) -> Iterator[Finding]:
    """An enclosure whose type and file name disagree."""
    for enclosure in _well_typed(feed):
        kind, ending = essence(enclosure.get("type")), extension(enclosure.get("url"))
        if ending in ENCLOSURE_EXTENSIONS and ending not in ENCLOSURE_TYPES[kind]:
            message = f"the enclosure's type is {kind}, but its file name ends in .{ending}"
            hint = "let them say the same: see what the file is"
            yield Finding(enclosure, message, hint, "type")


def duplicate(feed: Feed) -> Iterator[Finding]:
    """Two episodes with one file; an item that is there twice is the guid's matter."""
    guids: dict[str, str] = {}
    for item in feed.items:
        enclosure, guid = item.first("enclosure"), item.text_of("guid")
        address = enclosure.get("url") if enclosure is not None else ""
        if enclosure is None or not address:
            continue
        if address in guids and (not guid or guids[address] != guid):
            message = "another episode has the same enclosure: Apple shows one of them"
            yield Finding(enclosure, message, "give each episode a file of its own", "url")
        guids.setdefault(address, guid)


def _well_typed(feed: Feed) -> Iterator[Element]:
    """Enclosures with an address and a type that other rules have nothing against."""
    for enclosure in feed.every("enclosure"):
        live = enclosure.parent is not None and enclosure.parent.name == "podcast:liveItem"
        known = essence(enclosure.get("type")) in ENCLOSURE_TYPES
        if known and not live and is_absolute(enclosure.get("url")):
            yield enclosure


def _without(enclosure: Element, attribute: str, hint: str) -> Finding:
    unknown = [name for name in enclosure.attributes if name not in {"url", "length", "type"}]
    near = get_close_matches(attribute, unknown, 1, 0.7)
    where = near[0] if near else ""
    hint = f"write `{attribute}`, not `{where}`" if where else hint
    return Finding(enclosure, f"the enclosure has no {attribute}", hint, where)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}..."
