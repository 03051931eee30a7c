"""Chapters from headers: every rule of DESIGN 5 by itself, then all of them on any transcript."""

import re
from itertools import groupby, pairwise

import pytest
from builders import derive, header, line, transcript
from hypothesis import given, settings
from hypothesis import strategies as st

from producer.derive.chapters import Chapter, Finding
from producer.model.episode import Entry, Header
from producer.times import parse_clock


def places(entries: list[Entry], duration_s: float) -> list[tuple[float, str]]:
    """Starts in seconds and titles, where nothing is to be reported."""
    chapters, findings = derive(entries, duration_s)
    assert findings == ()
    assert not any(chapter.estimated for chapter in chapters)
    return [(chapter.start_ms / 1000, chapter.title) for chapter in chapters]


def estimates(
    entries: list[Entry], duration_s: float
) -> tuple[list[tuple[float, str, bool]], list[tuple[str, int]]]:
    """Starts in seconds, titles, whether estimated; codes and indices of what is reported."""
    chapters, findings = derive(entries, duration_s)
    return (
        [(chapter.start_ms / 1000, chapter.title, chapter.estimated) for chapter in chapters],
        [(finding.code, finding.index) for finding in findings],
    )


# Rule 1: its own `sec`, else the first timed line after it


def test_a_header_starts_with_the_line_after_it() -> None:
    entries = [header("A"), line(0), header("B"), line(60), line(90), header("C"), line(120)]
    assert places(entries, 200) == [(0, "A"), (60, "B"), (120, "C")]


def test_a_header_s_own_sec_counts_before_the_line() -> None:
    entries = [header("A"), line(0), header("B", 45.5), line(60)]
    assert places(entries, 200) == [(0, "A"), (45.5, "B")]


def test_a_line_without_a_time_is_passed_over() -> None:
    entries = [header("A"), line(0), line(50), header("B"), line(None), line(None), line(70)]
    assert places(entries, 200) == [(0, "A"), (70, "B")]


def test_an_own_sec_below_untimed_lines_is_not_blamed_for_the_header_above() -> None:
    entries = [header("A"), line(0), header("B"), line(None), header("C", 80), line(90)]
    chapters, findings = derive(entries, 200)
    assert [(c.title, c.estimated) for c in chapters] == [("A", False), ("B", True), ("C", False)]
    assert 0 < chapters[1].start_ms < chapters[2].start_ms == 80_000
    assert [(finding.code, finding.index) for finding in findings] == [("C101", 2)]


# Rule 2: repeats are one header


def test_a_repeat_is_one_header() -> None:
    entries = [header("A"), line(0), header("B"), header("B"), line(60), header("C"), line(90)]
    assert places(entries, 200) == [(0, "A"), (60, "B"), (90, "C")]


def test_a_repeat_with_its_line_between_is_one_header() -> None:
    entries = [header("A"), line(0), header("B"), line(60), header("B"), line(60)]
    assert places(entries, 200) == [(0, "A"), (60, "B")]


def test_the_same_title_at_another_start_is_another_header() -> None:
    entries = [header("A"), line(0), header("B"), line(60), header("A"), line(90)]
    assert places(entries, 200) == [(0, "A"), (60, "B"), (90, "A")]


def test_a_b_a_b_above_one_line_are_two_headers() -> None:
    entries = [header("O"), line(0), *map(header, "ABAB"), line(60)]
    chapters, findings = estimates(entries, 200)
    assert chapters == [(0, "O", False), (30, "A", True), (60, "B", False)]
    assert findings == [("C101", 2)]


# Rule 3: the first header


@pytest.mark.parametrize("start_s", [0, 1, 9, 9.999])
def test_the_first_header_under_ten_seconds_starts_at_0(start_s: float) -> None:
    assert places([header("A"), line(start_s)], 200) == [(0, "A")]
    assert places([header("A", start_s), line(40)], 200) == [(0, "A")]


@pytest.mark.parametrize("start_s", [10, 10.001, 63])
def test_the_first_header_from_ten_seconds_on_keeps_its_start(start_s: float) -> None:
    assert places([header("A"), line(start_s)], 200) == [(start_s, "A")]


def test_lines_before_the_first_header_do_not_matter() -> None:
    assert places([line(0), line(30), header("A"), line(40)], 200) == [(40, "A")]


