"""Sources: every offset has its line and column, and nothing of the bytes is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.problems import Problem, Severity
from producer.source.source import BOM, Source, Span

texts = st.text(alphabet="ab\n\r\u2028\u0085\v\f🎧é ", max_size=40)


@given(st.booleans(), texts)
def test_the_bytes_are_given_back(bom: bool, text: str) -> None:
    data = (BOM * bom + text).encode()
    source = Source.decode("x.md", data)
    assert (source.text, source.has_bom) == (text, bom)
    assert source.encode() == data


def test_only_one_bom_is_set_apart() -> None:
    source = Source.decode("x.md", (BOM + BOM + "a").encode())
    assert (source.text, source.has_bom) == (BOM + "a", True)


def test_what_is_not_utf_8_is_refused_with_its_offset() -> None:
    with pytest.raises(UnicodeDecodeError) as caught:
        Source.decode("x.md", b"ab\xe9cd")
    assert caught.value.start == 2


@given(texts)
def test_positions_agree_with_counting(text: str) -> None:
    source = Source("x.md", text)
    line, column = 1, 1
    for offset, character in enumerate(text):
        assert source.position(offset) == (line, column)
        ends = character == "\n" or (character == "\r" and text[offset + 1 : offset + 2] != "\n")
        line, column = (line + 1, 1) if ends else (line, column + 1)
    assert source.position(len(text)) == (line, column)
    assert len(source.line_starts) == line


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", BOM.encode()])
def test_lines_of_every_kind(end: str, bom: bytes) -> None:
    source = Source.decode("x.md", bom + f"one{end}🎧 two\u2028{end}{end}three".encode())
    lines = ["one", "🎧 two\u2028", "", "three"]
    assert [source.line_text(number) for number in (1, 2, 3, 4)] == lines
    places = [source.position(source.text.index(word)) for word in ("one", "🎧", "two", "three")]
    assert places == [(1, 1), (2, 1), (2, 3), (4, 1)]


def test_mixed_line_ends() -> None:
    source = Source("x.md", "a\rb\r\nc\n\rd")
    assert source.line_starts == (0, 2, 5, 7, 8)
    assert [source.line_text(n) for n in range(1, 6)] == ["a", "b", "c", "", "d"]


def test_offsets_outside_mean_the_ends() -> None:
    source = Source("x.md", "ab\ncd")
    assert source.position(-5) == (1, 1)
    assert source.position(99) == (2, 3)
    assert Source("x.md", "").position(0) == (1, 1)
    assert Source("x.md", "a\n").position(2) == (2, 1)


def test_a_problem_at_a_span() -> None:
    source = Source("x.md", "one\r\n🎧 two\r\n")
    assert source.problem("F104", "message", Span(7, 10), "hint") == Problem(
        "F104", Severity.ERROR, "message", "x.md", 2, 3, 3, "🎧 two", "hint"
    )


def test_a_problem_over_several_lines_is_shown_on_the_first() -> None:
    source = Source("x.md", "one\ntwo\nthree\n")
    assert source.problem("C101", "message", Span(1, 12)) == Problem(
        "C101", Severity.WARNING, "message", "x.md", 1, 2, 2, "one"
    )


def test_a_problem_of_the_whole_file() -> None:
    assert Source("x.md", "---\nabc").problem("L101", "message") == Problem(
        "L101", Severity.ADVICE, "message", "x.md", 1, 1, 3, "---"
    )
    assert Source("x.md", "").problem("F101", "message") == Problem(
        "F101", Severity.ERROR, "message", "x.md", 1, 1, 1, ""
    )


def test_an_empty_span_still_has_a_caret() -> None:
    problem = Source("x.md", "ab\ncd").problem("F104", "message", Span(2, 2))
    assert (problem.line, problem.column, problem.length) == (1, 3, 1)
