"""Podcasting 2.0 JSON chapters 1.2.0 (podcast-namespace, `chapters/jsonChapters.md`)."""

from collections.abc import Sequence

from producer.derive.chapters import Chapter
from producer.formats.chapters.context import ChapterContext
from producer.formats.indented_json import Json, indented_json
from producer.times import seconds

MEDIA_TYPE = "application/json+chapters"


def render(chapters: Sequence[Chapter], context: ChapterContext) -> str:
    """Times are seconds as JSON numbers, exact to the millisecond."""
    document: dict[str, Json] = {"version": "1.2.0"}
    if context.title:
        document["title"] = context.title
    if context.show_title:
        document["podcastName"] = context.show_title
    document["chapters"] = [
        {"startTime": seconds(c.start_ms), "title": c.title, "endTime": seconds(c.end_ms)}
        for c in chapters
    ]
    return indented_json(document) + "\n"
