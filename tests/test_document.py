"""YAML documents: what scalars mean, where everything stands, and what is refused, and how."""

import datetime
import time
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from producer.problems import Problem, Severity
from producer.source.document import (
    MAX_DEPTH,
    Document,
    YamlError,
    duplicate_keys,
    plain_data,
    scalar_value,
)
from producer.source.front_matter import split
from producer.source.source import BOM, Source, Span


def parse(text: str) -> Document:
    return Document.parse(Source("x.yaml", text), Span(0, len(text)), "F102")


def refused(text: str) -> Problem:
    with pytest.raises(YamlError) as caught:
        parse(text)
    return caught.value.problem


# What scalars mean


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1:25", "1:25"),
        ("0:00", "0:00"),
        ("1:02:03", "1:02:03"),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("Off", "Off"),
        ("y", "y"),
        ("true", True),
        ("FALSE", False),
        ("'true'", "true"),
        ("tRUE", "tRUE"),
        ("", None),
        ("~", None),
        ("null", None),
        ("'null'", "null"),
        ('""', ""),
        ("0", 0),
        ("42", 42),
        ("-3", -3),
        ("+3", 3),
        ("'42'", "42"),
        ('"42"', "42"),
        ("012", 12),
        ("0o14", "0o14"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("9" * 500, "9" * 500),
        ("1.5", 1.5),
        ("1.", 1.0),
        (".5", 0.5),
        ("-1.5e3", -1500.0),
        ("1e3", 1000.0),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("2026-03-31", datetime.date(2026, 3, 31)),
        ("2026-3-1", datetime.date(2026, 3, 1)),
        ("'2026-03-31'", "2026-03-31"),
        ("2026-02-30", "2026-02-30"),
        ("2026-13-01", "2026-13-01"),
        ("2026-03-31T10:00:00Z", "2026-03-31T10:00:00Z"),
        ("2026-03-31 10:00:00", "2026-03-31 10:00:00"),
        ("١٢", "١٢"),
        ("=", "="),
        ("!!int '3'", "3"),
        ("|\n  42\n", "42\n"),
    ],
)
def test_scalar_value(text: str, value: Any) -> None:
    node = parse(f"a: {text}\n").find(("a",))
    assert isinstance(node, yaml.ScalarNode)
    found = scalar_value(node)
    assert (found, type(found)) == (value, type(value))


def test_plain_data_keeps_the_order_and_the_first_of_duplicates() -> None:
    data = plain_data(parse("b: [1, {c: x}]\na: yes\nb: 2\n? [k]\n: 1\n").root)
    assert data == {"b": [1, {"c": "x"}], "a": "yes", "": 1}
    assert list(data) == ["b", "a", ""]


def test_aliases_share_what_they_name() -> None:
    data = plain_data(parse("a: &x [1]\nb: *x\n").root)
    assert data == {"a": [1], "b": [1]}
    assert data["a"] is data["b"]


def test_nothing_at_all() -> None:
    document = parse("# only a comment\n")
    assert document.root is None
    assert document.find(()) is None
    assert plain_data(document.root) is None


def test_duplicate_keys() -> None:
    document = parse("a: 1\nb: 2\n'a': 3\na: 4\nc: {d: 1, d: 2}\n")
    assert isinstance(document.root, yaml.MappingNode)
    spans = [document.span(key) for key in duplicate_keys(document.root)]
    assert [document.source.position(span.start) for span in spans] == [(3, 1), (4, 1)]
    inner = document.find(("c",))
    assert isinstance(inner, yaml.MappingNode)
    assert [key.value for key in duplicate_keys(inner)] == ["d"]


# Where everything stands

