"""FFmpeg's metadata file (ffmpeg-formats, section "Metadata")."""

import re
from collections.abc import Sequence

from producer.derive.chapters import Chapter
from producer.formats.chapters.context import ChapterContext


def render(chapters: Sequence[Chapter], context: ChapterContext) -> str:
    """Chapters in milliseconds, with the episode's title as the file's."""
    parts = [";FFMETADATA1\n"]
    if context.title:
        parts.append(f"title={_escape(context.title)}\n")
    parts.extend(
        f"[CHAPTER]\nTIMEBASE=1/1000\nSTART={c.start_ms}\nEND={c.end_ms}\ntitle={_escape(c.title)}\n"
        for c in chapters
    )
    return "".join(parts)


def _escape(text: str) -> str:
    return re.sub(r"([=;#\\\n])", r"\\\1", text)
