"""Durations: measured where there is media, else estimated by the episode's own pace."""

import pytest
from builders import line, lines_of, transcript
from hypothesis import given
from hypothesis import strategies as st

from producer.derive.duration import Duration, episode_duration, estimate_duration
from producer.derive.turns import Turn, turns_of
from producer.model.episode import Line


def turns(*lines: Line) -> tuple[Turn, ...]:
    return turns_of(lines_of(transcript(lines)))


def said(count: int) -> str:
    return " ".join(["word"] * count)


def test_the_last_line_takes_its_words_at_the_pace_of_those_before() -> None:
    # 30 words in 15 s are half a second each: 20 words from 0:20 on last until 0:30.
    found = estimate_duration(turns(line(5, said(20)), line(15, said(10)), line(20, said(20))))
    assert found == Duration(30_000, is_estimate=True)


def test_all_lines_of_the_last_turn_count() -> None:
    lines = line(0, said(10)), line(10, said(3)), line(None, said(4)), line(10, said(5))
    assert estimate_duration(turns(*lines)) == Duration(22_000, is_estimate=True)


def test_a_single_turn_is_taken_at_an_ordinary_pace() -> None:
    # 150 words a minute.
    assert estimate_duration(turns(line(60, said(300)))) == Duration(180_000, is_estimate=True)
    assert estimate_duration(turns(line(None, said(75)))) == Duration(30_000, is_estimate=True)


def test_the_last_words_take_a_second_at_least() -> None:
    assert estimate_duration(turns(line(0, said(100)), line(10, "Bye"))).ms == 11_000


def test_no_lines() -> None:
    assert estimate_duration(()) == Duration(0, is_estimate=True)
    assert episode_duration((), 0, None) == Duration(0, is_estimate=True)


def test_a_late_time_out_of_order_counts_too() -> None:
    lines = (line(0, said(10)), line(100, said(5)), line(20, said(10)), line(30, said(2)))
    # A second a word: the line at 1:40 is out of order, but a chapter may start there.
    found = estimate_duration(turns(*lines))
    assert found == Duration(100_000 + 5 * 30_000 // 25, is_estimate=True)


def test_media_decides_where_there_is_any() -> None:
    lines = turns(line(0, said(10)), line(10, said(10)))
    assert episode_duration(lines, 0, 15_250) == Duration(15_250, is_estimate=False)
    assert episode_duration(lines, 0, 3_600_000) == Duration(3_600_000, is_estimate=False)


def test_media_is_moved_to_the_video_timeline() -> None:
    lines = turns(line(30, said(10)), line(40, said(10)))
    assert episode_duration(lines, 25_500, 60_000) == Duration(85_500, is_estimate=False)
    assert episode_duration(lines, -10_000, 60_000) == Duration(50_000, is_estimate=False)


@pytest.mark.parametrize("audio_ms", [0, 1, 30_000, 40_000])
def test_media_that_ends_before_the_last_line_does_not_decide(audio_ms: int) -> None:
    lines = turns(line(0, said(40)), line(40, said(10)))
    assert episode_duration(lines, 0, audio_ms) == Duration(50_000, is_estimate=True)
    assert episode_duration(lines, -5_000, audio_ms) == Duration(50_000, is_estimate=True)


def test_media_that_ends_within_the_last_line_decides() -> None:
    lines = turns(line(0, said(40)), line(40, said(10)))
    assert episode_duration(lines, 0, 40_001) == Duration(40_001, is_estimate=False)


def test_media_without_a_transcript() -> None:
    assert episode_duration((), 5_000, 60_000) == Duration(65_000, is_estimate=False)


@given(
    st.lists(
        st.tuples(st.none() | st.integers(0, 4_000), st.integers(1, 30)), min_size=1, max_size=12
    )
)
def test_an_estimate_lies_after_every_start(parts: list[tuple[int | None, int]]) -> None:
    lines = [line(start, said(count)) for start, count in parts]
    found = estimate_duration(turns(*lines))
    assert found.is_estimate
    starts = [start for start, _ in parts if start is not None]
    assert found.ms >= max(starts, default=0) * 1000 + 1000


@given(st.lists(st.tuples(st.integers(1, 300), st.integers(1, 60)), min_size=2, max_size=12))
def test_the_rule_by_hand(steps: list[tuple[int, int]]) -> None:
    starts = [sum(step for step, _ in steps[: n + 1]) for n in range(len(steps))]
    counts = [count for _, count in steps]
    found = estimate_duration(
        turns(*(line(start, said(count)) for start, count in zip(starts, counts, strict=True)))
    )
    pace = (starts[-1] - starts[0]) * 1000 / sum(counts[:-1])
    assert abs(found.ms - (starts[-1] * 1000 + max(counts[-1] * pace, 1000))) < 1
    assert found.ms > (starts[-1] - starts[0]) * 1000
