"""Times: what is written is read back, and what is no time is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.times import (
    MAX_MS,
    format_clock,
    format_iso_duration,
    format_seconds,
    format_timestamp,
    parse_clock,
    parse_seconds,
    seconds,
)

milliseconds = st.integers(0, MAX_MS)
whole_seconds = st.integers(0, MAX_MS // 1000).map(lambda s: s * 1000)


@given(whole_seconds)
def test_a_clock_is_read_back(ms: int) -> None:
    assert parse_clock(format_clock(ms)) == ms


@given(whole_seconds)
def test_a_clock_with_forced_hours_is_read_back(ms: int) -> None:
    assert parse_clock(format_clock(ms, hours=True)) == ms


@given(st.integers(0, 999 * 60 + 59))
def test_a_clock_in_minutes_alone_is_read_back(total: int) -> None:
    assert parse_clock(format_clock(total * 1000, hours=False)) == total * 1000


@given(milliseconds)
def test_a_clock_never_lies_after_its_moment(ms: int) -> None:
    assert parse_clock(format_clock(ms)) == ms - ms % 1000


@given(milliseconds)
def test_a_timestamp_is_read_back_to_the_millisecond(ms: int) -> None:
    assert parse_clock(format_timestamp(ms)) == ms


@given(milliseconds)
def test_seconds_are_read_back_to_the_millisecond(ms: int) -> None:
    assert parse_seconds(format_seconds(ms)) == ms


@given(milliseconds)
def test_seconds_as_a_json_number_are_exact(ms: int) -> None:
    assert round(seconds(ms) * 1000) == ms
    assert isinstance(seconds(ms), int) == (ms % 1000 == 0)


@pytest.mark.parametrize(
    ("ms", "clock", "with_hours"),
    [
        (0, "0:00", "0:00:00"),
        (999, "0:00", "0:00:00"),
        (9_000, "0:09", "0:00:09"),
        (85_000, "1:25", "0:01:25"),
        (3_599_999, "59:59", "0:59:59"),
        (3_600_000, "1:00:00", "1:00:00"),
        (36_061_000, "10:01:01", "10:01:01"),
        (360_000_000, "100:00:00", "100:00:00"),
    ],
)
def test_format_clock(ms: int, clock: str, with_hours: str) -> None:
    assert format_clock(ms) == clock
    assert format_clock(ms, hours=True) == with_hours


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        (0, "00:00:00.000"),
        (1, "00:00:00.001"),
        (3_723_004, "01:02:03.004"),
        (360_000_000, "100:00:00.000"),
    ],
)
def test_format_timestamp(ms: int, text: str) -> None:
    assert format_timestamp(ms) == text


@pytest.mark.parametrize(
    ("ms", "text"), [(0, "0"), (75_000, "75"), (12_350, "12.35"), (12_005, "12.005"), (100, "0.1")]
)
def test_format_seconds(ms: int, text: str) -> None:
    assert format_seconds(ms) == text


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        (0, "PT0S"),
        (999, "PT0S"),
        (3_000, "PT3S"),
        (60_000, "PT1M"),
        (3_600_000, "PT1H"),
        (3_723_000, "PT1H2M3S"),
    ],
)
def test_format_iso_duration(ms: int, text: str) -> None:
    assert format_iso_duration(ms) == text


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("0:00", 0),
        ("00:00", 0),
        (" 1:25 ", 85_000),
        ("75:30", 4_530_000),
        ("1:15:30", 4_530_000),
        ("1:5:30", 3_930_000),
        ("0:01.5", 1_500),
        ("0:01,25", 1_250),
        ("1000:00:00", MAX_MS),
    ],
)
def test_parse_clock(text: str, ms: int) -> None:
    assert parse_clock(text) == ms


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("75", 75_000),
        (" 75 ", 75_000),
        ("12.35", 12_350),
        ("12.", 12_000),
        (".5", 500),
        ("007", 7_000),
    ],
)
def test_parse_seconds(text: str, ms: int) -> None:
    assert parse_seconds(text) == ms


@pytest.mark.parametrize(
    ("fraction", "ms"),
    [
        ("0004", 0),
        ("0005", 1),
        ("00049999", 0),
        ("1234", 123),
        ("1235", 124),
        ("9994", 999),
        ("9995", 1000),
        ("999999999", 1000),
    ],
)
def test_fractions_round_to_the_nearest_millisecond(fraction: str, ms: int) -> None:
    assert parse_seconds(f"7.{fraction}") == 7_000 + ms
    assert parse_clock(f"0:07.{fraction}") == 7_000 + ms


NO_TIME_AT_ALL = (
    "", " ", "-1", "-0:01", "-1:00", "+5", "+1:00", "nan", "inf", "Infinity", "1e3", "1:00e1",
    "0x1F", "1_0", "1:_0", "abc", "१२", "१:०५", "1:00 2", "1 2", "1\u00a0000", ".", "1.2.3",
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        *NO_TIME_AT_ALL,
        "12",
        "12.5",
        "1:60",
        "75:99",
        "1:5",
        ":30",
        "1:",
        "1:00:",
        "1:75:00",
        "1:60:00",
        "0:0:0:0",
        "1000:00",
        "1000:00:00.001",
        "1000:00:01",
        "9" * 5000 + ":00:00",
        "0:00.",
        "0:00.1234567890",
    ],
)
def test_parse_clock_refuses(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        parse_clock(text)


@pytest.mark.parametrize(
    "text", [*NO_TIME_AT_ALL, "1:25", "1,5", "3600001", "3600000.001", "1" * 33, "0." + "1" * 40]
)
def test_parse_seconds_refuses(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        parse_seconds(text)


def test_the_refusal_quotes_the_text() -> None:
    with pytest.raises(ValueError, match=r"^not a time: '1:60'$"):
        parse_clock("1:60")
    with pytest.raises(ValueError, match=r"^minutes past 59: '1:75:00'$"):
        parse_clock("1:75:00")
    with pytest.raises(ValueError, match=r"^not a number of seconds: 'nan'$"):
        parse_seconds("nan")
    with pytest.raises(ValueError, match=r"^longer than any recording: '3600001'$"):
        parse_seconds("3600001")
