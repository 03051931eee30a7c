"""What several test modules build with: transcripts, chapters, hostile one-line texts."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from hypothesis import strategies as st

from producer.derive.chapters import Chapter, Finding, derive_chapters
from producer.derive.duration import Duration
from producer.derive.turns import turns_of
from producer.model.episode import Entry, Header, Line
from producer.text import one_line


def header(title: str, start_s: float | None = None) -> Header:
    return Header(title, _ms(start_s), -1)


def line(start_s: float | None = None, text: str = "word", who: str = "Ada") -> Line:
    return Line(text, _ms(start_s), who, -1)


def _ms(start_s: float | None) -> int | None:
    return None if start_s is None else round(start_s * 1000)


def transcript(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries, each with its place as its index."""
    return tuple(replace(entry, index=index) for index, entry in enumerate(entries))


def lines_of(entries: Iterable[Entry]) -> list[Line]:
    return [entry for entry in entries if isinstance(entry, Line)]


def derive(
    entries: Iterable[Entry], duration_s: float
) -> tuple[tuple[Chapter, ...], tuple[Finding, ...]]:
    placed = transcript(entries)
    duration = Duration(round(duration_s * 1000), is_estimate=False)
    return derive_chapters(placed, turns_of(lines_of(placed)), duration)


def chapters(*parts: tuple[float, str], end_s: float) -> tuple[Chapter, ...]:
    """Chapters that touch, from their starts in seconds and their titles."""
    starts = [round(start_s * 1000) for start_s, _ in parts]
    ends = [*starts[1:], round(end_s * 1000)]
    return tuple(
        Chapter(start, end, title, index=index)
        for index, (start, end, (_, title)) in enumerate(zip(starts, ends, parts, strict=True))
    )


_FRAGMENTS = (
    "&", "&amp;", "&#60;", "&lrm;", "<", ">", "</title>", "<v Bob>", "-->", "]]>", '"', "'", "=",
    ";", "#", "\\", "\\n", ",", ":", "- ", "1. ", "[x](y)", "*", "_", "`", "~~", "|", "!", "$",
    "{{ x }}", "%", "0:00", "[CHAPTER]", "WEBVTT", "NOTE", "👩‍🚀", "🎧", "שלום", "مرحبا", "\u200f",
    "e\u0301", "日本語", "ß", "\u2014", "word", "two words",
)  # fmt: skip

one_line_texts = (
    st.one_of(
        st.lists(st.sampled_from(_FRAGMENTS), min_size=1, max_size=6).map("".join),
        st.lists(st.sampled_from(_FRAGMENTS), min_size=1, max_size=6).map(" ".join),
        st.text(max_size=30),
    )
    .map(one_line)
    .filter(bool)
)
"""Texts as titles, names and paragraphs may be: on one line, and as hostile as that allows."""


@st.composite
def touching_chapters(
    draw: st.DrawFn, max_size: int = 8, titles: st.SearchStrategy[str] = one_line_texts
) -> tuple[Chapter, ...]:
    """Chapters as `derive_chapters` makes them: rising, touching, none without a length."""
    bounds = draw(
        st.lists(st.integers(0, 5 * 3_600_000), min_size=2, max_size=max_size + 1, unique=True).map(
            sorted
        )
    )
    return tuple(
        Chapter(start, end, draw(titles), index=index)
        for index, (start, end) in enumerate(pairwise(bounds))
    )
