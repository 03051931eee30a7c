"""Chapters as CSV (RFC 4180, but with plain line ends) for spreadsheets and editors."""

import csv
import io
from collections.abc import Sequence

from producer.derive.chapters import Chapter
from producer.formats.chapters.context import ChapterContext
from producer.times import format_seconds


def render(chapters: Sequence[Chapter], context: ChapterContext) -> str:
    """A header row, then start and end in seconds and the title."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("start", "end", "title"))
    for chapter in chapters:
        row = format_seconds(chapter.start_ms), format_seconds(chapter.end_ms), chapter.title
        writer.writerow(row)
    return out.getvalue()
