"""What a server should say of each file: its type, and how long caches may keep it.

Targets that keep such things with the file (S3 and its like) are given them; for the others
docs/publishing.md says the same to nginx and Caddy, and a test holds both to this table.
"""

import re
from typing import NamedTuple

from producer.audio.formats import MEDIA_TYPES
from producer.feed.rss import FEED_NAME

# Types by ending. IANA's names where there are any; Podcasting 2.0's for SRT and JSON chapters.
_TYPES = {
    **MEDIA_TYPES,
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
    ".ico": "image/x-icon",
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
    ".json": "application/json",
    ".xml": "application/rss+xml; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".pdf": "application/pdf",
}
_CHAPTERS = "chapters.json"
_CHAPTERS_TYPE = "application/json+chapters"
_UNKNOWN = "application/octet-stream"

FOREVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"
AN_HOUR = "public, max-age=3600"
SHORT = "public, max-age=300"

_MEDIA = (*MEDIA_TYPES, ".mp4", ".webm", ".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg", ".ico")
# `<slug>/<slug>-<8 hex>.<ext>`: the audio of the feed, named after the recording.
_VERSIONED = re.compile(r"(?:.*/)?(?P<slug>[^/]+)/(?P=slug)-[0-9a-f]{8}(?P<ending>\.[a-z0-9]+)")


class Headers(NamedTuple):
    """`Content-Type` and `Cache-Control`."""

    content_type: str
    cache_control: str


def headers_of(path: str) -> Headers:
    """The headers of a file, by its path in the build."""
    return Headers(_content_type(path), _cache_control(path))


def is_media(path: str) -> bool:
    """Whether a file is sound, video or a picture."""
    return _ending(path) in _MEDIA


def is_page(path: str) -> bool:
    """Whether a file is a page for people."""
    return _ending(path) == ".html"


def is_feed(path: str) -> bool:
    """Whether a file is the feed or one of its archives."""
    return "/" not in path and _ending(path) == ".xml"


def is_versioned(path: str) -> bool:
    """Whether another recording would have another path."""
    match = _VERSIONED.fullmatch(path)
    return match is not None and match["ending"] in MEDIA_TYPES


def _content_type(path: str) -> str:
    if path.rpartition("/")[2] == _CHAPTERS:
        return _CHAPTERS_TYPE
    return _TYPES.get(_ending(path), _UNKNOWN)


def _cache_control(path: str) -> str:
    if path == FEED_NAME or is_feed(path) or is_page(path):
        return SHORT
    if is_versioned(path):
        return FOREVER
    return A_DAY if is_media(path) else AN_HOUR


def _ending(path: str) -> str:
    name = path.rpartition("/")[2]
    dot = name.rfind(".")
    return name[dot:].lower() if dot > 0 else ""
