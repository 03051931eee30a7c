"""How long a post may be on each platform, counted as the platform counts."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

_URL = re.compile(r"https?://\S+")
# What X and Mastodon take for an address without its scheme: a name with a domain behind it.
_BARE_URL = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?:/\S*)?")
_MAYBE_BARE_URL = re.compile(r"\w\.[^\W\d_]{2}")
_URL_LENGTH = 23
# twitter-text 3, configuration v3: these count two, all others one.
_HEAVY = re.compile("[^\0-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
# Characters of which no two make one: no marks, no joiners, no Hangul, not the end of a line.
_SINGLE = re.compile("[\n -\u02ff\u0400-\u0482\u2010-\u2027\u20ac]*")


@dataclass(frozen=True, slots=True)
class Platform:
    """Where posts go: its key, and how many of what `measure` counts a post may have."""

    name: str
    limit: int
    measure: Callable[[str], int]


def graphemes(text: str) -> list[str]:
    """The characters as readers see them (UAX 29): an emoji of many code points is one."""
    return list(text) if _SINGLE.fullmatch(text) else _grapheme().findall(text)


def grapheme_length(text: str) -> int:
    """Bluesky: 300 graphemes (`maxGraphemes` of app.bsky.feed.post), addresses whole."""
    return len(text) if _SINGLE.fullmatch(text) else len(_grapheme().findall(text))


@cache
def _grapheme() -> Any:
    import regex  # noqa: PLC0415 - most posts do without, and it is large

    return regex.compile(r"\X")


def mastodon_length(text: str) -> int:
    """Mastodon: 500 characters, every address 23 (docs.joinmastodon.org, "Posting")."""
    return grapheme_length(_URL.sub("u" * _URL_LENGTH, text))


def x_length(text: str) -> int:
    """X: 280 by weight, every address 23, emoji and East Asian letters two.

    Never less than X counts: an emoji of several code points may weigh more here.
    """
    text = _URL.sub("u" * _URL_LENGTH, text)
    if "." in text and _MAYBE_BARE_URL.search(text):
        text = _BARE_URL.sub(lambda m: m[0].ljust(_URL_LENGTH, "u"), text)
    return len(text) + (0 if text.isascii() else len(_HEAVY.findall(text)))


def utf16_length(text: str) -> int:
    """LinkedIn: 3,000 characters as JavaScript counts them."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


PLATFORMS = (
    Platform("x", 280, x_length),
    Platform("linkedin", 3000, utf16_length),
    Platform("mastodon", 500, mastodon_length),
    Platform("bluesky", 300, grapheme_length),
)
