"""Rules for the values of Apple's elements."""

import re
from collections.abc import Iterator

from producer.feed_check.element import Element
from producer.feed_check.feed import Feed, lacks
from producer.feed_check.finding import TEXT, Finding

_TRUE_FALSE = frozenset({"true", "false"})
_DURATION = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,9})")
# Nobody speaks for this long: it is milliseconds.
_MAX_HOURS = 100
_EMAIL = re.compile(r"[^@\s<>()]{1,64}@[^@\s<>().]+(?:\.[^@\s<>().]+)+")
_DEPRECATED = {
    "itunes:summary": "<description>, or <content:encoded>",
    "itunes:subtitle": "<description>",
    "itunes:keywords": "nothing: search does not look at it",
    "podcast:images": "<podcast:image>",
}


def explicit(feed: Feed) -> Iterator[Finding]:
    """A value of explicit that is neither true nor false."""
    for element in feed.every("itunes:explicit"):
        if element.text.lower() not in _TRUE_FALSE:
            message = f'"{element.text[:40]}" is refused: explicit is true or false'
            if not element.text:
                message = "<itunes:explicit> is empty"
            meant = "true" if element.text.lower() in {"yes", "explicit"} else "false"
            hint = f"write `<itunes:explicit>{meant}</itunes:explicit>`"
            yield Finding(element, message, hint, TEXT)


def show_type(feed: Feed) -> Iterator[Finding]:
    """A type of show that is neither episodic nor serial."""
    for element in feed.every("itunes:type"):
        if element.text.lower() not in {"episodic", "serial"}:
            message = f'"{element.text[:40]}" is no type of show'
            yield Finding(element, message, "write `episodic` or `serial`", TEXT)


def episode_type(feed: Feed) -> Iterator[Finding]:
    """A type of episode that Apple does not have."""
    for element in feed.every("itunes:episodeType"):
        if element.text.lower() not in {"full", "trailer", "bonus"}:
            message = f'"{element.text[:40]}" is no type of episode'
            yield Finding(element, message, "write `full`, `trailer` or `bonus`", TEXT)


def duration_seconds(text: str) -> int | None:
    """A duration in seconds: `93`, `1:33`, `00:01:33`; None for anything else."""
    match = _DURATION.fullmatch(text)
    if match is None or not text.isascii():
        return None
    hours, minutes, seconds = (int(part) if part else 0 for part in match.groups())
    if match[2] and (seconds > 59 or len(match[3]) != 2):
        return None
    if match[1] and (minutes > 59 or len(match[2]) != 2):
        return None
    return (hours * 60 + minutes) * 60 + seconds


def duration(feed: Feed) -> Iterator[Finding]:
    """A duration that apps do not understand, or that cannot be."""
    for element in feed.every("itunes:duration"):
        seconds = duration_seconds(element.text)
        hint = "write the seconds as a whole number, or HH:MM:SS"
        if seconds is None:
            yield Finding(element, f'"{element.text[:40]}" is no duration', hint, TEXT)
        elif seconds == 0:
            yield Finding(element, "the duration is 0", hint, TEXT)
        elif seconds > _MAX_HOURS * 3600:
            message = f"the duration is {seconds // 3600:,} hours: are these milliseconds?"
            yield Finding(element, message, hint, TEXT)


def number(feed: Feed) -> Iterator[Finding]:
    """A number of an episode or season that is none."""
    for element in feed.every("itunes:episode", "itunes:season", "podcast:season"):
        if not _is_positive(element.text):
            message = f'"{element.text[:40]}" is no number of an episode'
            if element.name.endswith("season"):
                message = f'"{element.text[:40]}" is no number of a season'
            yield Finding(element, message, "write a whole number from 1 on", TEXT)
    for element in feed.every("podcast:episode"):
        if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", element.text):
            message = f'"{element.text[:40]}" is no number of an episode'
            hint = "write a number such as 3 or 3.5; what people call it goes into `display`"
            yield Finding(element, message, hint, TEXT)


def serial_number(feed: Feed) -> Iterator[Finding]:
    """An episode of a serial show without its number."""
    if feed.channel.text_of("itunes:type").lower() != "serial":
        return
    for item in feed.items:
        if _is_full(item) and lacks(item, "itunes:episode"):
            message = "the show is serial, but the episode has no <itunes:episode>"
            yield Finding(item, message, "number it: Apple plays serial shows in that order")


def number_duplicate(feed: Feed) -> Iterator[Finding]:
    """Two full episodes with the same season and number; not the same item twice."""
    guids: dict[tuple[int, int], str] = {}
    for item in feed.items:
        episode, guid = item.first("itunes:episode"), item.text_of("guid")
        if episode is None or not _is_full(item) or not _is_positive(episode.text):
            continue
        season = item.text_of("itunes:season")
        key = (int(season) if _is_positive(season) else 0, int(episode.text))
        if key in guids and (not guid or guids[key] != guid):
            message = f"another episode of the season has the number {key[1]}"
            yield Finding(episode, message, "number them apart, or make one a bonus", TEXT)
        guids.setdefault(key, guid)


def yes_value(feed: Feed) -> Iterator[Finding]:
    """A switch of Apple's that knows one word, set to another."""
    names = ("itunes:block", "itunes:complete", "itunes:isClosedCaptioned")
    for element in feed.every(*names):
        if element.text.lower() not in {"yes", "no"}:
            message = f'"{element.text[:40]}" does nothing: <{element.name}> knows Yes alone'
            yield Finding(element, message, "write `Yes`, or leave it out", TEXT)


def email(feed: Feed) -> Iterator[Finding]:
    """An owner's address that mail cannot reach."""
    places = [(element, TEXT, element.text) for element in feed.every("itunes:email")]
    places += [(e, "owner", e.get("owner")) for e in feed.every("podcast:locked")]
    for element, where, address in places:
        if address and not _EMAIL.fullmatch(address[:320]):
            message = f'"{address[:60]}" is no mail address'
            hint = "directories write to it to see whose the feed is: `you@example.org`"
            yield Finding(element, message, hint, where)


def deprecated(feed: Feed) -> Iterator[Finding]:
    """Elements that nobody reads any more; one finding for each name."""
    for name, instead in _DEPRECATED.items():
        for element in list(feed.every(name))[:1]:
            message = f"<{name}> is not used any more"
            yield Finding(element, message, f"use {instead}")
    google = [name for name in feed.elements if name.startswith("googleplay:")]
    for element in list(feed.every(*google))[:1]:
        message = "Google Podcasts, which read the googleplay elements, has closed"
        yield Finding(element, message, "take them out")


def _is_positive(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0


def _is_full(item: Element) -> bool:
    """Whether it is an episode proper: one that says nothing is."""
    if item.first("itunes:episodeType") is None:
        return lacks(item, "itunes:episodeType")
    return item.text_of("itunes:episodeType").lower() == "full"
