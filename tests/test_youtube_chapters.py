"""The YouTube list: what is merged, what is added, and what YouTube then reads out of it."""

import re
from itertools import pairwise

import pytest
from builders import chapters, one_line_texts, touching_chapters
from hypothesis import example, given, settings
from hypothesis import strategies as st

from producer.derive.chapters import Chapter, Finding
from producer.derive.youtube_chapters import youtube_chapters
from producer.formats.chapters import CHAPTER_FORMATS, ChapterContext


def listed(*parts: tuple[float, str], end_s: float) -> list[tuple[float, str]]:
    made, _ = youtube_chapters(chapters(*parts, end_s=end_s), "Opening")
    return [(chapter.start_ms / 1000, chapter.title) for chapter in made]


def codes(*parts: tuple[float, str], end_s: float) -> list[tuple[str, int]]:
    _, findings = youtube_chapters(chapters(*parts, end_s=end_s), "Opening")
    return [(finding.code, finding.index) for finding in findings]


def test_what_is_fit_is_left_as_it_is() -> None:
    given_chapters = chapters((0, "A"), (60, "B"), (90, "C"), end_s=120)
    assert youtube_chapters(given_chapters, "Opening") == (given_chapters, ())


def test_starts_and_ends_are_whole_seconds() -> None:
    made, findings = youtube_chapters(chapters((0, "A"), (60.9, "B"), (90.5, "C"), end_s=120.7), "")
    assert made == chapters((0, "A"), (60, "B"), (90, "C"), end_s=120)
    assert findings == ()


def test_an_opening_is_added_where_the_first_header_starts_later() -> None:
    made, findings = youtube_chapters(chapters((30, "A"), (60, "B"), end_s=90), "Welcome")
    assert made == (
        Chapter(0, 30_000, "Welcome", index=-1),
        Chapter(30_000, 60_000, "A", index=0),
        Chapter(60_000, 90_000, "B", index=1),
    )
    assert findings == ()


def test_a_short_one_in_the_middle_goes_into_the_one_before() -> None:
    parts = (0, "A"), (30, "B"), (39, "C"), (60, "D")
    made, findings = youtube_chapters(chapters(*parts, end_s=90), "")
    assert made == (
        Chapter(0, 39_000, "A", index=0),
        Chapter(39_000, 60_000, "C", index=2),
        Chapter(60_000, 90_000, "D", index=3),
    )
    assert findings == (
        Finding(
            "C105",
            'chapter "B" at 0:30 takes 9 s; YouTube wants 10: merged into "A"',
            "delete the header or move it, if the merged list does not please",
            1,
        ),
    )


def test_ten_seconds_are_enough() -> None:
    parts = (0, "A"), (10, "B"), (20, "C")
    assert listed(*parts, end_s=30) == list(parts)
    assert codes(*parts, end_s=30) == []


def test_a_short_first_goes_into_the_next_under_the_longer_title() -> None:
    parts = (0, "A"), (5, "B"), (30, "C"), (60, "D")
    made, findings = youtube_chapters(chapters(*parts, end_s=90), "")
    assert made == (
        Chapter(0, 30_000, "B", index=1),
        Chapter(30_000, 60_000, "C", index=2),
        Chapter(60_000, 90_000, "D", index=3),
    )
    assert findings == (
        Finding(
            "C105",
            'chapter "A" at 0:00 takes 5 s; YouTube wants 10: merged into "B"',
            "delete the header or move it, if the merged list does not please",
            0,
        ),
    )


def test_a_short_last_goes_into_the_one_before() -> None:
    parts = (0, "A"), (30, "B"), (60, "C"), (90, "D")
    assert listed(*parts, end_s=95) == [(0, "A"), (30, "B"), (60, "C")]
    assert codes(*parts, end_s=95) == [("C105", 3)]


def test_a_chain_of_short_ones_in_the_middle() -> None:
    parts = (0, "A"), (30, "B"), (35, "C"), (43, "D"), (50, "E"), (70, "F")
    assert listed(*parts, end_s=90) == [(0, "A"), (50, "E"), (70, "F")]
    assert codes(*parts, end_s=90) == [("C105", 1), ("C105", 2), ("C105", 3)]


def test_a_chain_of_short_ones_at_the_beginning() -> None:
    parts = (0, "A"), (3, "B"), (8, "C"), (12, "D"), (40, "E"), (60, "F")
    assert listed(*parts, end_s=90) == [(0, "B"), (12, "D"), (40, "E"), (60, "F")]
    assert codes(*parts, end_s=90) == [("C105", 0), ("C105", 2)]


