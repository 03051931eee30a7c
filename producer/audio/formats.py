"""Which sound files there are, by their suffix, and what they are called in HTTP and feeds."""

from pathlib import Path

MEDIA_TYPES = {
    ".mp3": "audio/mpeg",
    ".m4a": "audio/x-m4a",  # the name that Apple's feed validator knows
    ".opus": "audio/ogg",
    ".ogg": "audio/ogg",
    ".flac": "audio/flac",
    ".wav": "audio/wav",
}
SUFFIXES = tuple(MEDIA_TYPES)


def media_type(path: Path) -> str:
    """The media type of a sound file, by its suffix in any case. ValueError for other files."""
    try:
        return MEDIA_TYPES[path.suffix.lower()]
    except KeyError:
        raise ValueError(f"not a sound file: {path.name!r}") from None
