"""Where problems are said to be: line and column in characters, whatever the text is made of."""

import pytest
from feed_check.faults_cases import BASE, check
from hypothesis import given
from hypothesis import strategies as st

from producer.feed_check.check import MAX_LINE_CHARS, MAX_OF_A_RULE
from producer.feed_check.document import TEXT
from producer.feed_check.element import Element
from producer.feed_check.feed import walk
from producer.feed_check.parse import parse

# What XML may hold as it stands.
words = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="<&]'\"\ufffe\uffff"
    ),
    max_size=30,
)


@given(before=words, value=words, after=words)
def test_spans_are_of_the_text(before: str, value: str, after: str) -> None:
    text = f"<!--{before.replace('-', '')}--><rss\n a='1'\tv = '{value}'>{before}<i/>{after}</rss>"
    document = parse("f", text.encode())
    root = document.root
    assert document.faults == ()
    assert isinstance(root, Element)
    tag, attribute = document.span(root), document.span(root, "v")
    assert text[tag.start : tag.end].startswith("<rss")
    assert text[tag.start : tag.end].endswith("'>")
    assert text[attribute.start : attribute.end] == f"v = '{value}'"
    inner = document.span(root.children[0])
    assert text[inner.start : inner.end] == "<i/>"
    said = document.span(root, TEXT)
    if before.strip() and before[0].isprintable():
        assert before.lstrip().startswith(text[said.start : said.end])


@given(st.lists(words, max_size=8))
def test_characters_of_bytes(parts: list[str]) -> None:
    text = f"<rss>{'<x/>'.join(parts)}</rss>"
    document = parse("f", text.encode())
    assert document.root is not None
    for element in walk(document.root):
        assert text[document.character(element.offset)] == "<"


def test_far_into_a_long_text() -> None:
    text = "<rss>" + "<a>ö€𝄞</a>" * 3000 + "<b/></rss>"
    document = parse("f", text.encode())
    assert document.root is not None
    last = document.root.children[-1]
    span = document.span(last)
    assert (span.start, text[span.start : span.end]) == (text.index("<b/>"), "<b/>")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    text = BASE.read_text(encoding="utf-8").replace("<language>en-GB", "<language>xx")
    (problem,) = check(BASE, text.replace("\n", end).encode())
    assert (problem.line, problem.column, problem.length) == (12, 15, 2)
    assert problem.text == "    <language>xx</language>"


def test_a_byte_order_mark_counts_for_nothing() -> None:
    text = BASE.read_text(encoding="utf-8").split("\n", 1)[1].replace('"2.0"', '"1.0"')
    problems = check(BASE, text.encode("utf-8-sig"))
    assert [(p.code, p.line, p.column) for p in problems] == [("R205", 1, 1), ("R209", 1, 6)]


def test_a_feed_in_one_line() -> None:
    text = BASE.read_text(encoding="utf-8").replace("\n", " ")
    text = text.replace("</channel>", "<x/>" * 2000 + "<y/></channel>")
    problems = check(BASE, text.encode())
    assert {p.code for p in problems} == {"R213"}
    assert len(problems) == MAX_OF_A_RULE + 1
    assert text[problems[0].column - 1 :].startswith("<x/>")
    assert all(len(p.text) <= MAX_LINE_CHARS for p in problems)


def test_many_of_a_rule_are_counted() -> None:
    text = BASE.read_text(encoding="utf-8").replace("</channel>", "<x/>\n" * 80 + "</channel>")
    problems = check(BASE, text.encode())
    assert len(problems) == MAX_OF_A_RULE + 1
    assert problems[-1].message == "30 more like the 50 above, from here on (element-known)"
