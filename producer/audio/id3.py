"""ID3v2.3 tags with chapters (CHAP and CTOC frames), as MP3 files carry them.

Version 2.3 with UTF-16, because Apple's players lose chapters with long titles in version 2.4.
"""

# mypy: allow-untyped-calls
# (mutagen says that it is typed, but few of its functions are)

import shutil
from collections.abc import Sequence
from io import SEEK_END, BytesIO
from typing import BinaryIO
from urllib.parse import quote

from mutagen.id3 import (
    APIC,
    CHAP,
    CTOC,
    ID3,
    TALB,
    TDRC,
    TIT2,
    TPE1,
    TPOS,
    TRCK,
    WOAF,
    WXXX,
    CTOCFlags,
    Encoding,
    Frame,
    ID3NoHeaderError,
    PictureType,
)

from producer.audio.tags import ChapterMark, Tags

_HEADER_BYTES = 10
_V1_BYTES = 128
# A table of contents counts its entries in one byte.
_MAX_CHAPTERS = 255
# Frames of version 2.4 that iTunes writes into 2.3 too, and players read there.
_SORT_NAMES = ("TSOA", "TSOP", "TSOT")


def copy_mp3(
    source: BinaryIO, target: BinaryIO, tags: Tags, chapters: Sequence[ChapterMark]
) -> None:
    """Copy an MP3 file's audio behind a new tag, which takes over an ID3v1 tag's values too."""
    target.write(render(source, tags, chapters))
    source.seek(_tag_bytes(source))
    shutil.copyfileobj(source, target)
    source.seek(0, SEEK_END)
    if source.tell() > _V1_BYTES:
        source.seek(-_V1_BYTES, SEEK_END)
        if source.read(3) == b"TAG":
            target.truncate(target.tell() - _V1_BYTES)


def render(source: BinaryIO, tags: Tags, chapters: Sequence[ChapterMark]) -> bytes:
    """A whole ID3v2.3 tag: the one that `source` begins with, if any, with ours laid over it."""
    source.seek(0)
    try:
        id3 = ID3(source, translate=False)
    except ID3NoHeaderError:
        id3 = ID3()
    if tags.date:
        for key in ("TYER", "TDAT", "TIME"):
            id3.delall(key)
    if tags.artwork:
        _drop_cover(id3)
    for frame in _frames(tags):
        if not isinstance(frame, APIC):
            id3.delall(frame.FrameID)
        id3.add(frame)
    if chapters:
        _set_chapters(id3, chapters)
    sort_names = [frame for key in _SORT_NAMES for frame in id3.getall(key)]
    id3.update_to_v23()
    for frame in sort_names:
        id3.add(frame)
    rendered = BytesIO()
    id3.save(rendered, v1=0, v2_version=3, padding=lambda _: 0)
    return _chapters_in_order(rendered.getvalue())


def _frames(tags: Tags) -> list[Frame]:
    frames: list[Frame] = [TIT2(encoding=Encoding.UTF16, text=tags.title)]
    for kind, text in (
        (TPE1, tags.artist),
        (TALB, tags.album),
        (TRCK, _number(tags.track, tags.track_total)),
        (TPOS, _number(tags.season, None)),
        (TDRC, tags.date),
    ):
        if text:
            frames.append(kind(encoding=Encoding.UTF16, text=text))
    if tags.url:
        frames.append(WOAF(url=_ascii_url(tags.url)))
    if tags.artwork:
        frames.append(
            APIC(
                encoding=Encoding.LATIN1,
                mime=tags.artwork.media_type,
                type=PictureType.COVER_FRONT,
                desc="Cover",  # pictures with the same description would replace each other
                data=tags.artwork.data,
            )
        )
    return frames


def _drop_cover(id3: ID3) -> None:
    """Leave only the pictures that players do not show as the cover."""
    pictures = id3.getall("APIC")
    covers = (PictureType.OTHER, PictureType.COVER_FRONT)
    id3.setall("APIC", [picture for picture in pictures if picture.type not in covers])


def _number(number: int | None, total: int | None) -> str:
    if number is None:
        return ""
    return f"{number}/{total}" if total else str(number)


def _set_chapters(id3: ID3, chapters: Sequence[ChapterMark]) -> None:
    if len(chapters) > _MAX_CHAPTERS:
        raise ValueError(f"ID3 holds at most {_MAX_CHAPTERS} chapters, not {len(chapters)}")
    id3.delall("CHAP")
    id3.delall("CTOC")
    names = [f"chp{number}" for number in range(len(chapters))]
    flags = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
    id3.add(CTOC(element_id="toc", flags=flags, child_element_ids=names, sub_frames=[]))
    for name, chapter in zip(names, chapters, strict=True):
        sub_frames: list[Frame] = [TIT2(encoding=Encoding.UTF16, text=chapter.title)]
        if chapter.url:
            url = _ascii_url(chapter.url)
            sub_frames.append(WXXX(encoding=Encoding.UTF16, desc="", url=url))
        id3.add(
            CHAP(
                element_id=name,
                start_time=chapter.start_ms,
                end_time=chapter.end_ms,
                # All ones: there are times only, no positions in bytes.
                start_offset=0xFFFFFFFF,
                end_offset=0xFFFFFFFF,
                sub_frames=sub_frames,
            )
        )


def _chapters_in_order(tag: bytes) -> bytes:
    """Put the chapters behind the other frames in the order of time.

    mutagen writes frames in the order of their size, and many players do not ask the CTOC.
    """
    frames = []
    at = _HEADER_BYTES
    while at < len(tag):
        end = at + _HEADER_BYTES + int.from_bytes(tag[at + 4 : at + 8])
        frames.append(tag[at:end])
        at = end
    frames.sort(key=_start_time)
    return tag[:_HEADER_BYTES] + b"".join(frames)


def _start_time(frame: bytes) -> bytes:
    """A chapter frame's start, as bytes that sort like it; nothing for other frames."""
    if not frame.startswith(b"CHAP"):
        return b""
    after_name = frame.index(b"\0", _HEADER_BYTES) + 1
    return frame[after_name : after_name + 4]


def _tag_bytes(source: BinaryIO) -> int:
    """The length of the ID3v2 tag that a file begins with, or 0."""
    source.seek(0)
    header = source.read(_HEADER_BYTES)
    if len(header) < _HEADER_BYTES or not header.startswith(b"ID3"):
        return 0
    size = 0
    for byte in header[6:]:
        size = size << 7 | byte & 0x7F
    footer = _HEADER_BYTES if header[5] & 0x10 else 0
    return _HEADER_BYTES + size + footer


def _ascii_url(url: str) -> str:
    """A URL as ID3 takes it: in ASCII, other letters percent-encoded."""
    return quote(url, safe="!#$%&'()*+,/:;=?@[]~")
