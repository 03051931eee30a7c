"""Text: cleaned, folded, freed of tags, cut to bytes."""

import re

import pytest
from builders import one_line_texts
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from producer.text import (
    breaks_to_paragraphs,
    clean,
    count_words,
    each_line,
    one_line,
    strip_tags,
    truncate_bytes,
)

any_text = st.text(alphabet=st.characters(exclude_categories=()), max_size=60)


@given(any_text)
def test_cleaned_text_is_xml_and_utf_8(text: str) -> None:
    element = etree.Element("x")
    element.text = clean(text)  # raises ValueError for what XML 1.0 forbids
    read = etree.fromstring(etree.tostring(element, encoding="utf-8")).text or ""
    assert read == clean(text)


@given(any_text)
def test_clean_takes_away_and_changes_only_what_parts_words(text: str) -> None:
    rest = iter(re.sub("[\x0b\x0c\x1c-\x1f]", " ", text))
    assert all(character in rest for character in clean(text))
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\x00b", "ab"),
        ("a\fb\vc", "a b c"),
        ("a\x1b[31mb", "a[31mb"),
        ("a\ud800b", "ab"),
        ("a\ufffeb\uffff", "ab"),
        ("a\x9bb", "ab"),
        ("tab\tand\r\nend", "tab\tand\r\nend"),
        ("👩‍🚀 שלום\u200f", "👩‍🚀 שלום\u200f"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(any_text)
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert line == line.strip()
    assert line.splitlines() == ([line] if line else [])
    assert one_line(line) == line
    assert line.split() == clean(text).split()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  a \t b\r\n\r\nc\u00a0d\u2028e\u3000 ", "a b c d e"),
        ("\n\n", ""),
        ("one", "one"),
    ],
)
def test_one_line(text: str, line: str) -> None:
    assert one_line(text) == line


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), (" \n", 0), ("one", 1), ("one, two\nthree - four", 5)]
)
def test_count_words(text: str, count: int) -> None:
    assert count_words(text) == count


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("a<br>b", "a  \nb"),
        ("a <BR /> b", "a  \nb"),
        ("a<br/>\nb", "a  \nb"),
        ("a<br><br>b", "a\n\nb"),
        ("a <br/>\n<br > <br>\n b", "a\n\nb"),
        ("a<broken>b", "a<broken>b"),
        ("a\n\nb", "a\n\nb"),
    ],
)
def test_breaks_to_paragraphs(text: str, markdown: str) -> None:
    assert breaks_to_paragraphs(text) == markdown


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a<br>b", "a\nb"),
        ("a<br><br/>b", "a\n\nb"),
        ("<p>Hello <b class='x'>you</b></p>", "Hello you"),
        ("  2 < 3 and 4 > 1  ", "2 < 3 and 4 > 1"),
        ('<a href="https://x.org/?a=1&b=2">link</a>', "link"),
        ("<3 <- ->", "<3 <- ->"),
    ],
)
def test_strip_tags(text: str, plain: str) -> None:
    assert strip_tags(text) == plain


@given(one_line_texts, st.integers(0, 60))
def test_truncated_text_fits_and_is_a_beginning(text: str, limit: int) -> None:
    cut = truncate_bytes(text, limit)
    assert len(cut.encode()) <= limit
    if len(text.encode()) <= limit:
        assert cut == text
    elif cut:
        assert cut.endswith("…")
        assert text.startswith(cut.removesuffix("…"))


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("one, two three", 12, "one, two…"),
        ("one two, three", 12, "one two…"),
        ("abcdefghij", 8, "abcde…"),
        ("a bcdefghijkl", 10, "a bcdef…"),
        ("abcd efghijkl", 12, "abcd efgh…"),
        ("ééééé", 8, "éé…"),
        ("🎧🎧🎧", 10, "🎧…"),
        ("🎧🎧🎧", 6, "…"),
        ("abcd", 3, ""),
    ],
)
def test_truncate_bytes(text: str, limit: int, cut: str) -> None:
    assert truncate_bytes(text, limit) == cut


@given(st.lists(st.text(alphabet="ab \n\t\x0b\u2028é&<", max_size=6), max_size=5))
def test_all_at_once_is_as_one_by_one(texts: list[str]) -> None:
    def change(text: str) -> str:
        return text.replace("&", "&amp;").replace("a", "")

    assert each_line(texts, change) == [change(text) for text in texts]