EPISODE = """---
# 🎧 a comment
title: "🎙 Größe"
ids: {youtube: abc, 'spotify': 日本語}
guests:
- ada
-   🦊 bob
audio:
  offset: 1.5
transcript:
- header: Start 👩‍🚀
- line: One
    two
  sec: 75
  who: Ada
---
body
"""
PLACES: list[tuple[tuple[str | int, ...], tuple[int, int], tuple[int, int], str]] = [
    (("title",), (3, 1), (3, 8), '"🎙 Größe"'),
    (("ids",), (4, 1), (4, 6), "{youtube: abc, 'spotify': 日本語}"),
    (("ids", "youtube"), (4, 7), (4, 16), "abc"),
    (("ids", "spotify"), (4, 21), (4, 32), "日本語"),
    (("guests", 0), (6, 3), (6, 3), "ada"),
    (("guests", 1), (7, 5), (7, 5), "🦊 bob"),
    (("guests", -1), (7, 5), (7, 5), "🦊 bob"),
    (("audio", "offset"), (9, 3), (9, 11), "1.5"),
    (("transcript", 0, "header"), (11, 3), (11, 11), "Start 👩‍🚀"),
    (("transcript", 1, "sec"), (14, 3), (14, 8), "75"),
    (("transcript", 1, "who"), (15, 3), (15, 8), "Ada"),
]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", BOM])
def test_keys_and_values_know_their_places(end: str, bom: str) -> None:
    source = Source.decode("x.md", (bom + EPISODE.replace("\n", end)).encode())
    document = Document.parse(source, split(source).front_matter, "F102")
    for path, key_place, value_place, text in PLACES:
        key, node = document.key_span(path), document.find(path)
        assert key is not None
        assert node is not None
        value = document.span(node)
        assert source.position(key.start) == key_place, path
        assert source.position(value.start) == value_place, path
        assert source.text[value.start : value.end] == text, path
        if isinstance(path[-1], str):
            assert source.text[key.start : key.end].strip("'") == path[-1]


@pytest.mark.parametrize(
    "path",
    [
        ("none",),
        ("title", "x"),
        ("title", 0),
        ("guests", 2),
        ("guests", -3),
        ("guests", "ada"),
        ("ids", 0),
        ("audio", "offset", "x"),
    ],
)
def test_what_is_not_there_has_no_place(path: tuple[str | int, ...]) -> None:
    source = Source("x.md", EPISODE)
    document = Document.parse(source, split(source).front_matter, "F102")
    assert document.find(path) is None
    assert document.key_span(path) is None


keys = st.text(alphabet="abé🎧", min_size=1, max_size=4)


@given(st.dictionaries(keys, st.lists(keys, max_size=3), min_size=1, max_size=5))
def test_every_place_holds_what_is_read_there(data: dict[str, list[str]]) -> None:
    text = "\r\n".join(f"{key}: [{', '.join(values)}]" for key, values in data.items())
    document = parse(text)
    for key, values in data.items():
        span = document.key_span((key,))
        assert span is not None
        assert text[span.start : span.end] == key
        for number, value in enumerate(values):
            span = document.key_span((key, number))
            assert span is not None
            assert text[span.start : span.end] == value


# What is refused: size and depth


DEEP_MESSAGE = f"the YAML nests deeper than {MAX_DEPTH} levels"
DEEP_HINT = "front matter is a few levels deep; look for an alias that contains itself"


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 100_000,
        "a: " + "[" * 100_000 + "]" * 100_000,
        "a: " + "{a: " * 100_000,
        "a: " + "[" * 70 + "]" * 70,
        "a: " + "[" * 450 + "]" * 450,
        "a:\n  " + "- " * 100_000 + "x\n",
        "a:\n  " + "? " * 100_000 + "x\n",
        "".join(" " * depth + "a:\n" for depth in range(2_000)),
        "".join(" " * depth + "a:\n" for depth in range(MAX_DEPTH + 1)),
        "a: &x [*x]\n",
        "a: &x {b: [*x]}\n",
        "&x a: *x\nb: &y {c: {d: *y}}\n",
        "&x {*x : 1}\n",
    ],
    ids=lambda text: text[:12],
)
def test_too_deep_is_refused_and_never_crashes(text: str) -> None:
    problem = refused(text)
    assert problem == Problem(
        "F102",
        Severity.ERROR,
        DEEP_MESSAGE,
        "x.yaml",
        1,
        1,
        1,
        text.splitlines()[0],
        DEEP_HINT,
    )


def test_the_deepest_that_is_allowed() -> None:
    text = "".join(" " * depth + "a:\n" for depth in range(MAX_DEPTH))
    data, depth = plain_data(parse(text).root), 0
    while data is not None:
        data, depth = data["a"], depth + 1
    assert depth == MAX_DEPTH


def test_many_brackets_that_do_not_nest_are_fine() -> None:
    assert len(plain_data(parse("a: [" + "[], {}, " * 2_000 + "]\n").root)["a"]) == 4_000


def test_a_billion_laughs_are_read_at_once() -> None:
    text = "a0: &a0 [ha]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 40)
    )
    began = time.perf_counter()
    data = plain_data(parse(text).root)
    assert time.perf_counter() - began < 2
    assert data["a39"][0][9][3] is data["a36"]


# What is refused: characters


