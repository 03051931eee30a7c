"""Rules for addresses: whole, over https, in ASCII."""

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from producer.feed_check.element import Element
from producer.feed_check.feed import Feed
from producer.feed_check.finding import TEXT, Finding

# Attributes and texts that hold the address of something on the web.
_ATTRIBUTES = (
    ("enclosure", "url"),
    ("itunes:image", "href"),
    ("atom:link", "href"),
    ("podcast:transcript", "url"),
    ("podcast:chapters", "url"),
    ("podcast:funding", "url"),
    ("podcast:person", "href"),
    ("podcast:person", "img"),
    ("podcast:license", "url"),
    ("podcast:trailer", "url"),
    ("podcast:image", "href"),
    ("podcast:contentLink", "href"),
    ("podcast:remoteItem", "feedUrl"),
    ("podcast:socialInteract", "accountUrl"),
    ("podcast:follow", "url"),
    ("psc:chapter", "href"),
    ("psc:chapter", "image"),
    ("media:thumbnail", "url"),
)
_TEXTS = ("link", "url", "itunes:new-feed-url")
# What has a rule of its own where it is no address at all.
_OWN_RULE = frozenset({"enclosure", "itunes:image"})
_UNSAFE = re.compile(r"[^\x21-\x7e]|[\"<>\\^`{|}]|%(?![0-9A-Fa-f]{2})")
_SAFE = "!#$%&'()*+,/:;=?@[]~"


def is_absolute(url: str) -> bool:
    """Whether it is an address of the web with a host: http or https, and not only a path."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(host.strip("."))


def invalid(feed: Feed) -> Iterator[Finding]:
    """An address that is none."""
    for element, where, url in addresses(feed):
        if url and element.name not in _OWN_RULE and not is_absolute(url):
            message = f'"{_short(url)}" is no address of the web'
            yield Finding(element, message, "write the whole of it, from https:// on", where)
    for element in feed.every(*_TEXTS):
        # The channel's link and RSS's image have rules of their own for what is empty.
        parent = element.parent.name if element.parent is not None else ""
        own_rule = parent == "image" or (parent == "channel" and element.name == "link")
        if not element.text and not own_rule:
            message = f"<{element.name}> is empty"
            yield Finding(element, message, "give an address, or leave it out", TEXT)


def insecure(feed: Feed) -> Iterator[Finding]:
    """An address over http, which apps block or warn of."""
    for element, where, url in addresses(feed):
        if is_absolute(url) and urlsplit(url).scheme == "http" and not _is_onion(url):
            message = f"{_short(url)} is not loaded over https"
            yield Finding(element, message, "write `https://`: apps block or warn of http", where)


def characters(feed: Feed) -> Iterator[Finding]:
    """An address with characters that must be percent-encoded."""
    for element, where, url in addresses(feed):
        bad = _UNSAFE.search(url) if is_absolute(url) else None
        if bad:
            character = bad.group()
            what = {" ": "a blank", "%": "a % that encodes nothing"}.get(character, character)
            what = what if what.isprintable() else f"U+{ord(character):04X}"
            message = f"an address must not contain {what}"
            yield Finding(element, message, f"write `{_short(encoded(url))}`", where)


def encoded(url: str) -> str:
    """The address in ASCII: the host in Punycode, the rest percent-encoded."""
    parts = urlsplit(url)
    host = parts.netloc
    if not host.isascii():
        try:
            host = host.encode("idna").decode()
        except UnicodeError:
            host = quote(host, safe=_SAFE)
    rest = url.partition("://")[2][len(parts.netloc) :]
    rest = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", rest)
    return f"{parts.scheme}://{host}{quote(rest, safe=_SAFE)}"


def addresses(feed: Feed) -> Iterator[tuple[Element, str, str]]:
    """Every address in the feed: the element, where in it, and the address."""
    for name, attribute in _ATTRIBUTES:
        for element in feed.every(name):
            url = element.get(attribute)
            if url:
                yield element, attribute, url
    for element in feed.every(*_TEXTS):
        if element.text:
            yield element, TEXT, element.text
    for source in feed.every("podcast:source"):
        # Other schemes are what sources are for: ipfs, torrents.
        if source.get("uri").startswith(("http:", "https:")):
            yield source, "uri", source.get("uri")


def _is_onion(url: str) -> bool:
    return (urlsplit(url).hostname or "").endswith(".onion")


def _short(url: str) -> str:
    return url if len(url) <= 80 else f"{url[:80]}..."
