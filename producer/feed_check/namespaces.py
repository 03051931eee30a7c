"""The namespaces that podcast feeds use, under the prefixes that everybody knows them by."""

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"

NAMESPACES = {
    "itunes": ITUNES,
    "podcast": PODCAST,
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "psc": "http://podlove.org/simple-chapters",
    "googleplay": "http://www.google.com/schemas/play-podcasts/1.0",
    "media": "http://search.yahoo.com/mrss/",
    "spotify": "http://www.spotify.com/ns/rss",
    "dc": "http://purl.org/dc/elements/1.1/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
}
# Namespaces that are the same as one above (for podcast: by its own specification).
_ALIASES = {
    "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast",
    "http://search.yahoo.com/mrss": "media",
    "http://podlove.org/simple-chapters/": "psc",
    "http://backend.userland.com/rss2": "",
    "": "",
}
PREFIXES = {**{uri: prefix for prefix, uri in NAMESPACES.items()}, **_ALIASES}
# Prefixes that nobody uses for anything else, so that another address is a mistake.
_UNMISTAKABLE = frozenset({"itunes", "podcast", "googleplay", "psc", "spotify"})
_SHAPES = {uri: prefix for uri, prefix in PREFIXES.items() if uri and prefix}


def meant_by(prefix: str, uri: str) -> str:
    """The known prefix whose namespace a wrong address was meant to be; empty where none was."""
    if uri in PREFIXES:
        return ""
    if prefix in _UNMISTAKABLE:
        return prefix
    return _BY_SHAPE.get(_shape(uri), "")


def _shape(uri: str) -> str:
    """What is left of an address when the usual mistakes do not count."""
    return uri.strip().lower().partition("://")[2].removeprefix("www.").rstrip("/#")


_BY_SHAPE = {_shape(uri): prefix for uri, prefix in _SHAPES.items()}
