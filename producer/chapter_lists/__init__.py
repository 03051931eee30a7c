"""Lists of chapters that people and programs write: a module a format, and this table."""

from collections.abc import Callable
from dataclasses import dataclass

from producer.chapter_lists import csv, ffmetadata, json, psc, text, vtt
from producer.chapter_lists.model import ListedChapter, Listing
from producer.derive.rising import longest_rising
from producer.derive.timeline import Timeline
from producer.imports.content import Content
from producer.imports.model import ImportProblem
from producer.times import format_clock

__all__ = ["CHAPTER_LISTS", "ChapterList", "ListFormat", "ListedChapter", "read_chapter_list"]

# Ten hours with a chapter every two minutes. Each costs an edit that is proven by reading again.
MAX_CHAPTERS = 300


@dataclass(frozen=True, slots=True)
class ListFormat:
    """Whether a content is in it, its reader, and the timeline that it is mostly on.

    `read` raises ImportFileError.
    """

    sniff: Callable[[Content], bool]
    read: Callable[[Content], Listing]
    timeline: Timeline


# Asked in this order, the strictest first. The timelines are those of `producer chapters --format`.
CHAPTER_LISTS = {
    "vtt": ListFormat(vtt.sniff, vtt.read, Timeline.AUDIO),
    "ffmetadata": ListFormat(ffmetadata.sniff, ffmetadata.read, Timeline.AUDIO),
    "json": ListFormat(json.sniff, json.read, Timeline.AUDIO),
    "psc": ListFormat(psc.sniff, psc.read, Timeline.AUDIO),
    "csv": ListFormat(csv.sniff, csv.read, Timeline.VIDEO),
    "text": ListFormat(text.sniff, text.read, Timeline.VIDEO),
}


@dataclass(frozen=True, slots=True)
class ChapterList:
    """A whole file: chapters whose starts never fall, and what was left out.

    `kind` is the name of its format in CHAPTER_LISTS. `in_seconds` says that no start has a
    fraction, so that each may stand for any moment of its second.
    """

    chapters: tuple[ListedChapter, ...]
    kind: str
    timeline: Timeline
    problems: tuple[ImportProblem, ...] = ()

    @property
    def in_seconds(self) -> bool:
        """Whether all starts are whole seconds."""
        return all(chapter.start_ms % 1000 == 0 for chapter in self.chapters)


def read_chapter_list(name: str, data: bytes) -> ChapterList:
    """Read a list of chapters; `name` is the file as messages show it.

    Raises ImportFileError, in a line, for a file with no chapter in it, and for one that is
    malformed beyond what may be left out with a note.
    """
    content = Content(name, data)
    kind = next((kind for kind, each in CHAPTER_LISTS.items() if each.sniff(content)), None)
    if kind is None:
        raise content.error("the file is empty", "is it the right file?")
    listing = CHAPTER_LISTS[kind].read(content)
    if not listing.chapters:
        first = f" ({listing.problems[0]})" if listing.problems else ""
        raise content.error(
            f"there is no chapter in it{first}", "write a time and a title a line: `1:12 Title`"
        )
    if len(listing.chapters) > MAX_CHAPTERS:
        raise content.error(f"more than {MAX_CHAPTERS:,} chapters", "is it a list of chapters?")
    chapters, backward = _in_order(listing.chapters)
    problems = (*listing.problems, *backward)
    return ChapterList(chapters, kind, CHAPTER_LISTS[kind].timeline, problems)


def _in_order(
    chapters: tuple[ListedChapter, ...],
) -> tuple[tuple[ListedChapter, ...], list[ImportProblem]]:
    """The most chapters whose starts never fall, and a problem for each of the others."""
    kept = set(longest_rising([chapter.start_ms for chapter in chapters], strictly=False))
    problems = [
        ImportProblem(
            chapter.where,
            f'"{chapter.title[:60]}" at {format_clock(chapter.start_ms)} is out of order; '
            "it was left out",
        )
        for position, chapter in enumerate(chapters)
        if position not in kept
    ]
    return tuple(c for position, c in enumerate(chapters) if position in kept), problems
