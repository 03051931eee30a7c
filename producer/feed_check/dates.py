"""Rules for dates: written right, not in the future, newest first."""

import datetime
from collections.abc import Iterator
from itertools import pairwise

from producer.feed_check.element import Element
from producer.feed_check.feed import Feed, lacks
from producer.feed_check.finding import TEXT, Finding
from producer.feed_check.rfc2822 import Moment, parse

# Clocks differ: what is this little ahead is not in the future.
_TOLERANCE = datetime.timedelta(minutes=10)


def date_format(feed: Feed) -> Iterator[Finding]:
    """A date that RFC 2822 does not allow."""
    for element, where, text in _dates(feed):
        if parse(text) is None:
            shown = text if len(text) <= 60 else f"{text[:60]}..."
            message = f'"{shown}" is not a date as feeds write it' if text else "the date is empty"
            hint = (
                "write `Tue, 31 Mar 2026 06:00:00 +0000`: English names, and the zone as a number"
            )
            yield Finding(element, message, hint, where)


def weekday(feed: Feed) -> Iterator[Finding]:
    """A date with the wrong day of the week."""
    for element, where, text in _dates(feed):
        moment = parse(text)
        if moment and moment.weekday_written not in {"", moment.weekday}:
            message = f"that day is a {moment.weekday}, not a {moment.weekday_written}"
            yield Finding(element, message, f"write `{moment.weekday},`, or mend the date", where)


def future(feed: Feed) -> Iterator[Finding]:
    """A date that has not come yet."""
    for element, where, text in _dates(feed):
        moment = parse(text)
        if element.name != "podcast:trailer" and moment and moment.moment > feed.now + _TOLERANCE:
            message = "the date is in the future: apps hide the episode, or keep it on top"
            hint = "publish it when the time has come"
            if element.parent is feed.channel:
                message = "the feed's date is in the future"
                hint = "give the time when the feed last changed"
            yield Finding(element, message, hint, where)


def order(feed: Feed) -> Iterator[Finding]:
    """Episodes that are not newest first; a serial show may be oldest first."""
    dated = [(item, moment) for item, moment in _published(feed) if moment is not None]
    moments = [moment.moment for _, moment in dated]
    # A type that is wrong has a rule of its own, and may have been meant as serial.
    episodic = feed.channel.text_of("itunes:type").lower() == "episodic" or lacks(
        feed.channel, "itunes:type"
    )
    if not episodic and all(a <= b for a, b in pairwise(moments)):
        return
    for (_, above), (item, below) in pairwise(dated):
        if below.moment > above.moment:
            element = item.first("pubDate") or item
            message = "the episode is newer than the one above it"
            hint = "put the newest first: some apps and sites take the first for it"
            yield Finding(element, message, hint, TEXT)
            return


def _published(feed: Feed) -> Iterator[tuple[Element, Moment | None]]:
    for item in feed.items:
        yield item, parse(item.text_of("pubDate"))


def _dates(feed: Feed) -> Iterator[tuple[Element, str, str]]:
    """Every date in the feed: the element, where in it, and the text."""
    for element in feed.every("pubDate", "lastBuildDate"):
        yield element, TEXT, element.text
    for trailer in feed.every("podcast:trailer"):
        if trailer.get("pubdate"):
            yield trailer, "pubdate", trailer.get("pubdate")
