"""Rules for transcripts: types, and the file names that go with them."""

from collections.abc import Iterator
from difflib import get_close_matches

from producer.feed_check.feed import Feed
from producer.feed_check.finding import Finding
from producer.feed_check.media_types import TRANSCRIPT_TYPES, essence, extension

_MEANT = {
    "text/srt": "application/x-subrip",
    "application/x-srt": "application/x-subrip",
    "text/x-subrip": "application/x-subrip",
    "application/vtt": "text/vtt",
    "text/webvtt": "text/vtt",
    "text/json": "application/json",
}
_TYPE_OF = {ending: kind for kind, row in reversed(TRANSCRIPT_TYPES.items()) for ending in row}


def media_type(feed: Feed) -> Iterator[Finding]:
    """A transcript of a type that apps do not read."""
    for transcript in feed.every("podcast:transcript"):
        kind = essence(transcript.get("type"))
        if kind and kind not in TRANSCRIPT_TYPES:
            near = get_close_matches(kind, TRANSCRIPT_TYPES, 1, 0.8)
            ending = extension(transcript.get("url"))
            meant = _MEANT.get(kind) or _TYPE_OF.get(ending) or (near[0] if near else "text/vtt")
            message = f'"{kind[:60]}" is no type of transcript that apps read'
            yield Finding(transcript, message, f'write `type="{meant}"`', "type")


def file_extension(feed: Feed) -> Iterator[Finding]:
    """A transcript whose type and file name disagree."""
    for transcript in feed.every("podcast:transcript"):
        kind, ending = essence(transcript.get("type")), extension(transcript.get("url"))
        if kind in TRANSCRIPT_TYPES and ending in _TYPE_OF and ending not in TRANSCRIPT_TYPES[kind]:
            message = f"the transcript's type is {kind}, but its file name ends in .{ending}"
            hint = f'write `type="{_TYPE_OF[ending]}"`, or name the right file'
            yield Finding(transcript, message, hint, "type")
