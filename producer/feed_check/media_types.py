"""Types and file extensions of what a feed points to."""

from urllib.parse import urlsplit

# Apple: Podcast RSS feed requirements, <enclosure>; audio/mp4 and audio/m4a are M4A's other names.
ENCLOSURE_TYPES: dict[str, tuple[str, ...]] = {
    "audio/mpeg": ("mp3",),
    "audio/x-m4a": ("m4a",),
    "audio/mp4": ("m4a", "mp4"),
    "audio/m4a": ("m4a",),
    "video/mp4": ("mp4", "m4v"),
    "video/x-m4v": ("m4v",),
    "video/quicktime": ("mov",),
    "application/pdf": ("pdf",),
}
ENCLOSURE_EXTENSIONS = frozenset(ending for row in ENCLOSURE_TYPES.values() for ending in row)
# Podcasting 2.0: transcript.
TRANSCRIPT_TYPES: dict[str, tuple[str, ...]] = {
    "text/vtt": ("vtt",),
    "application/x-subrip": ("srt",),
    "application/srt": ("srt",),
    "application/json": ("json",),
    "text/html": ("html", "htm"),
    "text/plain": ("txt",),
}
CHAPTERS_TYPE = "application/json+chapters"
ARTWORK_EXTENSIONS = frozenset({"jpg", "jpeg", "png"})


def extension(url: str) -> str:
    """The ending of the last part of an address's path, in lower case, without the dot."""
    try:
        name = urlsplit(url.strip()).path.rpartition("/")[2]
    except ValueError:
        return ""
    return name.rpartition(".")[2].lower() if "." in name else ""


def essence(media_type: str) -> str:
    """A media type in lower case, without parameters."""
    return media_type.partition(";")[0].strip().lower()
