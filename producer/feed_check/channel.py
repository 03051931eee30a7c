"""Rules for what the channel must have and should have."""

from collections.abc import Iterator

from producer.feed_check.feed import Feed, lacks, misspelt
from producer.feed_check.finding import Finding

_LIST_MEDIUM = "L"


def rss_version(feed: Feed) -> Iterator[Finding]:
    """RSS of a version that podcast apps do not read."""
    version = feed.root.get("version")
    if version != "2.0":
        said = f'says version "{version}"' if version else "says no version"
        yield Finding(feed.root, f"<rss> {said}", 'write `version="2.0"`', "version")


def one_channel(feed: Feed) -> Iterator[Finding]:
    """A second channel, which apps pass over."""
    for channel in list(feed.root.every("channel"))[1:]:
        yield Finding(channel, "a second <channel>: apps read one", "make it a feed of its own")


def title(feed: Feed) -> Iterator[Finding]:
    """A show without a title."""
    yield from _text_missing(feed, "title", "give the show's name")


def description(feed: Feed) -> Iterator[Finding]:
    """A show without a description."""
    yield from _text_missing(
        feed, "description", "say what the show is about, in up to 4,000 bytes"
    )


def link(feed: Feed) -> Iterator[Finding]:
    """A show without a web page."""
    yield from _text_missing(feed, "link", "give the address of the show's page")


def language(feed: Feed) -> Iterator[Finding]:
    """A show that does not say its language."""
    yield from _text_missing(feed, "language", "write `<language>en</language>`, or what is spoken")


def explicit(feed: Feed) -> Iterator[Finding]:
    """A show that does not say whether it is explicit."""
    # An empty one is a wrong value, and `itunes.explicit` speaks of that.
    if feed.channel.first("itunes:explicit") is None:
        hint = "write `<itunes:explicit>false</itunes:explicit>`, or true"
        yield from _missing(feed, "itunes:explicit", hint)


def image(feed: Feed) -> Iterator[Finding]:
    """A show without artwork."""
    if feed.channel.first("itunes:image") is None:
        hint = (
            'write `<itunes:image href="https://.../cover.jpg"/>`: a square of 1400 to 3000 pixels'
        )
        yield from _missing(feed, "itunes:image", hint)


def category(feed: Feed) -> Iterator[Finding]:
    """A show without a category."""
    if feed.channel.first("itunes:category") is None:
        hint = 'write `<itunes:category text="Education"/>`, or another of Apple\'s list'
        yield from _missing(feed, "itunes:category", hint)


def items(feed: Feed) -> Iterator[Finding]:
    """A feed without an episode; feeds that only point to others have none."""
    lists = feed.medium in {"mixed", "publisher"} or feed.medium[-1:] == _LIST_MEDIUM
    if feed.elements.get("item") or (lists and feed.elements.get("podcast:remoteItem")):
        return
    meant = misspelt(feed.channel, "item")
    if meant is not None:
        message = f"there is no episode in the feed: it is written <{meant.name}>"
        yield Finding(meant, message, "write <item>")
    else:
        message = "there is no episode in the feed"
        yield Finding(feed.channel, message, "add an <item>: a trailer is enough to begin with")


def self_link(feed: Feed) -> Iterator[Finding]:
    """A feed that does not say where it is."""
    self_links = (link for link in feed.channel.every("atom:link") if link.get("rel") == "self")
    if next(self_links, None) is None and misspelt(feed.channel, "atom:link") is None:
        message = 'the channel has no <atom:link rel="self">'
        hint = (
            'write `<atom:link href="https://.../feed.xml" rel="self" type="application/rss+xml"/>`'
        )
        yield Finding(feed.channel, message, hint)


def self_link_differs(feed: Feed) -> Iterator[Finding]:
    """A feed that says it is elsewhere than where it was found."""
    if feed.feed_url and feed.self_url and _plain(feed.feed_url) != _plain(feed.self_url):
        for element in feed.channel.every("atom:link"):
            if element.get("rel") == "self":
                message = f"the feed says that it is at {feed.self_url}, not at {feed.feed_url}"
                hint = "give the address that people subscribe to"
                yield Finding(element, message, hint, "href")
                return


def author(feed: Feed) -> Iterator[Finding]:
    """A show that names nobody who makes it."""
    if lacks(feed.channel, "itunes:author"):
        hint = "write `<itunes:author>`: apps show it below the title"
        yield from _missing(feed, "itunes:author", hint)


def owner_email(feed: Feed) -> Iterator[Finding]:
    """A feed without an address by which Spotify or YouTube could verify whose it is."""
    owner = feed.channel.first("itunes:owner")
    if owner is not None and misspelt(owner, "itunes:email") is not None:
        return
    proofs = ("itunes:email", "googleplay:email", "podcast:txt", "itunes:applepodcastsverify")
    if not any(feed.elements.get(name) for name in proofs):
        message = "there is no address in the feed to verify its owner by"
        hint = "write `<itunes:owner>` with `<itunes:email>`, at least while you submit the show"
        yield Finding(feed.channel, message, hint)


def podcast_guid(feed: Feed) -> Iterator[Finding]:
    """A show without an identity that survives a move."""
    if lacks(feed.channel, "podcast:guid"):
        hint = "write `<podcast:guid>`: the UUIDv5 of the feed's address, kept for life"
        yield from _missing(feed, "podcast:guid", hint)


def locked(feed: Feed) -> Iterator[Finding]:
    """A show that others may import without being asked."""
    if lacks(feed.channel, "podcast:locked"):
        hint = "write `<podcast:locked>yes</podcast:locked>`: hosts then do not copy the feed"
        yield from _missing(feed, "podcast:locked", hint)


def rss_image(feed: Feed) -> Iterator[Finding]:
    """RSS's own image without one of the three elements that it must have."""
    for element in feed.channel.every("image"):
        for name in ("url", "title", "link"):
            child = element.first(name)
            if not child.text if child is not None else lacks(element, name):
                yield Finding(element, f"<image> has no <{name}>", f"add <{name}>, or drop <image>")


def _text_missing(feed: Feed, name: str, hint: str) -> Iterator[Finding]:
    element = feed.channel.first(name)
    if element is None:
        yield from _missing(feed, name, hint)
    elif not element.text and not element.children:
        yield Finding(element, f"the channel's <{name}> is empty", hint)


def _missing(feed: Feed, name: str, hint: str) -> Iterator[Finding]:
    meant = misspelt(feed.channel, name)
    if meant is not None:
        message = f"the channel has no <{name}>: it is written <{meant.name}>"
        yield Finding(meant, message, f"write <{name}>")
    else:
        yield Finding(feed.channel, f"the channel has no <{name}>", hint)


def _plain(url: str) -> str:
    return url.partition("://")[2].rstrip("/").lower()
