"""The list for a YouTube description: `0:00 Title`, one chapter a line.

The chapters must have been through `derive.youtube_chapters`, which makes them fit for it.
"""

from collections.abc import Sequence

from producer.derive.chapters import Chapter
from producer.formats.chapters.context import ChapterContext
from producer.times import format_clock


def render(chapters: Sequence[Chapter], context: ChapterContext) -> str:
    """Times in one style down the list: with hours in all if the last needs them."""
    with_hours = bool(chapters) and chapters[-1].start_ms >= 3_600_000
    return "".join(f"{format_clock(c.start_ms, hours=with_hours)} {c.title}\n" for c in chapters)
