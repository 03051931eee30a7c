"""Rules that take more than one example to pin down."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.check.duration import parse_duration
from producer.check.facts import Facts
from producer.check.identity import identity_of
from producer.check.rules import check_episode, check_show
from producer.derive.derived import Derived, derive
from producer.model.show import Show
from producer.read.episode import read_episode
from producer.source.edit import dump
from producer.times import format_iso_duration


def derived(transcript: list[dict[str, object]], **front: object) -> Derived:
    data = {"title": "x", "season": 1, "episode": 1, **front, "transcript": transcript}
    episode, _ = read_episode("x", "x.md", f"---\n{dump(data)}---\n".encode())
    assert episode is not None
    return derive(episode, Show(), {})


NOW = datetime.datetime(2026, 3, 31, 12, tzinfo=datetime.UTC)


def codes(
    transcript: list[dict[str, object]], *, date: str = "2026-03-01", **front: object
) -> list[str]:
    episode = derived(transcript, date=datetime.date.fromisoformat(date), **front)
    return [problem.code for problem in check_episode(episode, Facts(now=NOW))]


def line(sec: float | None, who: str | None = "Ada", text: str = "one two") -> dict[str, object]:
    entry: dict[str, object] = {"line": text}
    return entry | ({} if sec is None else {"sec": sec}) | ({} if who is None else {"who": who})


@given(st.integers(0, 100_000))
def test_iso_durations_are_read_as_they_are_written(seconds: int) -> None:
    assert parse_duration(format_iso_duration(seconds * 1000)) == seconds * 1000


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("PT01H03M37S", 3_817_000),
        ("PT01H23S", 3_623_000),
        ("1:02:03", 3_723_000),
        ("62:03", 3_723_000),
        ("3723", 3_723_000),
        ("PT", None),
        ("an hour", None),
        ("-5", None),
    ],
)
def test_durations(text: str, ms: int | None) -> None:
    assert parse_duration(text) == ms


def test_a_further_paragraph_of_a_turn_is_no_problem() -> None:
    assert codes([line(0), line(None, None), line(20), line(None, None)]) == []


def test_stretches_are_told_once() -> None:
    entries = [line(0), line(None), line(None), line(5), line(None)]
    assert codes(entries) == ["T108", "T108"]
    assert codes([line(0), line(1, None), line(2, None), line(3)]) == ["T109"]


def test_a_name_that_is_as_frequent_is_not_a_mistake() -> None:
    alike = [line(number, "Ann" if number % 2 else "Anna") for number in range(6)]
    assert codes(alike) == []


@pytest.mark.parametrize("text", ["naïve café", "Größe – „gut“", "Ärger, Âge", "שלום 🎹"])
def test_text_that_is_whole_is_not_called_damaged(text: str) -> None:
    assert codes([line(0, text=text)]) == []


@given(st.lists(st.integers(0, 30), min_size=1, max_size=12))
def test_backward_times_are_blamed_exactly_where_times_do_not_rise(seconds: list[int]) -> None:
    found = "T107" in codes([line(second) for second in seconds])
    assert found == (seconds != sorted(seconds))


def test_clips_that_were_written_by_the_product_are_right() -> None:
    from producer.derive.clips import quotable_clips

    entries = [{"header": "A"}, line(0), {"header": "B"}, line(20), {"header": "C"}, line(40.5)]
    clips = quotable_clips(derived(entries).clips, None)
    assert not {code for code in codes(entries, quotableClips=clips) if code[0] == "Q"}


@pytest.mark.parametrize("stored", ["none", 7, ["a", "b"], [{"x": 1}], [{"name": None}], {}])
def test_clips_of_any_shape_are_survived(stored: object) -> None:
    codes([{"header": "A"}, line(0)], quotableClips=stored)


def test_what_episodes_share_is_told_at_the_later_one() -> None:
    first, second = derived([line(0)], guid="1"), derived([line(0)], guid="1")
    identities = [identity_of(each, Facts(now=NOW)) for each in (first, second)]
    assert [problem.code for problem in check_show(identities)] == ["F110", "F111"]
    assert check_show(identities[:1]) == ()


@pytest.mark.parametrize(
    ("stored", "link", "found"),
    [
        ("show/episodes/a", "https://x.org/pod/show/episodes/a", False),
        ("episodes/a", "https://x.org/pod/show/episodes/a", False),
        ("ow/episodes/a", "https://x.org/pod/show/episodes/a", True),
        ("a-1", "https://x.org/pod/show/episodes/aaa-1", False),
        ("other/a", "https://x.org/pod/show/episodes/a", False),
    ],
)
def test_ids_that_lost_their_beginning(stored: str, link: str, *, found: bool) -> None:
    ids, links = {"pod": stored}, {"pod": link}
    assert ("L105" in codes([line(0)], ids=ids, links=links)) is found


@pytest.mark.parametrize("key", ["custom", "x", "layout", "permalink", "tags", "notes", "sections"])
def test_keys_of_ones_own_are_left_in_peace(key: str) -> None:
    assert codes([line(0)], **{key: 1}) == []


@pytest.mark.parametrize("value", [None, "x", 3, ["a"], {"a": ["b"]}, {"youtube": ["x"]}])
def test_links_and_ids_of_any_shape_are_survived(value: object) -> None:
    codes([line(0)], links=value, ids=value, audio=value)
