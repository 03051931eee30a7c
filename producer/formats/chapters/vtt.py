"""Chapters as WebVTT, for `<track kind="chapters">`."""

from collections.abc import Sequence

from producer.derive.chapters import Chapter
from producer.formats.chapters.context import ChapterContext
from producer.formats.webvtt import block, escape


def render(chapters: Sequence[Chapter], context: ChapterContext) -> str:
    """One cue a chapter."""
    return "WEBVTT\n" + "".join(block(c.start_ms, c.end_ms, escape(c.title)) for c in chapters)
