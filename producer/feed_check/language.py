"""Rules for the language of a show and of its transcripts."""

from collections.abc import Iterator

from producer.feed_check.feed import Feed
from producer.feed_check.finding import TEXT, Finding
from producer.feed_check.language_codes import COUNTRIES, mistake


def language(feed: Feed) -> Iterator[Finding]:
    """A language that is not in ISO 639."""
    places = [(element, TEXT, element.text) for element in feed.every("language")]
    places += [(e, "language", e.get("language")) for e in feed.every("podcast:transcript")]
    places += [(e, "lang", e.get("lang")) for e in feed.every("podcast:alternateEnclosure")]
    for element, where, tag in places:
        found = mistake(tag) if tag else None
        if found is not None:
            yield Finding(element, found[0], found[1], where)


def country(feed: Feed) -> Iterator[Finding]:
    """Countries of Spotify's that are not codes."""
    for element in feed.every("spotify:countryOfOrigin"):
        wrong = [code for code in element.text.split() if code.lower() not in COUNTRIES]
        if wrong:
            message = f'"{wrong[0][:40]}" is no country of ISO 3166'
            yield Finding(element, message, "write two letters each: `de at ch`", TEXT)
