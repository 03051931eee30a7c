"""Ogg (Opus, Vorbis, FLAC) and FLAC files with Vorbis comments, chapters among them."""

# mypy: allow-untyped-calls
# (mutagen says that it is typed, but few of its functions are)

import base64
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import mutagen
from mutagen.flac import FLAC, Picture
from mutagen.id3 import PictureType
from mutagen.oggflac import OggFLAC
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis

from producer.audio.tags import Artwork, ChapterMark, Tags
from producer.times import format_timestamp

_OGG_KINDS = (OggOpus, OggVorbis, OggFLAC)
_CHAPTER_KEY = re.compile(r"CHAPTER\d{3}(?:NAME|URL)?", re.IGNORECASE)
_PICTURE_KEY = "METADATA_BLOCK_PICTURE"
# Their numbers have three digits.
_MAX_CHAPTERS = 1000


def copy_vorbis(source: Path, target: Path, tags: Tags, chapters: Sequence[ChapterMark]) -> None:
    """Copy the file, then write the comments of the copy."""
    if len(chapters) > _MAX_CHAPTERS:
        raise ValueError(f"Vorbis comments hold at most {_MAX_CHAPTERS} chapters")
    shutil.copyfile(source, target)
    # FLAC apart: it would be taken for any file with its suffix.
    with source.open("rb") as start:
        kinds = _OGG_KINDS if start.read(4) == b"OggS" else (FLAC,)
    file = mutagen.File(target, options=kinds)
    if file is None:
        raise ValueError("only Opus, Vorbis and FLAC are supported in Ogg")
    if file.tags is None:
        file.add_tags()
    comments: Any = file.tags
    comments.update(_comments(tags))
    if chapters:
        for key in filter(_CHAPTER_KEY.fullmatch, comments.keys()):
            del comments[key]
        comments.update(_chapter_comments(chapters))
    if tags.artwork:
        _set_cover(file, _picture(tags.artwork))
    file.save(padding=lambda _: 0)


def _comments(tags: Tags) -> dict[str, str]:
    comments = {
        "TITLE": tags.title,
        "ARTIST": tags.artist,
        "ALBUM": tags.album,
        "TRACKNUMBER": _number(tags.track),
        "TRACKTOTAL": _number(tags.track_total),
        "DISCNUMBER": _number(tags.season),
        "DATE": tags.date,
        "URL": tags.url,
    }
    return {key: value for key, value in comments.items() if value}


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _chapter_comments(chapters: Sequence[ChapterMark]) -> dict[str, str]:
    """Starts, titles and links; there is no place for ends, which are the next one's starts."""
    comments = {}
    for number, chapter in enumerate(chapters):
        key = f"CHAPTER{number:03}"
        comments[key] = format_timestamp(chapter.start_ms)
        comments[f"{key}NAME"] = chapter.title
        if chapter.url:
            comments[f"{key}URL"] = chapter.url
    return comments


def _picture(artwork: Artwork) -> Picture:
    picture = Picture()
    picture.type = PictureType.COVER_FRONT
    picture.mime = artwork.media_type
    picture.data = artwork.data
    return picture


def _set_cover(file: mutagen.FileType, cover: Picture) -> None:
    """Put the cover before other pictures, in place of the cover that is there."""
    if isinstance(file, FLAC):
        others = [picture for picture in file.pictures if picture.type != cover.type]
        file.clear_pictures()
        for picture in (cover, *others):
            file.add_picture(picture)
    else:
        comments: Any = file.tags
        others = [text for text in comments.get(_PICTURE_KEY, []) if not _is_cover(text)]
        comments[_PICTURE_KEY] = [base64.b64encode(cover.write()).decode("ascii"), *others]


def _is_cover(comment: str) -> bool:
    """Whether a picture in base64 is a front cover: its first 32 bits are its type."""
    try:
        kind = base64.b64decode(comment)[:4]
    except ValueError:
        return False
    return int.from_bytes(kind) == PictureType.COVER_FRONT
