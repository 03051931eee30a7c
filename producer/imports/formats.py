"""The table of formats, and which one a file is in."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from producer.imports import (
    captions_json,
    docx,
    listing,
    otter,
    podcast_json,
    srt,
    webvtt,
    whisper,
    youtube_copy,
)
from producer.imports.content import Content
from producer.imports.model import ImportedTranscript, ImportFileError, Reading


@dataclass(frozen=True, slots=True)
class Format:
    """A format: file endings, whether a content is in it, and its reader.

    `read` raises ImportFileError. `has_paragraphs` says whether people set its paragraphs.
    """

    suffixes: tuple[str, ...]
    sniff: Callable[[Content], bool]
    read: Callable[[Content], Reading]
    has_paragraphs: bool = False


# Asked in this order, the strictest first.
FORMATS = {
    "docx": Format((".docx",), docx.sniff, docx.read, has_paragraphs=True),
    "captions": Format((".json",), captions_json.sniff, captions_json.read),
    "podcast": Format((".json",), podcast_json.sniff, podcast_json.read),
    "whisper": Format((".json",), whisper.sniff, whisper.read),
    "vtt": Format((".vtt",), webvtt.sniff, webvtt.read),
    "srt": Format((".srt",), srt.sniff, srt.read),
    "listing": Format((".txt",), listing.sniff, listing.read),
    "otter": Format((".txt",), otter.sniff, otter.read, has_paragraphs=True),
    "youtube": Format((".txt",), youtube_copy.sniff, youtube_copy.read),
}
# These endings leave no doubt: where the content is nothing else either, their reader says why.
_CERTAIN = {".docx": "docx", ".vtt": "vtt", ".srt": "srt"}


def read_transcript(name: str, data: bytes) -> ImportedTranscript:
    """Read a transcript or captions; `name` is the file as messages show it.

    Raises ImportFileError, in a line that names the place, for an unknown format, an unknown
    encoding, and a file that is malformed beyond what may be left out with a note.
    """
    content = Content(name, data)
    kind = _kind(content)
    chosen = FORMATS[kind]
    reading = chosen.read(content)
    if not reading.entries:
        first = f" ({reading.problems[0]})" if reading.problems else ""
        raise content.error(f"there is no text in it{first}", "is it the right file?")
    return ImportedTranscript(
        reading.entries, reading.language, kind, chosen.has_paragraphs, reading.problems
    )


def _kind(content: Content) -> str:
    """Which format: by the content, and by the ending only where the content says nothing."""
    found = next((kind for kind, each in FORMATS.items() if each.sniff(content)), None)
    suffix = PurePath(content.name).suffix.lower()
    if found is None:
        found = _CERTAIN.get(suffix)
    if found is None:
        raise _unknown(content)
    return found


def _unknown(content: Content) -> ImportFileError:
    if not content.data.strip():
        return content.error("the file is empty", "is it the right file?")
    if content.json is not None:
        return content.error(
            "JSON, but none of a transcript",
            "known are Podcasting 2.0, Whisper, WhisperX, and the files of producer fetch",
        )
    return content.error(
        "not a transcript in a known format",
        "known are .vtt, .srt, .json, .docx, Otter's text, and captions as `1:23 text`",
    )
