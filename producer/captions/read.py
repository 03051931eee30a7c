"""Captions from a file in any of the formats of `producer.imports`."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from producer.captions.caption import Caption
from producer.io.files import read_bytes

if TYPE_CHECKING:
    from producer.imports import ImportedLine, ImportedTranscript

# Of several files of an episode's name, the first: what `fetch` kept before what was exported.
CAPTION_SUFFIXES = (".json", ".vtt", ".srt", ".txt")


def read_captions(path: Path) -> tuple[Caption, ...]:
    """The captions of a file. Raises ImportFileError, and InputError where it cannot be read."""
    from producer.imports import read_transcript  # noqa: PLC0415 - few builds read captions

    return captions(read_transcript(str(path), read_bytes(path)))


def find_captions(folders: Iterable[Path], slug: str) -> Path | None:
    """The file with an episode's captions: named after its slug, in the first folder with one."""
    named = (folder / f"{slug}{suffix}" for folder in folders for suffix in CAPTION_SUFFIXES)
    return next((path for path in named if path.is_file()), None)


def captions(transcript: "ImportedTranscript") -> tuple[Caption, ...]:
    """A transcript as captions, one a word where the words have times.

    What has no time goes on in the caption before it; before the first time, it starts at 0.
    """
    found: list[Caption] = []
    for line in transcript.lines:
        if line.start_ms is None:
            before = found.pop() if found else Caption(0, "")
            found.append(Caption(before.start_ms, f"{before.text} {line.text}".strip()))
        elif _has_all_words(line):
            found.extend(Caption(word.start_ms, word.text, word.end_ms) for word in line.words)
        else:
            found.append(Caption(line.start_ms, line.text, line.end_ms))
    return tuple(found)


def _has_all_words(line: "ImportedLine") -> bool:
    """Whether the words with times are the whole line."""
    return "".join("".join(word.text for word in line.words).split()) == "".join(line.text.split())
