"""M4A files with iTunes tags, and with chapters as Nero's list and as QuickTime's text track."""

# mypy: allow-untyped-calls
# (mutagen says that it is typed, but few of its functions are)

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from mutagen.mp4 import MP4, MP4Cover, MP4FreeForm, MP4Tags

from producer.audio.decode import open_sound
from producer.audio.tags import Artwork, ChapterMark, Tags

_URL_KEY = "----:com.apple.iTunes:URL"
_COVER_FORMATS = {"image/jpeg": MP4Cover.FORMAT_JPEG, "image/png": MP4Cover.FORMAT_PNG}
# Index first, so that playing starts at once; no date and no version of the muxer.
_MUXER_OPTIONS = {"movflags": "faststart", "fflags": "+bitexact"}
_MILLISECOND = Fraction(1, 1000)


def copy_mp4(source: Path, target: Path, tags: Tags, chapters: Sequence[ChapterMark]) -> None:
    """Copy the packets of an M4A's sound into a new file, then tag that."""
    _copy_sound(source, target, chapters)
    old, new = MP4(source), MP4(target)
    if new.tags is None:
        new.add_tags()
    values: Any = new.tags
    values.update(old.tags or {})
    _set_tags(values, tags)
    new.save(padding=lambda _: 0)


def _copy_sound(source: Path, target: Path, chapters: Sequence[ChapterMark]) -> None:
    with (
        open_sound(source) as sound,
        av.open(f"file:{target}", "w", format="ipod", options=_MUXER_OPTIONS) as copy,
    ):
        stream = copy.add_stream_from_template(sound.stream)
        stream.metadata.update(sound.stream.metadata)
        copy.set_chapters(_without_gap(chapters) or sound.container.chapters())
        for packet in sound.container.demux(sound.stream):
            if packet.size:
                packet.stream = stream
                copy.mux(packet)


def _without_gap(chapters: Sequence[ChapterMark]) -> list[Any]:
    """The chapters as PyAV takes them, with an untitled one up to a later first start.

    A text track has no gaps: without it the first chapter would start at 0.
    """
    marks = list(chapters)
    if marks and marks[0].start_ms:
        marks.insert(0, ChapterMark(0, marks[0].start_ms, ""))
    return [
        {
            "id": number,
            "start": mark.start_ms,
            "end": mark.end_ms,
            "time_base": _MILLISECOND,
            "metadata": {"title": mark.title},
        }
        for number, mark in enumerate(marks)
    ]


def _set_tags(mp4: MP4Tags, tags: Tags) -> None:
    values = {
        "\xa9nam": tags.title,
        "\xa9ART": tags.artist,
        "\xa9alb": tags.album,
        "\xa9day": tags.date,
    }
    mp4.update({key: [value] for key, value in values.items() if value})
    if tags.track is not None:
        mp4["trkn"] = [(tags.track, tags.track_total or 0)]
    if tags.season is not None:
        mp4["disk"] = [(tags.season, 0)]
    if tags.url:
        mp4[_URL_KEY] = [MP4FreeForm(tags.url.encode())]
    if tags.artwork:
        mp4["covr"] = [_cover(tags.artwork)]


def _cover(artwork: Artwork) -> MP4Cover:
    try:
        return MP4Cover(artwork.data, _COVER_FORMATS[artwork.media_type])
    except KeyError:
        raise ValueError(f"M4A takes JPEG and PNG artwork, not {artwork.media_type}") from None
