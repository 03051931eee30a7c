"""The chapter formats, by the names that `producer chapters --format` takes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from producer.derive.chapters import Chapter
from producer.derive.timeline import Timeline
from producer.formats.chapters import csv, ffmetadata, json, markdown, psc, vtt, youtube
from producer.formats.chapters.context import ChapterContext


@dataclass(frozen=True, slots=True)
class ChapterFormat:
    """How chapters are written, and on which timeline. A renderer's text ends with a line end."""

    render: Callable[[Sequence[Chapter], ChapterContext], str]
    timeline: Timeline


CHAPTER_FORMATS = {
    "youtube": ChapterFormat(youtube.render, Timeline.VIDEO),
    "json": ChapterFormat(json.render, Timeline.AUDIO),
    "psc": ChapterFormat(psc.render, Timeline.AUDIO),
    "vtt": ChapterFormat(vtt.render, Timeline.AUDIO),
    "ffmetadata": ChapterFormat(ffmetadata.render, Timeline.AUDIO),
    "markdown": ChapterFormat(markdown.render, Timeline.VIDEO),
    "csv": ChapterFormat(csv.render, Timeline.VIDEO),
}

__all__ = ["CHAPTER_FORMATS", "ChapterContext", "ChapterFormat"]