def test_the_first_header_whose_start_is_shared_starts_at_0() -> None:
    entries = [header("A"), header("B"), line(63), header("C"), line(90)]
    assert places(entries, 200) == [(0, "A"), (63, "B"), (90, "C")]


def test_the_first_three_above_one_line() -> None:
    entries = [header("A"), header("B"), header("C"), line(60)]
    chapters, findings = estimates(entries, 200)
    assert chapters == [(0, "A", False), (30, "B", True), (60, "C", False)]
    assert findings == [("C101", 1)]


def test_the_first_two_above_a_line_at_0() -> None:
    entries = [header("A"), header("B"), line(0, "one two"), line(60), header("C"), line(80)]
    chapters, findings = estimates(entries, 200)
    assert chapters == [(0, "A", False), (40, "B", True), (80, "C", False)]
    assert findings == [("C101", 1)]


# Rule 4: headers that would share a start


def test_two_that_share_a_start() -> None:
    entries = [header("A"), line(0), line(40), header("B"), header("C"), line(60)]
    chapters, findings = derive(entries, 200)
    assert chapters == (
        Chapter(0, 50_000, "A", estimated=False, index=0),
        Chapter(50_000, 60_000, "B", estimated=True, index=3),
        Chapter(60_000, 200_000, "C", estimated=False, index=4),
    )
    assert findings == (
        Finding(
            "C101",
            '"B" shares its start with another header: estimated at 0:50',
            "give the header its own `sec`, or move it above the line where it begins",
            3,
        ),
    )


def test_three_that_share_a_start_are_spread_over_the_turn_before() -> None:
    entries = [header("A"), line(0), line(30), *map(header, "BCD"), line(60)]
    chapters, findings = estimates(entries, 200)
    assert chapters == [(0, "A", False), (40, "B", True), (50, "C", True), (60, "D", False)]
    assert findings == [("C101", 3), ("C101", 4)]


def test_the_turn_before_is_not_entered_above_a_chapter_within_it() -> None:
    entries = [header("A"), line(0), line(30), header("B", 40), *map(header, "CD"), line(60)]
    chapters, findings = estimates(entries, 200)
    assert chapters == [(0, "A", False), (40, "B", False), (50, "C", True), (60, "D", False)]
    assert findings == [("C101", 4)]


def test_an_own_sec_takes_a_header_out_of_the_stack() -> None:
    entries = [header("A"), line(0), line(30), header("B", 45), header("C"), line(60)]
    assert places(entries, 200) == [(0, "A"), (45, "B"), (60, "C")]


def test_a_header_between_two_paragraphs_of_a_turn_starts_inside_the_turn() -> None:
    entries = [
        header("A"),
        line(0),
        header("B"),
        line(50, "one two three"),
        header("C"),
        line(50, "four"),
        header("D"),
        line(90),
    ]
    chapters, findings = estimates(entries, 200)
    assert chapters == [(0, "A", False), (50, "B", False), (80, "C", True), (90, "D", False)]
    assert findings == [("C101", 4)]


# Rule 4: headers that would start before the one above


