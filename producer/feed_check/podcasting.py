"""Rules for the rest of the podcast namespace: what its elements may say and hold."""

import datetime
import re
from collections.abc import Iterator

from producer.feed_check.feed import Feed, lacks
from producer.feed_check.finding import TEXT, Finding
from producer.feed_check.identity import is_uuid
from producer.feed_check.licenses import LICENSES
from producer.feed_check.soundbites import seconds

_MEDIA = (
    "podcast",
    "music",
    "video",
    "film",
    "audiobook",
    "newsletter",
    "blog",
    "publisher",
    "course",
)
MEDIUMS = frozenset({*_MEDIA, *(f"{medium}L" for medium in _MEDIA), "mixed"})
_YES_NO = ("yes", "no")
_TRUE_FALSE = ("true", "false")
# Attributes, or texts, that are one word of a few.
_WORDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("podcast:block", TEXT): _YES_NO,
    ("podcast:liveItem", "status"): ("pending", "live", "ended"),
    ("podcast:location", "rel"): ("subject", "creator"),
    ("podcast:integrity", "type"): ("sri", "pgp-signature"),
    ("podcast:podping", "usesPodping"): _TRUE_FALSE,
    ("podcast:updateFrequency", "complete"): _TRUE_FALSE,
    ("podcast:alternateEnclosure", "default"): _TRUE_FALSE,
    ("podcast:valueRecipient", "fee"): _TRUE_FALSE,
    ("podcast:transcript", "rel"): ("captions",),
    ("podcast:chat", "protocol"): ("irc", "xmpp", "nostr", "matrix"),
    ("podcast:socialInteract", "protocol"): (
        *("disabled", "activitypub", "twitter", "lightning", "bluesky", "atproto", "hive"),
        *("matrix", "nostr"),
    ),
}
_MEDIA_TYPES = (
    ("podcast:alternateEnclosure", "type"),
    ("podcast:source", "contentType"),
    ("podcast:trailer", "type"),
    ("podcast:image", "type"),
)
_MEDIA_TYPE = re.compile(r"[a-z]+/[\w.+-]+(\s*;.*)?", re.IGNORECASE | re.ASCII)
_RRULE_PART = re.compile(r"[A-Z]+=[A-Z0-9,+:.TZ-]+")
_FREQUENCY = re.compile(
    r"(?:^|;)FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY|HOURLY|MINUTELY|SECONDLY)(?:;|$)"
)
_GEO = re.compile(r"geo:-?\d{1,3}(\.\d+)?,-?\d{1,3}(\.\d+)?(,-?\d+(\.\d+)?)?(;.*)?", re.ASCII)
_OSM = re.compile(r"[NWR]\d{1,19}(#\d+)?", re.ASCII)


def medium(feed: Feed) -> Iterator[Finding]:
    """A medium that is not on the list."""
    places = [(element, TEXT, element.text) for element in feed.every("podcast:medium")]
    places += [(e, "medium", e.get("medium")) for e in feed.every("podcast:remoteItem")]
    for element, where, said in places:
        if said not in MEDIUMS and (said or where == TEXT):
            message = f'"{said[:40]}" is no medium'
            yield Finding(element, message, f"take one of: {', '.join(_MEDIA)}", where)


def locked(feed: Feed) -> Iterator[Finding]:
    """A lock that is neither open nor closed."""
    for element in feed.every("podcast:locked"):
        if element.text.lower() not in _YES_NO:
            message = f'"{element.text[:40]}" is no lock: it is yes or no'
            yield Finding(element, message, "write `yes`, or `no` while the show moves", TEXT)


def license_url(feed: Feed) -> Iterator[Finding]:
    """A license of one's own that nobody can read."""
    for element in feed.every("podcast:license"):
        if not element.get("url") and element.text.lower() not in LICENSES:
            message = f'"{element.text[:60]}" is no license of the SPDX list, and has no url'
            message = message if element.text else "the license has no name and no url"
            hint = "give its text's address as `url`, or write an SPDX name: cc-by-4.0"
            yield Finding(element, message, hint, TEXT)


def word(feed: Feed) -> Iterator[Finding]:
    """A value that is not one of the few words that it may be."""
    for (name, where), words in _WORDS.items():
        for element in feed.every(name):
            said = element.text if where == TEXT else element.get(where)
            if said.lower() not in words and (said or where == TEXT):
                message = f'"{said[:40]}" is none of the words that <{name}> knows'
                yield Finding(element, message, f"write one of: {', '.join(words)}", where)


def media_type(feed: Feed) -> Iterator[Finding]:
    """A media type that is not written as one."""
    for name, attribute in _MEDIA_TYPES:
        for element in feed.every(name):
            said = element.get(attribute)
            if said and not _MEDIA_TYPE.fullmatch(said[:200]):
                message = f'"{said[:40]}" is no media type'
                yield Finding(element, message, "write `audio/mpeg`, `video/mp4`, ...", attribute)


