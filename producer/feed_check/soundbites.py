"""Rules for soundbites: times and titles."""

import re
from collections.abc import Iterator

from producer.feed_check.element import Element
from producer.feed_check.feed import Feed
from producer.feed_check.finding import TEXT, Finding
from producer.feed_check.itunes import duration_seconds
from producer.feed_check.lengths import PODCAST_CHARS

# Podcasting 2.0, soundbite: "recommended between 15 and 120 seconds".
SHORTEST_SECONDS = 15
LONGEST_SECONDS = 120
_SECONDS = re.compile(r"[0-9]{1,7}(\.[0-9]{1,9})?")


def time(feed: Feed) -> Iterator[Finding]:
    """A start or duration that is no number of seconds."""
    for soundbite in feed.every("podcast:soundbite"):
        for attribute in ("startTime", "duration"):
            said = soundbite.get(attribute)
            wrong = seconds(said) is None or (attribute == "duration" and not seconds(said))
            if said and wrong:
                message = f'{attribute}="{said[:40]}" is no number of seconds'
                yield Finding(soundbite, message, "write seconds: `73` or `73.5`", attribute)


def length(feed: Feed) -> Iterator[Finding]:
    """A soundbite that is shorter or longer than apps expect."""
    for soundbite in feed.every("podcast:soundbite"):
        duration = seconds(soundbite.get("duration"))
        if duration and not SHORTEST_SECONDS <= duration <= LONGEST_SECONDS:
            message = f"the soundbite lasts {duration:g} seconds"
            hint = f"choose {SHORTEST_SECONDS} to {LONGEST_SECONDS} seconds: apps skip others"
            yield Finding(soundbite, message, hint, "duration")


def in_episode(feed: Feed) -> Iterator[Finding]:
    """A soundbite that goes on after the episode's end."""
    for soundbite in feed.every("podcast:soundbite"):
        start, duration = seconds(soundbite.get("startTime")), seconds(soundbite.get("duration"))
        whole = _episode_seconds(soundbite.parent)
        if start is not None and duration and whole and start + duration >= whole + 1:
            message = f"the soundbite ends at {start + duration:g} s, the episode at {whole} s"
            yield Finding(soundbite, message, "mend its start or duration", "startTime")


def title(feed: Feed) -> Iterator[Finding]:
    """A title that apps may cut."""
    for soundbite in feed.every("podcast:soundbite"):
        count = len(soundbite.text)
        if count > PODCAST_CHARS:
            message = f"the soundbite's title has {count:,} characters; {PODCAST_CHARS} is the most"
            yield Finding(soundbite, message, "shorten it", TEXT)


def seconds(text: str) -> float | None:
    """A time in seconds, fractions allowed; None for anything else."""
    return float(text) if _SECONDS.fullmatch(text) else None


def _episode_seconds(item: Element | None) -> int:
    return duration_seconds(item.text_of("itunes:duration")) or 0 if item is not None else 0
