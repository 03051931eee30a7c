"""Rules for what tells shows and episodes apart: guids."""

import re
import uuid
from collections.abc import Iterator

from producer.feed.show_guid import show_guid
from producer.feed_check.feed import Feed
from producer.feed_check.finding import TEXT, Finding
from producer.feed_check.urls import is_absolute

# Podcasting 2.0, guid: the namespace of UUIDv5 that all shows share.
PODCAST_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
_UUID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)


def is_uuid(text: str) -> bool:
    """Whether it is a UUID as it is usually written, with hyphens."""
    return _UUID.fullmatch(text) is not None


def duplicate(feed: Feed) -> Iterator[Finding]:
    """Two episodes with one guid."""
    seen: set[str] = set()
    for episode in feed.episodes:
        guid = episode.first("guid")
        if guid is not None and guid.text in seen:
            message = "another episode has the same guid: apps show one of them"
            yield Finding(guid, message, "give each episode a guid of its own", TEXT)
        elif guid is not None and guid.text:
            seen.add(guid.text)


def permalink(feed: Feed) -> Iterator[Finding]:
    """A guid that counts as an address and is none."""
    for guid in feed.every("guid"):
        said = guid.get("isPermaLink")
        if said not in {"", "true", "false"}:
            message = f'isPermaLink="{said}" is neither true nor false'
            yield Finding(guid, message, 'write `isPermaLink="false"`', "isPermaLink")
        elif said != "false" and guid.text and not is_absolute(guid.text):
            message = "the guid is no address, but counts as one"
            yield Finding(guid, message, 'write `<guid isPermaLink="false">`', TEXT)


def podcast_guid(feed: Feed) -> Iterator[Finding]:
    """A podcast:guid that is no UUID of version 5."""
    for guid in feed.every("podcast:guid"):
        if not is_uuid(guid.text):
            message = f'"{guid.text[:60]}" is not a UUID'
        elif uuid.UUID(guid.text).version != 5:
            message = "the podcast:guid is not a UUID of version 5"
        else:
            continue
        address = feed.feed_url or feed.self_url
        hint = "make it of the feed's address, and keep it for life"
        hint += f": {show_guid(address)}" if address else ""
        yield Finding(guid, message, hint, TEXT)


def podcast_guid_differs(feed: Feed) -> Iterator[Finding]:
    """A podcast:guid that is not that of the feed's address."""
    address = feed.feed_url or feed.self_url
    for guid in feed.every("podcast:guid") if address else ():
        if not is_uuid(guid.text) or uuid.UUID(guid.text).version != 5:
            continue
        expected = show_guid(address)
        # The address that a feed gives as its own counts as well as the one it was loaded from.
        also = show_guid(feed.self_url) if feed.self_url else expected
        if guid.text.lower() not in {expected, also}:
            message = "the podcast:guid is not the one of the feed's address"
            hint = f"right if the feed has moved and kept its guid; a new feed has {expected}"
            yield Finding(guid, message, hint, TEXT)