@pytest.mark.parametrize(
    ("text", "line", "column", "name"),
    [
        ("a: 1\nb: x\x00y\n", 2, 5, "U+0000"),
        ("a: 🎧\x07\n", 1, 5, "U+0007"),
        ("a: 1\r\n\x1b[0m: 2\r\n", 2, 1, "U+001B"),
        ("a: '\x7f'\n", 1, 5, "U+007F"),
        ("a: \x9f\n", 1, 4, "U+009F"),
        ("a: \ufffe\n", 1, 4, "U+FFFE"),
    ],
)
def test_control_characters(text: str, line: int, column: int, name: str) -> None:
    assert refused(text) == Problem(
        "F102",
        Severity.ERROR,
        f"control character {name} in the YAML",
        "x.yaml",
        line,
        column,
        1,
        Source("", text).line_text(line),
        "delete the character",
    )


# What is refused: syntax, with its likely cause

COLON = "quote the value: it holds a colon followed by a blank"
TAB = "indent with blanks: YAML allows no tab there"
BRACE = "quote the value: a brace begins a YAML mapping"
LOOK = "compare the quotes and the indentation of this line with the lines around it"
MAPPING = "YAML: mapping values are not allowed in this context"
TOKEN = "YAML: found character that cannot start any token"
END = "YAML: found unexpected end of stream"


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"),
    [
        ("a: 1\ntitle: Ada: one\n", 2, 11, MAPPING, COLON),
        ("title: 🎧 Ada: one\n", 1, 13, MAPPING, COLON),
        ("t:\n- line: a\n- line: So: yes\n  sec: 1\n", 3, 11, MAPPING, COLON),
        ("title: it's: one\n", 1, 12, MAPPING, COLON),
        ("title: Ada: \n", 1, 11, MAPPING, COLON),
        ("title: Ada:\n", 1, 11, MAPPING, COLON),
        ("a:\n\tb: 1\n", 2, 1, TOKEN, TAB),
        ("a:\n  \tb: 1\n", 2, 3, TOKEN, TAB),
        ("a: {{ x }} y\n", 1, 4, "YAML: did not find expected key", BRACE),
        ("a: {% x %}\n", 1, 4, TOKEN, BRACE),
        ("a: @ada\n", 1, 4, TOKEN, "quote the value: YAML keeps `@` for itself"),
        ("a: %x\n", 1, 4, TOKEN, "quote the value: YAML keeps `%` for itself"),
        ('b: 1\r\na: "one\r\nc: 2\r\n', 2, 4, END, "the quote opened in line 2 is never closed"),
        ("b: 🎧\na: '🎧 one\nc: 2\n", 2, 4, END, "the quote opened in line 2 is never closed"),
        ("a: 1\n b: 2\n", 2, 3, MAPPING, LOOK),
        ("a: 'b' c\n", 1, 8, "YAML: did not find expected key", LOOK),
        ("a: *x\n", 1, 4, "YAML: found undefined alias", LOOK),
        ("a: [1\nb: 2\n", 2, 2, "YAML: did not find expected ',' or ']'", LOOK),
    ],
)
def test_syntax(text: str, line: int, column: int, message: str, hint: str) -> None:
    assert refused(text) == Problem(
        "F102",
        Severity.ERROR,
        message,
        "x.yaml",
        line,
        column,
        1,
        Source("", text).line_text(line),
        hint,
    )


@pytest.mark.parametrize("text", ["a: b # see: c\n]\n", "a: |\n  x: y: z\n]\n"])
def test_the_line_above_is_not_blamed_for_its_comment_or_its_text(text: str) -> None:
    problem = refused(text)
    assert (problem.line, problem.hint) == (Source("", text).text.count("\n"), LOOK)


def test_places_count_from_the_start_of_the_file() -> None:
    source = Source.decode("x.md", (BOM + "\r\n---\r\n# 🎧\r\ntitle: Ada: one\r\n---\r\n").encode())
    with pytest.raises(YamlError, match=r"^YAML: mapping values are not allowed") as caught:
        Document.parse(source, split(source).front_matter, "P102")
    assert caught.value.problem == Problem(
        "P102", Severity.ERROR, MAPPING, "x.md", 4, 11, 1, "title: Ada: one", COLON
    )


@given(st.text(alphabet="ab:-[]{}'\"|>&*#?%@!,\\ \t\n\r🎧\u2028\x00", max_size=30))
@settings(max_examples=400)
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    source = Source("x.yaml", text)
    try:
        document = Document.parse(source, Span(0, len(text)), "F102")
    except YamlError as error:
        problem = error.problem
        assert 1 <= problem.line <= len(source.line_starts)
        assert problem.text == source.line_text(problem.line)
        assert 1 <= problem.column <= len(problem.text) + 2
        assert problem.hint
    else:
        plain_data(document.root)