def test_a_backward_start_is_an_error_and_is_placed_between_its_neighbours() -> None:
    entries = [
        header("Opening"),
        line(0),
        header("Interview"),
        line(12 * 60 + 40),
        header("Sponsor"),
        line(9 * 60 + 15),
        header("Closing"),
        line(14 * 60 + 40),
    ]
    chapters, findings = derive(entries, 1000)
    assert [(c.start_ms // 1000, c.title, c.estimated) for c in chapters] == [
        (0, "Opening", False),
        (760, "Interview", False),
        (820, "Sponsor", True),
        (880, "Closing", False),
    ]
    assert findings == (
        Finding(
            "C103",
            'chapter "Sponsor" starts at 9:15, before the one above it (12:40)',
            "give the header its own `sec`, or move it up",
            4,
        ),
    )


def test_two_backward_starts_are_spread_evenly() -> None:
    entries = [
        *(header("A"), line(0), header("B"), line(100), header("C"), line(50)),
        *(header("D"), line(40), header("E"), line(130), header("F"), line(150)),
    ]
    chapters, findings = estimates(entries, 200)
    assert chapters == [
        (0, "A", False),
        (100, "B", False),
        (110, "C", True),
        (120, "D", True),
        (130, "E", False),
        (150, "F", False),
    ]
    assert findings == [("C103", 4), ("C103", 6)]


def test_one_far_ahead_is_blamed_rather_than_all_that_follow() -> None:
    entries = [
        *(header("A"), line(0), header("B"), line(900), header("C"), line(50)),
        *(header("D"), line(70)),
    ]
    chapters, findings = derive(entries, 1000)
    assert [(c.start_ms // 1000, c.title, c.estimated) for c in chapters] == [
        (0, "A", False),
        (25, "B", True),
        (50, "C", False),
        (70, "D", False),
    ]
    assert findings == (
        Finding(
            "C103",
            'chapter "B" starts at 15:00, after one below it (0:50)',
            "give the header its own `sec`, or mend the time of the line after it",
            2,
        ),
    )


def test_the_last_header_may_be_the_backward_one() -> None:
    entries = [header("A"), line(0), header("B"), line(100), header("C"), line(50)]
    chapters, findings = estimates(entries, 200)
    assert chapters == [(0, "A", False), (100, "B", False), (150, "C", True)]
    assert findings == [("C103", 4)]


def test_two_backward_ones_in_a_row_are_each_told_of_the_header_above() -> None:
    entries = [header("A"), line(50), header("B"), line(60), header("C"), line(10)]
    _, findings = derive([*entries, header("D"), line(20)], 100)
    assert [finding.message for finding in findings] == [
        'chapter "C" starts at 0:10, before the one above it (1:00)',
        'chapter "D" starts at 0:20, before the one above it (1:00)',
    ]


def test_a_first_header_that_is_blamed_opens_the_episode() -> None:
    entries = [header("A"), line(50), header("B"), line(20), header("C"), line(40)]
    chapters, findings = estimates(entries, 100)
    assert chapters == [(0, "A", True), (20, "B", False), (40, "C", False)]
    assert findings == [("C103", 0)]


def test_a_header_at_0_makes_room_for_a_first_one_that_is_blamed() -> None:
    entries = [header("A"), line(50), header("B"), line(0), header("C"), line(10)]
    chapters, findings = estimates([*entries, header("D"), line(20)], 100)
    assert chapters == [(0, "A", True), (5, "B", True), (10, "C", False), (20, "D", False)]
    assert findings == [("C103", 0), ("C101", 2)]


# Rule 5: ends


def test_chapters_touch_and_the_last_ends_at_the_duration() -> None:
    chapters, _ = derive([header("A"), line(0), header("B"), line(60)], 100)
    assert [(c.start_ms, c.end_ms) for c in chapters] == [(0, 60_000), (60_000, 100_000)]


def test_a_header_at_the_end_is_kept_and_reported() -> None:
    entries = [header("A"), line(0), header("B"), line(60, "one two"), header("Bye")]
    chapters, findings = derive(entries, 100)
    assert [(c.start_ms, c.end_ms, c.title, c.estimated) for c in chapters] == [
        (0, 60_000, "A", False),
        (60_000, 80_000, "B", False),
        (80_000, 100_000, "Bye", True),
    ]
    assert findings == (
        Finding(
            "C102",
            'no timed line follows "Bye": its start is estimated at 1:20',
            "give the header its own `sec`, or delete it",
            4,
        ),
    )


def test_two_headers_at_the_end_share_the_last_turn() -> None:
    entries = [header("A"), line(0), line(40), header("B"), header("C")]
    chapters, findings = estimates(entries, 100)
    assert chapters == [(0, "A", False), (60, "B", True), (80, "C", True)]
    assert findings == [("C102", 3), ("C102", 4)]


def test_a_header_at_the_end_with_untimed_lines_after_it() -> None:
    entries = [header("A"), line(0), header("B"), line(60, "a b c"), header("Bye"), line(None, "d")]
    chapters, findings = estimates(entries, 100)
    assert chapters == [(0, "A", False), (60, "B", False), (90, "Bye", True)]
    assert findings == [("C102", 4)]


def test_a_header_at_the_end_with_its_own_sec_is_like_any() -> None:
    entries = [header("A"), line(0), header("B"), line(60), header("Bye", 95)]
    assert places(entries, 100) == [(0, "A"), (60, "B"), (95, "Bye")]


def test_a_last_chapter_past_the_duration_still_has_a_length() -> None:
    chapters, _ = derive([header("A"), line(0), header("B", 120)], 100)
    assert [(c.start_ms, c.end_ms) for c in chapters] == [(0, 120_000), (120_000, 120_001)]


def test_no_line_has_a_time() -> None:
    entries = [header("A"), line(None), header("B"), line(None), header("C"), line(None)]
    chapters, findings = estimates(entries, 90)
    assert chapters == [(0, "A", False), (30, "B", True), (60, "C", True)]
    assert findings == [("C102", 2), ("C102", 4)]


def test_no_header() -> None:
    assert derive([line(0), line(60)], 100) == (
        (),
        (
            Finding(
                "C104",
                "the transcript has no header",
                "chapters and clips begin at headers: add `- header: TITLE` where a part begins",
            ),
        ),
    )


def test_no_transcript() -> None:
    assert derive([], 0) == ((), ())


def test_only_headers() -> None:
    chapters, findings = estimates([header("A"), header("B"), header("C")], 90)
    assert chapters == [(0, "A", False), (30, "B", True), (60, "C", True)]
    assert findings == [("C102", 1), ("C102", 2)]


# All rules on any transcript

times = st.none() | st.integers(0, 40) | st.integers(0, 5_000)
entries_of_all_kinds = st.lists(
    st.one_of(
        st.builds(header, st.sampled_from("ABCDE"), st.none() | times),
        st.builds(line, times, st.sampled_from(["one", "one two", "one two three four five"])),
    ),
    max_size=24,
)


def natural_start(entries: tuple[Entry, ...], position: int) -> int | None:
    """Rule 1, said anew."""
    own = entries[position].start_ms
    if own is not None:
        return own
    times = [entry.start_ms for entry in entries[position + 1 :]]
    return next((start_ms for start_ms in times if start_ms is not None), None)


def merged_titles(entries: tuple[Entry, ...]) -> list[str]:
    """Rule 2, said anew."""
    starts = [
        (natural_start(entries, entry.index), entry.title)
        for entry in entries
        if isinstance(entry, Header)
    ]
    titles: list[str] = []
    for _, sharing in groupby(starts, key=lambda found: found[0]):
        titles += dict.fromkeys(title for _, title in sharing)
    return titles


def tells_the_truth(message: str) -> bool:
    match = re.fullmatch(
        r'chapter ".+" starts at (\S+), (before the one above|after one below) it \((\S+)\)',
        message,
    )
    assert match, message
    start_ms, other_ms = parse_clock(match[1]), parse_clock(match[3])
    return other_ms > start_ms if match[2].startswith("before") else other_ms < start_ms


@given(entries_of_all_kinds, st.integers(0, 6_000))
@settings(max_examples=400)
def test_any_transcript(entries: list[Entry], duration_s: int) -> None:
    placed = transcript(entries)
    chapters, findings = derive(entries, duration_s)
    assert [chapter.title for chapter in chapters] == merged_titles(placed)
    if not chapters:
        assert [finding.code for finding in findings] == (["C104"] if entries else [])
        return
    assert chapters[0].start_ms >= 0
    for chapter, following in pairwise(chapters):
        assert chapter.start_ms < following.start_ms
        assert chapter.end_ms == following.start_ms
    assert chapters[-1].end_ms == max(duration_s * 1000, chapters[-1].start_ms + 1)
    reported = {finding.index: finding.code for finding in findings}
    assert len(reported) == len(findings)
    known = {entry.start_ms for entry in placed}
    for number, chapter in enumerate(chapters):
        assert isinstance(placed[chapter.index], Header)
        assert placed[chapter.index].title == chapter.title
        assert chapter.estimated == (chapter.index in reported)
        if not chapter.estimated:
            assert chapter.start_ms in known or (number, chapter.start_ms) == (0, 0)
    assert set(reported) <= {chapter.index for chapter in chapters}
    assert set(reported.values()) <= {"C101", "C102", "C103"}
    for finding in findings:
        if finding.code == "C103":
            assert tells_the_truth(finding.message), finding.message


@given(st.lists(st.integers(0, 5_000), min_size=1, max_size=12, unique=True).map(sorted))
def test_where_times_rise_no_start_is_changed(starts: list[int]) -> None:
    entries = [entry for start in starts for entry in (header(f"T{start}"), line(start))]
    wanted = [(start, f"T{start}") for start in starts]
    if starts[0] < 10:
        wanted[0] = (0, f"T{starts[0]}")
    assert places(entries, 6_000) == wanted
