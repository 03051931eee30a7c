"""The documents of a published feed: the feed itself, and the archives that it leads to.

RFC 5005: section 4 (`prev-archive`), and section 3 (`next`) for feeds that are merely in pages.
"""

from collections.abc import Callable, Iterator
from urllib.parse import urljoin, urlsplit

from producer.feed_check.element import Element
from producer.publish.feed_summary import channel_of

_OLDER = ("prev-archive", "next")
# A hundred items each, for a show with ten thousand episodes.
_MOST = 100


def with_archives(path: str, feed: bytes, load: Callable[[str], bytes]) -> Iterator[Element]:
    """The channels of the feed and of its archives, the newest first, each once.

    `load` gets an address as the document before states it. What it raises is not caught: without
    an archive, all of its items would seem to be gone. Raises InputError for what is no feed.
    """
    channel = channel_of(path, feed)
    yield channel
    met = {""}
    while (address := _older(channel)) not in met and len(met) < _MOST:
        met.add(address)
        channel = channel_of(address, load(address))
        yield channel


def address_of(stated: str, feed: str) -> str:
    """The address of an archive, as stated in the feed at another, whose login is good for both."""
    url = urljoin(feed, stated)
    parts, own = urlsplit(url), urlsplit(feed)
    login, at, host = own.netloc.rpartition("@")
    if at and (parts.scheme, parts.netloc) == (own.scheme, host):
        return parts._replace(netloc=f"{login}@{host}").geturl()
    return url


def _older(channel: Element) -> str:
    """Where a document says that older items are; empty where it does not."""
    named = {link.get("rel"): link.get("href") for link in channel.every("atom:link")}
    return next((named[relation] for relation in _OLDER if named.get(relation)), "")