def test_of_two_equally_long_the_earlier_title_stays() -> None:
    assert listed((0, "A"), (6, "B"), (12, "C"), (30, "D"), end_s=60) == [
        (0, "A"),
        (12, "C"),
        (30, "D"),
    ]


def test_all_short_is_one_chapter() -> None:
    parts = (0, "A"), (2, "B"), (6, "C")
    assert listed(*parts, end_s=8) == [(0, "B")]
    assert codes(*parts, end_s=8) == [("C105", 0), ("C105", 2), ("C106", 0)]


def test_too_few_are_reported() -> None:
    _, findings = youtube_chapters(chapters((0, "A"), (30, "B"), end_s=90), "")
    assert findings == (
        Finding(
            "C106",
            "YouTube shows chapters from 3 on; here are 2",
            "add headers, or do not paste the list",
            0,
        ),
    )


def test_none_are_none() -> None:
    assert youtube_chapters((), "Opening") == ((), ())


def test_angle_brackets_are_replaced() -> None:
    made, _ = youtube_chapters(chapters((30, "a <b> c -> d"), end_s=90), "<Hi>")
    assert [chapter.title for chapter in made] == ["‹Hi›", "a ‹b› c -› d"]


@pytest.mark.parametrize(
    ("last_s", "text"),
    [
        (3599, "0:00 A\n1:00 B\n59:59 C\n"),
        (3600, "0:00:00 A\n0:01:00 B\n1:00:00 C\n"),
        (36_000, "0:00:00 A\n0:01:00 B\n10:00:00 C\n"),
    ],
)
def test_times_are_of_one_style_down_the_list(last_s: int, text: str) -> None:
    made, _ = youtube_chapters(
        chapters((0, "A"), (60, "B"), (last_s, "C"), end_s=last_s + 60), "Opening"
    )
    assert CHAPTER_FORMATS["youtube"].render(made, ChapterContext()) == text


YOUTUBE_LINE = re.compile(r"^((?:\d+:)?\d{1,2}:\d\d) (.+)$", re.MULTILINE)


def read_as_youtube(text: str) -> list[tuple[int, str]]:
    found = YOUTUBE_LINE.findall(text)
    assert text == "".join(f"{clock} {title}\n" for clock, title in found)
    assert len({clock.count(":") for clock, _ in found}) <= 1
    seconds = []
    for clock, _ in found:
        total = 0
        for digits in clock.split(":"):
            total = total * 60 + int(digits)
        seconds.append(total)
    return list(zip(seconds, (title for _, title in found), strict=True))


@given(
    st.one_of(
        touching_chapters(),
        st.lists(st.integers(1, 30_000), min_size=2, max_size=12).map(
            lambda steps: chapters(
                *((sum(steps[:n]) / 1000, f"T{n}") for n in range(1, len(steps))),
                end_s=sum(steps) / 1000,
            )
        ),
    ),
    one_line_texts,
)
@example(chapters((0.001, "A"), end_s=0.002), "Opening")
@settings(max_examples=300)
def test_youtube_reads_what_was_meant(given_chapters: tuple[Chapter, ...], opening: str) -> None:
    made, findings = youtube_chapters(given_chapters, opening)
    text = CHAPTER_FORMATS["youtube"].render(made, ChapterContext())
    read = read_as_youtube(text)
    assert read == [(chapter.start_ms // 1000, chapter.title) for chapter in made]
    assert "<" not in text
    assert ">" not in text
    assert len(read) >= 1
    assert read[0][0] == 0
    ends = [*(start for start, _ in read[1:]), given_chapters[-1].end_ms // 1000]
    lengths = [end - start for (start, _), end in zip(read, ends, strict=True)]
    assert len(read) == 1 or min(lengths) >= 10
    assert all(a.end_ms == b.start_ms for a, b in pairwise(made))
    opened = given_chapters[0].start_ms >= 1000
    merged = [finding for finding in findings if finding.code == "C105"]
    assert len(merged) == len(given_chapters) + opened - len(made)
    assert [f.code for f in findings if f not in merged] == (["C106"] if len(made) < 3 else [])
    starts = {0, *(chapter.start_ms // 1000 for chapter in given_chapters)}
    assert {start for start, _ in read} <= starts
