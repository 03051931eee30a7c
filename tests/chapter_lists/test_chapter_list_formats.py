"""Each format that `producer chapters --format` writes is read back, with hostile titles."""

# ruff: noqa: E501  files are easier to read with their lines whole

import re

import pytest
from builders import one_line_texts, touching_chapters
from hypothesis import given, settings
from hypothesis import strategies as st

from producer.chapter_lists import CHAPTER_LISTS, read_chapter_list
from producer.derive.chapters import Chapter
from producer.formats.chapters import CHAPTER_FORMATS, ChapterContext

EXACT = ("json", "psc", "vtt", "ffmetadata", "csv")
IN_SECONDS = ("youtube", "markdown")
CONTEXTS = st.sampled_from([ChapterContext(), ChapterContext("A = b; #c\\", "Show", "7SLd5V7z3xQ")])


@pytest.mark.parametrize("name", EXACT)
@given(touching_chapters(), CONTEXTS)
@settings(max_examples=60)
def test_exact_formats(name: str, chapters: tuple[Chapter, ...], context: ChapterContext) -> None:
    written = CHAPTER_FORMATS[name].render(chapters, context)
    found = read_chapter_list("file", written.encode())
    assert [(c.start_ms, c.title) for c in found.chapters] == [
        (c.start_ms, c.title) for c in chapters
    ]
    assert (found.kind, found.problems) == (name, ())
    assert found.timeline is CHAPTER_FORMATS[name].timeline


# A list in text says the same of `0:00 - Title` and of a title that begins with a dash.
_SEPARATED = re.compile(r"[-–—:|]|(?:~|to)\s*\d")
PLAIN_TITLES = one_line_texts.filter(lambda title: _SEPARATED.match(title) is None)


@pytest.mark.parametrize("name", IN_SECONDS)
@given(touching_chapters(titles=PLAIN_TITLES), CONTEXTS)
@settings(max_examples=60)
def test_lists_in_text(name: str, chapters: tuple[Chapter, ...], context: ChapterContext) -> None:
    written = CHAPTER_FORMATS[name].render(chapters, context)
    found = read_chapter_list("file", written.encode())
    assert [(c.start_ms, c.title) for c in found.chapters] == [
        (c.start_ms // 1000 * 1000, c.title) for c in chapters
    ]
    assert (found.kind, found.problems) == ("text", ())


def test_every_format_that_is_written_is_read() -> None:
    assert set(EXACT) | set(IN_SECONDS) == set(CHAPTER_FORMATS)
    assert set(CHAPTER_LISTS) == {*EXACT, "text"}


def test_what_other_programs_write() -> None:
    vtt = "WEBVTT - x\nKind: chapters\n\nNOTE a\nb\n\n1\n00:00.000 --> 01:12.500 line:1\n<c>One</c>\ntwo &amp; three\n"
    ini = (
        ";FFMETADATA1\r\nmajor_brand=isom\r\n[STREAM]\r\ntitle=x\r\n[CHAPTER]\r\nTIMEBASE=1/44100\r\n"
        "START=66150\r\nEND=88200\r\ntitle=a\\\nb\r\n# c\r\n[CHAPTER]\r\nSTART=2000000000\r\ntitle=n\r\n"
    )
    feed = (
        '<rss><channel><item><psc:chapters xmlns:psc="http://podlove.org/simple-chapters/">'
        '<psc:chapter start="12" title="A" href="x"/><psc:chapter start="1:12.5" title="B"/>'
        "</psc:chapters></item></channel></rss>"
    )
    json = '{"chapters": [{"startTime": "0:05", "title": "A"}, {"startTime": 7, "title": "B", "toc": false}]}'
    csv = 'Title;Start\n"One; two";0:05\n'
    for text, expected in (
        (vtt, [(0, "One two & three")]),
        (ini, [(1500, "a b"), (2000, "n")]),
        (feed, [(12_000, "A"), (72_500, "B")]),
        (json, [(5000, "A")]),
        (csv, [(5000, "One; two")]),
    ):
        found = read_chapter_list("file", text.encode())
        assert [(c.start_ms, c.title) for c in found.chapters] == expected
