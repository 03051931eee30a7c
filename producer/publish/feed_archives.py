"""The documents of a published feed: the feed itself, and the archives that it leads to.

RFC 5005: section 4 (`prev-archive`), and section 3 (`next`) for feeds that are merely in pages.
"""

from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from producer.feed_check.parse import parse

_OLDER = ("prev-archive", "next")
# A hundred items each, for a show with ten thousand episodes.
_MOST = 100


def with_archives(path: str, feed: bytes, load: Callable[[str], bytes]) -> list[bytes]:
    """The feed and its archives, the newest first, each once.

    `load` gets an address as the document before states it. What it raises is not caught: without
    an archive, all of its items would seem to be gone.
    """
    documents, met = [feed], {""}
    while (address := _older(path, documents[-1])) not in met and len(documents) < _MOST:
        met.add(address)
        documents.append(load(address))
    return documents


def address_of(stated: str, feed: str) -> str:
    """The address of an archive, as stated in the feed at another, whose login is good for both."""
    url = urljoin(feed, stated)
    parts, own = urlsplit(url), urlsplit(feed)
    login, at, host = own.netloc.rpartition("@")
    if at and (parts.scheme, parts.netloc) == (own.scheme, host):
        return parts._replace(netloc=f"{login}@{host}").geturl()
    return url


def _older(path: str, data: bytes) -> str:
    """Where a document says that older items are; empty where it does not."""
    root = parse(path, data).root
    channel = root.first("channel") if root is not None else None
    if channel is None:
        return ""
    named = {link.get("rel"): link.get("href") for link in channel.every("atom:link")}
    return next((named[relation] for relation in _OLDER if named.get(relation)), "")
