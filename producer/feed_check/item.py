"""Rules for what an episode must have and should have."""

from collections.abc import Callable, Iterator

from producer.feed_check.element import Element
from producer.feed_check.feed import Feed, lacks, misspelt
from producer.feed_check.finding import Finding


def title(feed: Feed) -> Iterator[Finding]:
    """An episode without a title."""
    for item in feed.items:
        element = item.first("title")
        if element is None:
            yield _missing(item, "title", "give the episode's name")
        elif not element.text and not element.children:
            yield Finding(element, "the episode's <title> is empty", "give the episode's name")


def enclosure(feed: Feed) -> Iterator[Finding]:
    """An episode with nothing to play."""
    for item in feed.items:
        if item.first("enclosure") is None:
            hint = 'write `<enclosure url="..." length="bytes" type="audio/mpeg"/>`'
            yield _missing(item, "enclosure", hint)


def guid(feed: Feed) -> Iterator[Finding]:
    """An episode without an identity."""
    for item in feed.items:
        element = item.first("guid")
        hint = "give one that never changes: apps tell episodes apart by it"
        if element is None:
            yield _missing(item, "guid", hint)
        elif not element.text:
            yield Finding(element, "the episode's <guid> is empty", hint)


def date(feed: Feed) -> Iterator[Finding]:
    """An episode without a date."""
    for item in feed.items:
        if item.first("pubDate") is None:
            hint = "write `<pubDate>Tue, 31 Mar 2026 06:00:00 +0000</pubDate>`: apps sort by it"
            yield _missing(item, "pubDate", hint)


def description(feed: Feed) -> Iterator[Finding]:
    """Episodes that do not say what they are about."""

    def without(item: Element) -> bool:
        names = ("description", "content:encoded", "itunes:summary")
        texts = [element for name in names for element in item.every(name)]
        written = any(element.text or element.children for element in texts)
        return not written and misspelt(item, "description") is None

    hint = "write <description>: apps show and search it"
    yield from _lacking(feed, without, "description", hint)


def duration(feed: Feed) -> Iterator[Finding]:
    """Episodes that do not say how long they are."""

    def without(item: Element) -> bool:
        return lacks(item, "itunes:duration")

    yield from _lacking(feed, without, "duration", "write <itunes:duration> in seconds")


def transcript(feed: Feed) -> Iterator[Finding]:
    """Episodes that cannot be read."""

    def without(item: Element) -> bool:
        return lacks(item, "podcast:transcript")

    hint = "add <podcast:transcript>: VTT serves most apps, Apple's among them"
    yield from _lacking(feed, without, "transcript", hint)


def _lacking(
    feed: Feed, without: Callable[[Element], bool], what: str, hint: str
) -> Iterator[Finding]:
    """One finding for all episodes, at the first of them: advice should not fill the screen."""
    found = [item for item in feed.items if without(item)]
    if found:
        verb = "has" if len(found) == 1 else "have"
        message = f"{len(found)} of {len(feed.items)} episodes {verb} no {what}"
        yield Finding(found[0], message, hint)


def _missing(item: Element, name: str, hint: str) -> Finding:
    meant = misspelt(item, name)
    if meant is not None:
        return Finding(
            meant, f"the episode has no <{name}>: it is written <{meant.name}>", f"write <{name}>"
        )
    return Finding(item, f"the episode has no <{name}>", hint)
