"""Copies of sound files with tags and chapters: which container takes them in which way."""

import errno
import os
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import av
import mutagen

from producer.audio import id3, mp4, vorbis, wave
from producer.audio.decode import open_sound
from producer.audio.tags import ChapterMark, Tags
from producer.errors import AudioError

# What the libraries raise on damaged files and values that do not fit; mutagen's own error does
# not cover all that it stumbles over.
_FAILURES = (
    mutagen.MutagenError,
    av.FFmpegError,
    OSError,
    ValueError,
    LookupError,
    struct.error,
)
_OF_THE_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO}


def tag_mp3(data: bytes, tags: Tags) -> bytes:
    """See `producer.audio.tags.tag_mp3`."""
    target = BytesIO()
    with tagging(f"clip {tags.title!r}"):
        id3.copy_mp3(BytesIO(data), target, tags, ())
    return target.getvalue()


def write_tagged(source: Path, target: Path, tags: Tags, chapters: Sequence[ChapterMark]) -> None:
    """See `producer.audio.tags.write_tagged`."""
    with open_sound(source) as sound:
        container = sound.container.format.name
    with tagging(str(source)):
        if "mp4" in container:
            mp4.copy_mp4(source, target, tags, chapters)
        elif container in {"ogg", "flac"}:
            vorbis.copy_vorbis(source, target, tags, chapters)
        else:
            copy = {"mp3": id3.copy_mp3, "wav": wave.copy_wave}[container]
            with source.open("rb") as old, target.open("wb") as new:
                copy(old, new, tags, chapters)


@contextmanager
def tagging(name: str) -> Iterator[None]:
    """Raise an AudioError for what goes wrong in the block; an OSError if it is the disk.

    `name` is the file or clip that the block writes tags into.
    """
    try:
        yield
    except _FAILURES as error:
        if (number := _disk_errno(error)) is not None:
            raise OSError(number, os.strerror(number)) from error
        reason = " ".join(str(error).split()) or type(error).__name__
        raise AudioError(
            f"{name}: the tags cannot be written: {reason}",
            hint="export the audio again without tags, and try that",
        ) from error


def _disk_errno(error: BaseException | None) -> int | None:
    """The error of a full or failing disk, which says nothing of the sound; None for others.

    Libraries wrap it in errors of their own.
    """
    while error is not None:
        number = getattr(error, "errno", None)
        if number in _OF_THE_DISK:
            return int(number)
        error = error.__cause__ or error.__context__
    return None
