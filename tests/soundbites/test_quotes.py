"""Quotes: found word for word, whatever typing changes without a thought, and nothing else."""

import time
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from producer.derive.near_quotes import NearQuotes
from producer.derive.quotes import MAX_PLACES, SpokenText, fold

LINES = [
    "He said “Hello — world”, don’t you… know?",
    "And then it was art. Start here.",
    "日本語のテスト",
    "the art is long, naïve as it was",
]


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("it was art. Start here.", ["it was art. Start here."]),
        ("It was art", ["it was art"]),
        ("and then", ["And then"]),
        ("  and \n then  ", ["And then"]),
        ('"Hello - world"', ["“Hello — world”"]),
        ("Hello – world", ["Hello — world"]),
        ("don't you... know", ["don’t you… know"]),
        (
            "He said ... it was art",
            ["He said “Hello — world”, don’t you… know? And then it was art"],
        ),
        ("And then […] start", ["And then it was art. Start"]),
        ("And ... was ... Start", ["And then it was art. Start"]),
        ("... then it", ["then it"]),
        ("本語の", ["本語の"]),
        (unicodedata.normalize("NFD", "naïve"), ["naïve"]),
        ("art", ["art", "art"]),
        ("it ... was", ["it was", "it was"]),
        # Another text.
        ("it Was art", []),
        ("it was  art Start", []),
        ("tart", []),
        ("Hell", []),
        ("ello", []),
        ("dont you", []),
        ("naive", []),
        ("Start ... And then", []),
        ("And then ... nobody", []),
        ("...", []),
        ("", []),
        (".", []),
    ],
)
def test_what_is_found(quote: str, said: list[str]) -> None:
    spoken = SpokenText(LINES)
    assert [spoken.said(*place) for place in spoken.places(quote)] == said


WORDS = st.lists(
    st.sampled_from(["one", "two", "“three”", "four…", "fünf", "it’s", "日本", "X", "…", "—", "'"]),
    min_size=1,
    max_size=12,
)


@given(st.lists(WORDS, min_size=1, max_size=4), st.data())
def test_every_run_of_words_is_found_where_it_stands(
    lines: list[list[str]], data: st.DataObject
) -> None:
    texts = [" ".join(words) for words in lines]
    spoken = SpokenText(texts)
    words = " ".join(texts).split()
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    starts, ends = spoken.words
    quote = " ".join(words[first : last + 1])
    assume(any(map(str.isalnum, quote)))
    assert (starts[first], ends[last]) in spoken.places(quote)
    assert spoken.said(starts[first], ends[last]) == quote
    assert (starts[first], ends[last]) in spoken.places(fold(quote))


@given(st.lists(st.text(max_size=20), max_size=4), st.text(max_size=10))
def test_no_text_breaks_it(lines: list[str], quote: str) -> None:
    spoken = SpokenText(lines)
    for start, end in spoken.places(quote):
        assert 0 <= start < end <= len(spoken.text)
        assert spoken.said(start, end)


def test_what_is_near_is_named() -> None:
    near = NearQuotes(SpokenText(LINES))
    assert near.find("he said hello to the world, don't you know") == (
        0,
        'He said "Hello - world", don\'t you... know?',
    )
    assert near.find("entirely other things altogether") is None
    assert near.find("?!") is None


def test_megabytes_of_one_word_take_moments() -> None:
    spoken = SpokenText(["la " * 300_000, "the end"])
    before = time.process_time()
    assert len(spoken.places("la la")) == MAX_PLACES
    assert spoken.places("la ... nothing") == []
    assert spoken.places("la la la ... the beginning") == []
    assert len(spoken.places("la ... the end")) == MAX_PLACES
    assert time.process_time() - before < 20, "some passes over the text, not one for each word"