def value(feed: Feed) -> Iterator[Finding]:
    """Payments that nobody receives, or that cannot be split."""
    for element in feed.every("podcast:value"):
        if lacks(element, "podcast:valueRecipient"):
            message = "<podcast:value> names nobody to pay"
            yield Finding(element, message, "add <podcast:valueRecipient>")
    for recipient in feed.every("podcast:valueRecipient"):
        split = recipient.get("split")
        if split and not (split.isascii() and split.isdigit()):
            message = f'split="{split[:40]}" is no whole number of shares'
            yield Finding(recipient, message, "write a whole number: shares, not percent", "split")
    for change in feed.every("podcast:valueTimeSplit"):
        for attribute in ("startTime", "duration"):
            said = change.get(attribute)
            if said and seconds(said) is None:
                message = f'{attribute}="{said[:40]}" is no number of seconds'
                yield Finding(change, message, "write seconds: `73` or `73.5`", attribute)


def alternate_enclosure(feed: Feed) -> Iterator[Finding]:
    """Another version of an episode that is nowhere."""
    for element in feed.every("podcast:alternateEnclosure"):
        if lacks(element, "podcast:source"):
            message = "<podcast:alternateEnclosure> has no <podcast:source>"
            yield Finding(element, message, 'add `<podcast:source uri="https://..."/>`')


def remote_item(feed: Feed) -> Iterator[Finding]:
    """Something that should point to other feeds, and does not."""
    for remote in feed.every("podcast:remoteItem"):
        guid = remote.get("feedGuid")
        if guid and not is_uuid(guid):
            message = f'"{guid[:60]}" is no podcast:guid'
            yield Finding(remote, message, "give the other feed's podcast:guid", "feedGuid")
    for roll in feed.every("podcast:podroll"):
        if lacks(roll, "podcast:remoteItem"):
            message = "<podcast:podroll> recommends nothing"
            yield Finding(roll, message, "add <podcast:remoteItem>, or leave it out")
    for publisher in feed.every("podcast:publisher"):
        remotes = list(publisher.every("podcast:remoteItem"))
        if len(remotes) != 1 or remotes[0].get("medium") != "publisher":
            message = "<podcast:publisher> points to no feed of a publisher"
            hint = 'put one `<podcast:remoteItem medium="publisher" .../>` into it'
            yield Finding(publisher, message, hint)


def social_interact(feed: Feed) -> Iterator[Finding]:
    """Comments that are nowhere."""
    for element in feed.every("podcast:socialInteract"):
        if element.get("protocol").lower() not in {"", "disabled"} and not element.get("uri"):
            message = "<podcast:socialInteract> has no uri"
            yield Finding(element, message, "give the address of the post to comment on")


def live_item(feed: Feed) -> Iterator[Finding]:
    """A live item that apps cannot announce or play."""
    for item in feed.every("podcast:liveItem"):
        for attribute in ("start", "end"):
            said = item.get(attribute)
            if said and not is_iso8601(said):
                message = f'{attribute}="{said[:40]}" is no date of ISO 8601'
                yield Finding(item, message, "write `2026-03-31T18:00:00Z`", attribute)
        for name, what in (
            ("title", "a title"),
            ("guid", "a guid"),
            ("podcast:contentLink", "a page to watch it on"),
        ):
            if lacks(item, name):
                yield Finding(item, f"the live item has no <{name}>", f"give {what}")


def location(feed: Feed) -> Iterator[Finding]:
    """A place without a name, or with coordinates that are none."""
    for place in feed.every("podcast:location"):
        geo, osm, country = place.get("geo"), place.get("osm"), place.get("country")
        if not place.text:
            yield Finding(place, "the location has no name", "write it between the tags", TEXT)
        if geo and not _GEO.fullmatch(geo[:200]):
            message = f'"{geo[:40]}" is no place as RFC 5870 writes it'
            yield Finding(place, message, "write `geo:52.52,13.405`: latitude first", "geo")
        if osm and not _OSM.fullmatch(osm[:60]):
            message = f'"{osm[:40]}" is no object of OpenStreetMap'
            yield Finding(place, message, "write N, W or R and the number: `R62422`", "osm")
        if country and not re.fullmatch(r"[A-Za-z]{2}", country):
            message = f'"{country[:40]}" is no country of ISO 3166'
            yield Finding(place, message, "write two letters: `de`", "country")


def update_frequency(feed: Feed) -> Iterator[Finding]:
    """A schedule that apps cannot read."""
    for element in feed.every("podcast:updateFrequency"):
        rule, start = element.get("rrule")[:500], element.get("dtstart")
        parts_right = all(_RRULE_PART.fullmatch(part) for part in rule.split(";"))
        if rule and not (parts_right and _FREQUENCY.search(rule)):
            message = f'"{rule[:60]}" is no rule of RFC 5545'
            yield Finding(element, message, "write `FREQ=WEEKLY;BYDAY=TU`", "rrule")
        if start and not is_iso8601(start):
            message = f'dtstart="{start[:40]}" is no date of ISO 8601'
            yield Finding(element, message, "write `2026-03-31T06:00:00Z`", "dtstart")


def is_iso8601(text: str) -> bool:
    """Whether it is a date, or a date and time, of ISO 8601."""
    try:
        datetime.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
