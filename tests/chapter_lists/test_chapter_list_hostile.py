"""Files that are no lists, or want to harm: a line each, and never a traceback."""

# ruff: noqa: E501  files are easier to read with their lines whole

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from producer.chapter_lists import read_chapter_list
from producer.errors import ProducerError

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><chapters><chapter title="&b;"/></chapters>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (b" \n\t\n", "the file is empty"),
        (b"hello\nworld\n", "there is no chapter in it"),
        (b"\xff\xfe\x00", "line 1 is not UTF-16-LE text"),
        (b"0:00 \xe9", "line 1 is not UTF-8 text"),
        (b"\x00\x01", "not text, or text in an encoding that it does not name"),
        (b'{"chapters": 3}', "JSON without a list of `chapters`"),
        (
            b'{"chapters": [1]}',
            "there is no chapter in it (chapter 1: not an object; it was left out)",
        ),
        (b'{"chapters": [', "line 1: not JSON: Expecting value"),
        (b"[" * 200_000, "JSON that cannot be read: it nests too deep"),
        (BOMB.encode(), "XML with a DOCTYPE is not read"),
        (b"<chapters>", "not XML: Premature end of data in tag chapters line 1"),
        (b"<a/>", "XML with no <psc:chapters>"),
        (b"<a><chapters/><chapters/></a>", "XML with 2 lists of chapters"),
        (
            b"WEBVTT\n\n1:99 --> 2:00\nx\n",
            "there is no chapter in it (line 3: not the times of a cue",
        ),
        (b";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/0\nSTART=0\ntitle=x\n", "there is no chapter in it"),
        (b";FFMETADATA1\n[CHAPTER]\nSTART=" + b"9" * 20, "there is no chapter in it"),
        (b'start,title\n0,"x\n', "line 2: not CSV: unexpected end of data"),
        (b"start,title\n1,2,3\n", "there is no chapter in it (line 2: 3 values in 2 columns"),
        (b"start,title\n-1,x\n", "there is no chapter in it (line 2: not a time: '-1'"),
        (b"start,title\n1e999,x\n", "there is no chapter in it"),
        (
            b"".join(b"0:%02d x\n" % (n % 60) for n in range(60)) + b"0:59 x\n" * 1000,
            "more than 300 chapters",
        ),
        (b"9999999:00 x", "there is no chapter in it"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_refused_with_a_line(data: bytes, said: str) -> None:
    with pytest.raises(ProducerError) as refused:
        read_chapter_list("f", data)
    assert refused.value.message.startswith(f"f: {said}")
    assert "\n" not in refused.value.message


LONG = 200_000


@pytest.mark.parametrize(
    "text",
    ["0:00" + " " * LONG, "0:00 " + "(" * LONG, "- 0:00 " + "[" * LONG, "*" * LONG + " 0:00", "0:" * LONG,
     "- 0:00 " + "*a " * LONG, "." * LONG + "0:00", "x " * LONG + "0:00 - 0:00", "1 " * LONG,
     ";FFMETADATA1\n[CHAPTER]\n" + "\\" * LONG, "WEBVTT\n\n" + "<" * LONG + "-->", "0:00 a\n" + "—" * LONG,
     "- 0:00 " + "`a" * 900 + "*_" * 50, "- 0:00 " + "![[" * 600],
    ids=lambda text: repr(text[:12]),
)  # fmt: skip
def test_long_lines_take_no_time(text: str) -> None:
    try:
        read_chapter_list("f", text.encode())
    except ProducerError as error:
        assert "\n" not in error.message  # noqa: PT017  either is right, and neither hangs


PIECES = st.sampled_from(
    ["0:00", "1:12", " ", "-", "(", ")", "[", "]", "Title", "\n", "{", '"chapters"', ":", "<", ">",
     "WEBVTT", "\n\n", "-->", ";FFMETADATA1", "[CHAPTER]", "START=1", "\\", "start,title", ",", '"', "\x00",
     "<chapters>", "<chapter start='0:00' title='x'/>", "</chapters>", "1.", "*", "é", "🎧"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
@settings(max_examples=300)
def test_any_mixture_is_read_or_refused(text: str) -> None:
    try:
        found = read_chapter_list("f", text.encode())
    except ProducerError:
        return
    starts = [chapter.start_ms for chapter in found.chapters]
    assert starts == sorted(starts)
    assert all(chapter.title for chapter in found.chapters)
