"""Rules for the titles of chapters."""

from collections.abc import Iterator

from producer.derive.chapters import Chapter
from producer.derive.derived import Derived, header_span
from producer.model.episode import Header
from producer.problems import Problem
from producer.times import format_clock

# What YouTube and most directories take, and what a listener's app shows of it.
MAX_CHARS = 100
SHOWN_CHARS = 40


def repeats(derived: Derived) -> tuple[Header, ...]:
    """The headers that repeat one with the same start (DESIGN 5, rule 2)."""
    kept = {chapter.index for chapter in derived.chapters}
    return tuple(header for header in derived.episode.headers if header.index not in kept)


def repeated_headers(derived: Derived) -> Iterator[Problem]:
    """C107: headers that repeat one with the same start; they count as one."""
    for header in repeats(derived):
        yield derived.episode.problem(
            "C107",
            f'"{header.title}" repeats a header with the same start: they count as one',
            header_span(derived.episode, header.index),
            "delete it; `producer fix` does",
        )


def same_title(derived: Derived) -> Iterator[Problem]:
    """C110: a title that an earlier chapter has too, though it starts elsewhere."""
    first: dict[str, Chapter] = {}
    for chapter in derived.chapters:
        earlier = first.setdefault(chapter.title.casefold(), chapter)
        if earlier is not chapter:
            yield derived.episode.problem(
                "C110",
                f'"{chapter.title}" is the title of the chapter at '
                f"{format_clock(earlier.start_ms)} too",
                header_span(derived.episode, chapter.index),
                "say in the title what is different here, or delete the header",
            )


def too_long(derived: Derived) -> Iterator[Problem]:
    """C108 for each title that is refused somewhere, C109 once for those cut on screens."""
    long = [chapter for chapter in derived.chapters if len(chapter.title) > SHOWN_CHARS]
    for chapter in long:
        if len(chapter.title) > MAX_CHARS:
            yield derived.episode.problem(
                "C108",
                f"the title has {len(chapter.title)} characters; {MAX_CHARS} is the most",
                header_span(derived.episode, chapter.index),
                "shorten it",
            )
    if long:
        yield derived.episode.problem(
            "C109",
            f"{len(long)} of {len(derived.chapters)} chapter titles are over {SHOWN_CHARS} "
            "characters",
            header_span(derived.episode, long[0].index),
            "apps show the beginning: put there what tells the chapter apart",
        )
