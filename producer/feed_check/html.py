"""Rules for HTML in texts: what apps refuse, and what carries script."""

import html
import re
from collections.abc import Iterator

from producer.feed_check.element import Element
from producer.feed_check.feed import Feed
from producer.feed_check.finding import TEXT, Finding
from producer.feed_check.schema import TEXT_ONLY

_RICH = ("description", "content:encoded", "itunes:summary")
_PLAIN = ("title", "itunes:title", "itunes:author", "itunes:subtitle")
# What runs, or loads what runs.
_SCRIPTED = frozenset({"script", "iframe", "object", "embed", "applet", "frame", "frameset"})
# What is of a page, a form or a player: apps drop it, some with all that follows.
_REFUSED = frozenset(
    {
        *("html", "head", "body", "base", "link", "meta", "style", "title"),
        *("form", "input", "button", "select", "option", "textarea", "label", "fieldset"),
        *("audio", "video", "source", "track", "canvas", "svg", "math", "map", "area"),
        *("marquee", "blink", "template", "slot", "dialog", "noscript", "portal"),
    }
)
# Tags that only HTML has, so that text with them inside is HTML beyond doubt.
_KNOWN = (
    "p|br|a|b|i|em|strong|ul|ol|li|h[1-6]|div|span|blockquote|img|code|pre|hr|u|s|small|sub|sup"
)
_TAG = re.compile(r"<([A-Za-z][A-Za-z0-9:-]{0,40})((?:\s[^<>]*)?)/?>")
_KNOWN_TAG = re.compile(rf"</?(?:{_KNOWN})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ESCAPED_TAG = re.compile(rf"&lt;/?(?:{_KNOWN})(?:\s[^<>&]*)?/?&gt;", re.IGNORECASE)
_HANDLER = re.compile(r"[\s\"'/](on[a-z]{3,30})\s*=", re.IGNORECASE)
_QUOTED = re.compile(r"""(?<==)\s*(?:"[^"]*"|'[^']*')""")
_ADDRESS = re.compile(r"""\b(href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{1,7}|#x[0-9a-f]{1,6});", re.I)
_ACTIVE = ("javascript:", "vbscript:", "data:text/html")
_BLANKS = re.compile(r"[\x00-\x20]+")


def script(feed: Feed) -> Iterator[Finding]:
    """HTML that carries script."""
    for element in feed.every(*_RICH, *_PLAIN):
        found = next(_scripts(element.raw_text), "")
        if found:
            message = f"the text carries {found}: apps refuse it, or worse, run it"
            yield Finding(element, message, "take it out; link to the page instead", TEXT)


def _scripts(text: str) -> Iterator[str]:
    for name, attributes in _TAG.findall(text):
        if name.lower() in _SCRIPTED:
            yield f"<{name.lower()}>"
        handler = _HANDLER.search(_QUOTED.sub('""', attributes))
        if handler:
            yield f"a script in {handler.group(1)}"
        for _, address in _addresses(attributes):
            bare = _BLANKS.sub("", html.unescape(address)).lower()
            if bare.startswith(_ACTIVE):
                yield f"a script in an address ({bare[:20]})"


def refused(feed: Feed) -> Iterator[Finding]:
    """HTML of pages, forms and players, which apps drop."""
    for element in feed.every(*_RICH):
        names = (name.lower() for name, _ in _TAG.findall(element.raw_text))
        found = next((name for name in names if name in _REFUSED), "")
        if found:
            message = f"apps do not show <{found}>"
            hint = "keep to <p>, <br>, <a>, <ul>, <ol>, <li>, <b>, <i>, <strong>, <em>"
            yield Finding(element, message, hint, TEXT)


def in_title(feed: Feed) -> Iterator[Finding]:
    """HTML in a text that is shown as it is."""
    for element in feed.every(*_PLAIN):
        tag = _KNOWN_TAG.search(element.raw_text)
        reference = _REFERENCE.search(element.raw_text)
        found = tag or reference
        if found and not next(_scripts(element.raw_text), ""):
            message = f"<{element.name}> is no HTML: people see {found.group()[:40]} as it stands"
            hint = "write the text alone" if tag else "escape it once: `&amp;` for an ampersand"
            yield Finding(element, message, hint, TEXT)


def unescaped(feed: Feed) -> Iterator[Finding]:
    """HTML that stands in the feed as elements of its own."""
    for element in feed.every(*TEXT_ONLY):
        if element.children:
            inner = element.children[0].name
            message = f"<{inner}> inside <{element.name}> is not escaped: apps lose the text"
            yield Finding(element.children[0], message, "put the HTML into `<![CDATA[`...`]]>`")


def escaped_twice(feed: Feed) -> Iterator[Finding]:
    """HTML of which people see the tags."""
    for element in feed.every(*_RICH):
        text = element.raw_text
        if _ESCAPED_TAG.search(text) and not _TAG.search(text):
            message = "the HTML is escaped twice: people see its tags"
            yield Finding(
                element, message, "escape it once, or put it into `<![CDATA[`...`]]>`", TEXT
            )


def relative_link(feed: Feed) -> Iterator[Finding]:
    """A link or picture whose address needs a page to count from."""
    for element in feed.every(*_RICH):
        address = next(_relative(element), "")
        if address:
            message = f'"{address[:60]}" leads nowhere: a feed has no page to count from'
            yield Finding(element, message, "write the whole address, from https:// on", TEXT)


def _relative(element: Element) -> Iterator[str]:
    for _, attributes in _TAG.findall(element.raw_text):
        for _, address in _addresses(attributes):
            plain = html.unescape(address).strip()
            if plain and not plain.startswith("#") and not re.match(r"[A-Za-z][\w+.-]*:", plain):
                yield plain


def _addresses(attributes: str) -> Iterator[tuple[str, str]]:
    for name, double, single, bare in _ADDRESS.findall(attributes):
        yield name, double or single or bare
