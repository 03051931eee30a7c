"""What goes into a sound file beside the sound, and the two ways to put it there."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Artwork:
    """A picture, as the bytes of an image file; `media_type` is `image/jpeg` or `image/png`."""

    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class ChapterMark:
    """A chapter on the audio timeline, half-open, perhaps with a link."""

    start_ms: int
    end_ms: int
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """What players show of a file. Fields that are empty leave the file's own value alone.

    `date` is an ISO 8601 date; `url` the page to read more.
    """

    title: str
    artist: str = ""
    album: str = ""
    track: int | None = None
    track_total: int | None = None
    season: int | None = None
    date: str = ""
    url: str = ""
    artwork: Artwork | None = None


def tag_mp3(data: bytes, tags: Tags) -> bytes:
    """The bytes of an MP3 file with tags added. Raises AudioError if its own tag is damaged."""
    from producer.audio import tagged_copy  # noqa: PLC0415 - codecs load only when sound is made

    return tagged_copy.tag_mp3(data, tags)


def write_tagged(source: Path, target: Path, tags: Tags, chapters: Sequence[ChapterMark]) -> None:
    """Write `target` as a copy of `source` with tags and chapters inside, not encoded again.

    What `source` is shows in its content, not in its suffix. Its other tags are kept; its own
    chapters are replaced if there are any to replace them. The same input gives the same bytes.
    Raises AudioError, and OSError where `target` cannot be written; it may then hold anything.
    `source` is never touched.
    """
    from producer.audio import tagged_copy  # noqa: PLC0415 - as above

    tagged_copy.write_tagged(source, target, tags, chapters)
