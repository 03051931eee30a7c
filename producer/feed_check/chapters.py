"""Rules for chapters: by address (Podcasting 2.0), and inline (Podlove Simple Chapters)."""

import re
from collections.abc import Iterator

from producer.feed_check.feed import Feed
from producer.feed_check.finding import Finding
from producer.feed_check.media_types import CHAPTERS_TYPE, essence

# Podlove Simple Chapters 1.2: normal play time (RFC 2326), hours and minutes optional.
_START = re.compile(r"(?:(?:(\d{1,3}):)?([0-5]?\d):)?(\d{1,6}(?:\.\d{1,9})?)", re.ASCII)


def media_type(feed: Feed) -> Iterator[Finding]:
    """Chapters of a type that apps do not read."""
    for chapters in feed.every("podcast:chapters"):
        kind = essence(chapters.get("type"))
        if kind and kind != CHAPTERS_TYPE:
            message = f'"{kind[:60]}" is not the type of chapters that apps read'
            yield Finding(chapters, message, f'write `type="{CHAPTERS_TYPE}"`', "type")


def start(feed: Feed) -> Iterator[Finding]:
    """A start of an inline chapter that is no time, or that goes back."""
    for chapters in feed.every("psc:chapters"):
        before = -1.0
        for chapter in chapters.every("psc:chapter"):
            said = chapter.get("start")
            seconds = start_seconds(said)
            if said and seconds is None:
                message = f'"{said[:40]}" is no time'
                yield Finding(chapter, message, "write `00:12:34.500`", "start")
            elif seconds is not None and seconds < before:
                message = "the chapter starts before the one above it"
                yield Finding(chapter, message, "put the chapters in the order of time", "start")
            before = seconds if seconds is not None else before


def start_seconds(text: str) -> float | None:
    """The seconds of a chapter's start; None where it is no time."""
    match = _START.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds = match[1] or 0, match[2] or 0, float(match[3])
    if match[2] and seconds >= 60:
        return None
    return (int(hours) * 60 + int(minutes)) * 60 + seconds
