"""The small parsers that rules lean on."""

import datetime
import email.utils

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.feed.categories import CATEGORIES, parents_of
from producer.feed.show_guid import show_guid
from producer.feed_check.chapters import start_seconds
from producer.feed_check.itunes import duration_seconds
from producer.feed_check.language_codes import mistake
from producer.feed_check.media_types import extension
from producer.feed_check.rfc2822 import WEEKDAYS, parse
from producer.feed_check.urls import encoded, is_absolute


@given(
    st.datetimes(datetime.datetime(1900, 1, 1), datetime.datetime(2200, 1, 1)),
    st.integers(-12 * 60, 14 * 60),
)
def test_dates_that_python_writes(naive: datetime.datetime, minutes: int) -> None:
    zone = datetime.timezone(datetime.timedelta(minutes=minutes))
    moment = naive.replace(microsecond=0, tzinfo=zone)
    parsed = parse(email.utils.format_datetime(moment))
    assert parsed is not None
    assert parsed.moment == moment
    assert parsed.weekday == parsed.weekday_written == WEEKDAYS[moment.weekday()]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Tue, 31 Mar 2026 06:00:00 GMT", "2026-03-31T06:00:00+00:00"),
        ("31 Mar 2026 06:00 EST", "2026-03-31T11:00:00+00:00"),
        ("tue,31 mar 2026 06:00:00 -0330 (Newfoundland)", "2026-03-31T09:30:00+00:00"),
        ("Sat, 31 Dec 2016 23:59:60 +0000", "2016-12-31T23:59:59+00:00"),
    ],
)
def test_dates_as_people_write_them(text: str, iso: str) -> None:
    parsed = parse(text)
    assert parsed is not None
    assert parsed.moment.isoformat() == iso


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2026-03-31",
        "2026-03-31T06:00:00Z",
        "Tue, 31 Mar 26 06:00:00 +0000",
        "Tue, 31 March 2026 06:00:00 +0000",
        "Tuesday, 31 Mar 2026 06:00:00 +0000",
        "Tue, 30 Feb 2026 06:00:00 +0000",
        "Tue, 31 Mar 2026 24:00:00 +0000",
        "Tue, 31 Mar 2026 06:00:61 +0000",
        "Tue, 31 Mar 2026 06:00:00",
        "Tue, 31 Mar 2026 06:00:00 CET",
        "Tue, 31 Mar 2026 06:00:00 +01:00",
        "Tue, 31 Mar 2026 06:00:00 +2400",
        "Tue, 31 Mar 2026 6:00:00 +0000",
        "Mon, 01 Jan 0001 00:00:00 +1400",
        "Tue, ٣١ Mar 2026 06:00:00 +0000 ",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert parse(text) is None


@given(st.integers(1, 359_999))
def test_durations(seconds: int) -> None:
    hours, rest = divmod(seconds, 3600)
    assert duration_seconds(str(seconds)) == seconds
    assert duration_seconds(f"{hours:02}:{rest // 60:02}:{rest % 60:02}") == seconds
    assert start_seconds(f"{hours:02}:{rest // 60:02}:{rest % 60:02}.000") == seconds


@pytest.mark.parametrize("text", ["", "1:2", "1:60", "1:60:00", "-5", "1.5", "1:2:3:4", "x", "٣"])
def test_what_is_no_duration(text: str) -> None:
    assert duration_seconds(text) is None


@pytest.mark.parametrize(
    "tag", ["en", "EN-us", "de-CH", "zh-Hant-TW", "es-419", "fil", "sr-Latn", "pt-br", "haw", "no"]
)
def test_languages(tag: str) -> None:
    assert mistake(tag) is None


@pytest.mark.parametrize(
    "tag", ["", "english", "xx", "e", "en_US", "en-UK", "en-QQ", "eng", "ger", "en--us", "en-"]
)
def test_what_is_no_language(tag: str) -> None:
    assert mistake(tag) is not None


def test_podcast_guids_of_the_specification() -> None:
    assert show_guid("https://podnews.net/rss") == "9b024349-ccf0-5f69-a609-6b82873eab3c"
    other = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    assert show_guid("http://mp3s.nashownotes.com/pc20rss.xml//") == other


def test_categories() -> None:
    assert len(CATEGORIES) == 19
    assert sum(len(subs) for subs in CATEGORIES.values()) == 91
    assert all(len(parents_of(sub)) == 1 for subs in CATEGORIES.values() for sub in subs)
    assert parents_of("Physics") == ("Science",)


@pytest.mark.parametrize(
    ("url", "ending"),
    [
        ("https://e.org/a.MP3?x=.ogg#.wav", "mp3"),
        ("https://e.org/a.b/c", ""),
        ("https://e.org", ""),
        ("http://[bad", ""),
    ],
)
def test_extensions(url: str, ending: str) -> None:
    assert extension(url) == ending


@pytest.mark.parametrize(
    "url", ["https://e.org", "http://127.0.0.1:80/x", "https://[::1]/", "HTTPS://e.org"]
)
def test_absolute(url: str) -> None:
    assert is_absolute(url)


@pytest.mark.parametrize(
    "url",
    ["", "e.org/x", "/x", "ftp://e.org", "https://", "https:///x", "https://[e/", "https://e:x/"],
)
def test_not_absolute(url: str) -> None:
    assert not is_absolute(url)


@given(st.text(st.characters(codec="utf-8", exclude_characters="/?#[]@:\\")))
def test_encoded_paths_are_ascii_and_stay(path: str) -> None:
    url = encoded(f"https://e.org/{path}")
    assert url.isascii()
    assert encoded(url) == url
