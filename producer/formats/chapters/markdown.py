"""Chapters as a Markdown list, each time a link to the second on YouTube if there is a video."""

from collections.abc import Sequence

from producer.derive.chapters import Chapter
from producer.formats.chapters.context import ChapterContext
from producer.markdown import escape_text
from producer.times import format_clock
from producer.youtube_url import watch_url


def render(chapters: Sequence[Chapter], context: ChapterContext) -> str:
    """One list item a chapter."""
    return "".join(f"- {_time(c, context)} {escape_text(c.title)}\n" for c in chapters)


def _time(chapter: Chapter, context: ChapterContext) -> str:
    clock = format_clock(chapter.start_ms)
    if context.video_id is None:
        return clock
    return f"[{clock}]({watch_url(context.video_id, chapter.start_ms // 1000)})"
