"""How a problem reads, to the character."""

import pytest

from producer.diagnostics import cells, format_problem
from producer.problems import Problem, Severity


def problem(text: str, column: int, length: int = 1, line: int = 7, hint: str = "") -> Problem:
    return Problem("F104", Severity.ERROR, "message", "x.md", line, column, length, text, hint)


def shown(found: Problem) -> list[str]:
    """The line with its number taken off, and the line with the caret under it."""
    _, bar, text, caret = format_problem(found).split("\n")
    assert (bar, text[:4], caret[:4]) == ("  |", "7 | ", "  | ")
    return [text[4:], caret[4:]]


def test_the_example_of_the_design() -> None:
    found = Problem(
        "C103",
        Severity.ERROR,
        'chapter "Sponsor" starts at 9:15, before the one above it (12:40)',
        "episodes/s17e07.md",
        212,
        3,
        6,
        "- header: Sponsor",
        "give the header its own `sec`, or move it up",
    )
    assert format_problem(found) == (
        'episodes/s17e07.md:212:3: error[C103]: chapter "Sponsor" starts at 9:15, '
        "before the one above it (12:40)\n"
        "    |\n"
        "212 | - header: Sponsor\n"
        "    |   ^^^^^^\n"
        "    = hint: give the header its own `sec`, or move it up"
    )


def test_without_a_line() -> None:
    found = Problem("A102", Severity.WARNING, "message", "audio/x.mp3")
    assert format_problem(found) == "audio/x.mp3: warning[A102]: message"
    with_hint = Problem("A102", Severity.ADVICE, "message", "audio/x.mp3", hint="do")
    assert format_problem(with_hint) == "audio/x.mp3: advice[A102]: message\n  = hint: do"


def test_without_a_hint() -> None:
    assert format_problem(problem("abc", 2)) == (
        "x.md:7:2: error[F104]: message\n  |\n7 | abc\n  |  ^"
    )


def test_an_empty_line() -> None:
    assert format_problem(problem("", 1)) == "x.md:7:1: error[F104]: message\n  |\n7 |\n  | ^"


@pytest.mark.parametrize(
    ("text", "column", "length", "line", "caret"),
    [
        ("a\tb c", 3, 1, "a b c", "  ^"),
        ("\t\tb", 1, 2, "  b", "^^"),
        ("日本 x", 4, 1, "日本 x", "     ^"),
        ("a: 日本 x", 4, 2, "a: 日本 x", "   ^^^^"),
        ("🎧 x", 3, 1, "🎧 x", "   ^"),
        ("e\u0301e\u0301 x", 6, 1, "e\u0301e\u0301 x", "   ^"),
        ("❤\ufe0f x", 4, 1, "❤\ufe0f x", "  ^"),
        ("a\u00a0b", 3, 1, "a\u00a0b", "  ^"),
        ("日\u3000x", 3, 1, "日\u3000x", "    ^"),
        ("a\u2028b\u2029c", 5, 1, "a b c", "    ^"),
        ("a\x1b[31mb", 7, 1, "a [31mb", "      ^"),
        ("a\u202eb", 3, 1, "a b", "  ^"),
        ("abc", 4, 1, "abc", "   ^"),
        ("abc", 2, 99, "abc", " ^^"),
    ],
)
def test_the_caret_stands_under_its_text(
    text: str, column: int, length: int, line: str, caret: str
) -> None:
    assert shown(problem(text, column, length)) == [line, caret]


def test_a_long_line_with_its_caret_near_the_beginning() -> None:
    text = "x" * 50 + "y" * 60
    assert shown(problem(text, 51)) == ["x" * 50 + "y" * 50 + "…", " " * 50 + "^"]


def test_a_line_that_just_fits() -> None:
    assert shown(problem("x" * 99 + "y", 100)) == ["x" * 99 + "y", " " * 99 + "^"]


def test_a_long_line_is_a_window_around_the_caret() -> None:
    text = "a" * 200 + "HERE" + "b" * 200
    assert shown(problem(text, 201, 4)) == [
        "…" + "a" * 33 + "HERE" + "b" * 63 + "…",
        " " * 34 + "^^^^",
    ]


def test_a_long_line_with_its_caret_at_the_end() -> None:
    text = "a" * 200 + "!"
    assert shown(problem(text, 201)) == ["…" + "a" * 33 + "!", " " * 34 + "^"]


def test_a_long_mark_ends_with_the_window() -> None:
    text = "a" * 200
    assert shown(problem(text, 101, 100)) == ["…" + "a" * 100 + "…", " " * 34 + "^" * 67]


def test_wide_characters_in_a_window() -> None:
    text = "日" * 60 + "!" + "本" * 60
    assert shown(problem(text, 61)) == ["…" + "日" * 33 + "!" + "本" * 60, " " * 67 + "^"]


def test_every_part_has_its_style() -> None:
    found = problem("abc", 2, hint="do")
    assert format_problem(found, lambda text, role: f"<{role}:{text}>") == (
        "<place:x.md:7:2>: <error:error[F104]>: message\n"
        "  <gutter:|>\n"
        "<gutter:7> <gutter:|> abc\n"
        "  <gutter:|>  <caret:^>\n"
        "  <gutter:=> <hint:hint>: do"
    )


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("abc", 3),
        ("日本", 4),
        ("🎧", 2),
        ("e\u0301", 1),
        ("\u200d", 0),
        ("ｱ", 1),
        ("Ａ", 2),
    ],
)
def test_cells(text: str, count: int) -> None:
    assert cells(text) == count
