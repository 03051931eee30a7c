"""Headers put in, moved, named and taken out, in the way in which the file writes them."""

from producer.align.edits import TimeStyle
from producer.chapter_lists import ChapterList
from producer.chapter_lists.model import ListedChapter
from producer.chapter_lists.placing import Placing, header_edits, place_chapters
from producer.derive.derived import Derived
from producer.derive.timeline import Timeline
from producer.model.episode import Header, Line
from producer.preview.asked import Asked
from producer.preview.errors import RefusedError
from producer.preview.planned import Planned, entry_of
from producer.source.edit import Edit, Remove, Set
from producer.times import MAX_MS, format_clock, seconds


def move_header(derived: Derived, asked: Asked) -> Planned:
    """A header gets a start of its own: one value in the file, two where it also has a clock."""
    header = entry_of(derived, asked, Header)
    start_ms = asked.integer("start_ms", 0, MAX_MS)
    _refuse_disorder(derived, header, start_ms)
    values = dict(derived.episode.raw_entries).get(header.index, {})
    edits: list[Edit] = []
    path = ("transcript", header.index)
    if "sec" in values or "time" not in values or start_ms % 1000:
        edits.append(Set((*path, "sec"), seconds(start_ms), ("time",)))
    if "time" in values:
        clock = TimeStyle.of(derived.episode).clock
        edits.append(Set((*path, "time"), clock(start_ms)))
    return Planned(f"“{header.title}” moved to {_shown(start_ms)}", tuple(edits))


def rename_header(derived: Derived, asked: Asked) -> Planned:
    """Another title."""
    header = entry_of(derived, asked, Header)
    title = _title(asked)
    return Planned(
        f"“{header.title}” renamed", (Set(("transcript", header.index, "header"), title),)
    )


def delete_header(derived: Derived, asked: Asked) -> Planned:
    """A header goes; of an entry that is a line as well, only the title does."""
    header = entry_of(derived, asked, Header)
    path: tuple[str | int, ...] = ("transcript", header.index)
    if any(isinstance(e, Line) and e.index == header.index for e in derived.episode.transcript):
        path = (*path, "header")
    return Planned(f"“{header.title}” deleted", (Remove(path),))


def add_header(derived: Derived, asked: Asked) -> Planned:
    """A new header, before the line at `index` or at a time: then it says its own, if it must."""
    title = _title(asked)
    episode = derived.episode
    if asked.optional_integer("start_ms", 0, MAX_MS) is None:
        line = entry_of(derived, asked, Line)
        return Planned(f"“{title}” added", tuple(header_edits([Placing(line.index, title, None)])))
    start_ms = asked.integer("start_ms", 0, MAX_MS)
    if any(chapter.start_ms == start_ms for chapter in derived.chapters):
        raise RefusedError(f"a chapter starts at {_shown(start_ms)} already")
    wanted = ChapterList((ListedChapter(start_ms, title, "the page"),), "text", Timeline.VIDEO)
    placings = place_chapters(episode, (), wanted, Timeline.VIDEO)
    if not placings:
        raise RefusedError(f"there is a header “{title}” already")
    edits = tuple(header_edits(placings))
    return Planned(f"“{title}” added at {_shown(start_ms)}", edits)


def _title(asked: Asked) -> str:
    title = asked.line("title")
    if not title:
        raise RefusedError("a header has a title")
    return title


def _refuse_disorder(derived: Derived, header: Header, start_ms: int) -> None:
    """Chapters keep their order: a boundary stays between its neighbours (rule 5)."""
    places = [chapter.index for chapter in derived.chapters]
    if header.index not in places:
        raise RefusedError(
            f"“{header.title}” repeats the header above it, and begins with that one",
            hint="move that one, or delete this",
        )
    at = places.index(header.index)
    chapters = derived.chapters
    if at and start_ms <= chapters[at - 1].start_ms:
        above = chapters[at - 1]
        raise RefusedError(
            f"{_shown(start_ms)} is not after “{above.title}” ({_shown(above.start_ms)}), "
            "which stands above it"
        )
    if at + 1 < len(chapters) and start_ms >= chapters[at + 1].start_ms:
        below = chapters[at + 1]
        raise RefusedError(
            f"{_shown(start_ms)} is not before “{below.title}” ({_shown(below.start_ms)}), "
            "which stands below it"
        )
    if derived.duration.ms and start_ms >= derived.duration.ms:
        raise RefusedError(f"{_shown(start_ms)} is after the end of the episode")


def _shown(ms: int) -> str:
    rest = ms % 1000 // 10
    return format_clock(ms) + (f".{rest:02}".rstrip("0") if rest else "")
