"""Names of files: what comes of titles is ASCII, short and in order."""

import re

import pytest
from builders import one_line_texts
from hypothesis import given, settings
from hypothesis import strategies as st

from producer.names import ascii_name, clip_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Wie klingt Größe?", "wie-klingt-grosse"),
        ("Q&A: What's next?", "q-a-what-s-next"),
        ("  Ünïcödé  ", "unicode"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\\b/c:d*e", "a-b-c-d-e"),
        ("Привет, мир", "privet-mir"),
        ("100 % sure", "100-sure"),
        ("🎧", "clip"),
        ("---", "clip"),
        ("", "clip"),
    ],
)
def test_ascii_name(title: str, name: str) -> None:
    assert ascii_name(title, fallback="clip") == name


@given(one_line_texts)
def test_a_name_is_safe_everywhere(title: str) -> None:
    name = ascii_name(title, fallback="clip")
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert len(name) <= 60
    assert ascii_name(name, fallback="clip") == name


def test_a_long_name_ends_at_a_word() -> None:
    assert ascii_name("wordy " * 20, fallback="x") == "-".join(["wordy"] * 10)
    assert ascii_name("one two three", fallback="x", max_length=8) == "one-two"


@pytest.mark.parametrize(
    ("number", "total", "name"),
    [
        (1, 1, "01-hello"),
        (9, 99, "09-hello"),
        (9, 100, "009-hello"),
        (1000, 1000, "1000-hello"),
    ],
)
def test_clip_name(number: int, total: int, name: str) -> None:
    assert clip_name(number, total, "Hello!") == name


def test_a_clip_without_a_name_of_its_own() -> None:
    assert clip_name(3, 10, "🎧") == "03-clip"


@given(st.integers(1, 1200))
@settings(max_examples=10)
def test_names_sort_in_the_order_of_the_clips(total: int) -> None:
    names = [clip_name(number, total, "same") for number in range(1, total + 1)]
    assert sorted(names) == names
    assert len(set(names)) == total
