"""Edits by path, by hand: one full text for each style of writing."""

import datetime
import re
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from producer.errors import EditError
from producer.source.edit import Edit, Insert, Remove, Set, apply, dump
from producer.source.source import Source


def edit(text: str, *edits: Edit) -> str:
    return apply(Source("x.md", f"---\n{text}---\nbody"), edits).text[4:-8]


@pytest.mark.parametrize(
    ("old", "value", "new"),
    [
        # The quotes stay, or come where YAML would read something else
        ("k: old  # note\n", "new", "k: new  # note\n"),
        ("k: 'old' # note\n", "it's", "k: 'it''s' # note\n"),
        ('k: "old"\n', 'a "b" \\ 🎧', 'k: "a \\"b\\" \\\\ 🎧"\n'),
        ("k: 'old'\n", "two\nlines 🎧\t\x07", 'k: "two\\nlines 🎧\\t\\x07"\n'),
        ("k: old\n", "1:25", "k: '1:25'\n"),
        ('a: "b"\nk: old\n', "1:25", 'a: "b"\nk: "1:25"\n'),
        ("k: old\n", "yes", "k: 'yes'\n"),
        ("k: old\n", "0o7", "k: '0o7'\n"),
        ("k: old\n", "a: b #c", "k: 'a: b #c'\n"),
        ("k: old\n", "🎧 שלום", "k: 🎧 שלום\n"),
        ("k: old\n", "", "k: ''\n"),
        ("k: '74'\n", 75, "k: 75\n"),
        ("k: 74 # s\n", 12.35, "k: 12.35 # s\n"),
        ("k: 1\n", datetime.date(2026, 3, 31), "k: 2026-03-31\n"),
        ("k: # s\n", 75, "k: 75 # s\n"),
        ("k:\n", True, "k: true\n"),
        ("k: 1\n", None, "k: null\n"),
        # It stays on its line, unless it was folded
        ("k: old\n", "word " * 20 + "end", "k: " + "word " * 20 + "end\n"),
        ("k: a\n   b # c\n", "x " * 45 + "y", "k: " + "x " * 38 + "x x\n   x x x x x y # c\n"),
        ("k: 'a\n\n  b'\n", "x: y", "k: 'x: y'\n"),
        ("k:\n  old # c\nl: 1\n", "new", "k:\n  new # c\nl: 1\n"),
        ("k: | # c\n    old\n\nl: 1\n", "a\n b\n", "k: | # c\n    a\n     b\n\nl: 1\n"),
        ("k: >-\n  old\nl: 1\n", "a\nb\n", "k: >\n  a\n\n  b\nl: 1\n"),
        ("k: |\n  old\nl: 1\n", " a", "k: ' a'\nl: 1\n"),
        ("k: | # c\n  old\nl: 1\n", 12, "k: 12 # c\nl: 1\n"),
        ("k: |+\n  old\n\nl: 1\n", 12, "k: 12\nl: 1\n"),
        # Collections, as others are written
        ("k: old # c\nl: 1\n", ["a", 1], "k: # c\n- a\n- 1\nl: 1\n"),
        ("g:\n  - x\nk: 1\n", ["a"], "g:\n  - x\nk:\n  - a\n"),
        ("g:\n    x: 1\nk: 1\n", {"a": {"b": 1}}, "g:\n    x: 1\nk:\n    a:\n        b: 1\n"),
        ("k: # c\n  -   a\n  # in\n  -   b # b\n# d\n", ["x"], "k: # c\n  -   x\n# d\n"),
        ("k: [a, 'b'] # c\n", ["it's", "1:25"], "k: [it's, '1:25'] # c\n"),
        ("k: []\n", ["a"], "k:\n- a\n"),
        ("k: # c\n- a\n- b # d\nl: 1\n", [], "k: [] # c\nl: 1\n"),
        ("k:\n  a: 1\n  # in\n  b: 2\n\n# l\nl: 1\n", "x", "k: x\n\n# l\nl: 1\n"),
        ("? k\n: old\n", "new", "? k\n: new\n"),
        ('"k" : old\n', "new", '"k" : new\n'),
    ],
)
def test_set(old: str, value: Any, new: str) -> None:
    assert edit(old, Set(("k",), value)) == new
    assert edit(new, Set(("k",), value)) == new


ENTRIES = (
    "t:\n"
    "# top\n"
    "- header: One # h\n"
    "# a line\n"
    "- line: Words\n"
    "    and more.\n"
    "  sec: 1 # s\n"
    "  time: '0:01'\n"
    "\n"
    "- header: End\n"
    "# end\n"
)


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (Set(("t", 0, "header"), "It's: 1"), "One # h\n", "'It''s: 1' # h\n"),
        (Set(("t", 1, "sec"), 75), "sec: 1 #", "sec: 75 #"),
        (Set(("t", 1, "time"), "1:15"), "'0:01'", "'1:15'"),
        (Set(("t", 1, "line"), "New."), "Words\n    and more.\n", "New.\n"),
        (Set(("t", 1, "who"), "Ann"), "'0:01'\n", "'0:01'\n  who: Ann\n"),
        (Set(("t", 1, "id"), 1, ("x", "sec")), "  sec", "  id: 1\n  sec"),
        (Set(("t", 0, "id"), 1, ("header",)), "- header: One", "- id: 1\n  header: One"),
        (Set(("t", 0), {"line": "x", "sec": 1}), "header: One # h\n", "line: x\n  sec: 1\n"),
        (Set(("t", 2), "x"), "header: End\n", "x\n"),
        (Remove(("t", 1, "sec")), "  sec: 1 # s\n", ""),
        (Remove(("t", 1, "line")), "line: Words\n    and more.\n  sec", "sec"),
        (Remove(("t", 1, "time")), "  time: '0:01'\n", ""),
        (Remove(("t", 0, "header")), "header: One # h\n", "{}\n"),
        (Remove(("t", 0)), "- header: One # h\n", ""),
        (Remove(("t", 1)), "- line: Words\n    and more.\n  sec: 1 # s\n  time: '0:01'\n", ""),
        (Remove(("t", 2)), "- header: End\n", ""),
        (Insert(("t",), 0, {"header": "H"}), "# top\n", "- header: H\n# top\n"),
        (Insert(("t",), 1, {"header": "H"}), "# a line\n", "- header: H\n# a line\n"),
        (Insert(("t",), 2, {"a": 1, "b": "2"}), "- header: E", "- a: 1\n  b: '2'\n- header: E"),
        (Insert(("t",), 3, {"header": "H"}), "# end\n", "- header: H\n# end\n"),
    ],
    ids=str,
)
@pytest.mark.parametrize("style", ["margin", "indented", "wide"])
def test_entries(change: Edit, old: str, new: str, style: str) -> None:
    def styled(text: str) -> str:
        if style == "wide":
            text = re.sub("^- ", "-   ", re.sub("^  ", "    ", text, flags=re.M), flags=re.M)
        if style == "indented":
            text = re.sub("^(?!t:)(?=.)", "  ", text, flags=re.M)
        return text

    assert ENTRIES.count(old) == 1
    assert edit(styled(ENTRIES), change) == styled(ENTRIES.replace(old, new))


LINES = "k: [\n  a, # a\n  b # b\n]\n"


@pytest.mark.parametrize(
    ("old", "change", "new"),
    [
        # Nested keys
        ("a: 1\nt: 1\n", Set(("k", "l"), 12.35, ("t",)), "a: 1\nk:\n  l: 12.35\nt: 1\n"),
        ("k:\n   a: 1 # c\n   # d\n", Set(("k", "l"), 2), "k:\n   a: 1 # c\n   l: 2\n   # d\n"),
        ("k:\nt: 1\n", Set(("k", "l"), 2), "k:\n  l: 2\nt: 1\n"),
        ("k: {} # c\n", Set(("k", "l"), 2), "k: # c\n  l: 2\n"),
        ("k: {a: 1}\n", Set(("k", "l"), "x, y"), "k: {a: 1, l: 'x, y'}\n"),
        ("k: {a: 1}\n", Set(("k", "l"), 2, ("a",)), "k: {l: 2, a: 1}\n"),
        ("k: {a: 1, b: 2}\n", Set(("k", "a"), {"x": [1]}), "k: {a: {x: [1]}, b: 2}\n"),
        ('k: {"a":1}\n', Set(("k", "a"), 2), 'k: {"a":2}\n'),
        ("k: {a: , b: 2}\n", Set(("k", "a"), 1), "k: {a: 1 , b: 2}\n"),
        ("k:\n  a: 1\n  b: 2\n", Remove(("k", "a")), "k:\n  b: 2\n"),
        ("k: # c\n  a: 1\n# d\n", Remove(("k", "a")), "k: {} # c\n# d\n"),
        ("k: {a: 1, b: 2}\n", Remove(("k", "a")), "k: {b: 2}\n"),
        ("k: {a: 1, b: 2}\n", Remove(("k", "b")), "k: {a: 1}\n"),
        ("# a\na: 1 # b\n# k\nk: 1\n", Remove(("a",)), "# a\n# k\nk: 1\n"),
        # Lists
        ("k: [a, b]\n", Insert(("k",), 1, "x"), "k: [a, x, b]\n"),
        ("k: [a, b,]\n", Insert(("k",), 2, "x"), "k: [a, b, x,]\n"),
        (LINES, Insert(("k",), 2, "x"), "k: [\n  a, # a\n  b, # b\n  x\n]\n"),
        ("k: [\n  a,\n  b, # b\n]\n", Insert(("k",), 2, "x"), "k: [\n  a,\n  b, # b\n  x,\n]\n"),
        (LINES, Insert(("k",), 1, "x"), "k: [\n  a, # a\n  x,\n  b # b\n]\n"),
        (LINES, Remove(("k", 0)), "k: [\n  b # b\n]\n"),
        (LINES, Remove(("k", 1)), "k: [\n  a, # a\n]\n"),
        ("k: [a,\n  b]\n", Remove(("k", 1)), "k: [a]\n"),
        ("k: [a]\n", Remove(("k", 0)), "k: []\n"),
        ("k:\n- a # a\n# b\n", Remove(("k", 0)), "k: []\n# b\n"),
        ("k: []\n", Insert(("k",), 0, "x"), "k:\n- x\n"),
        ("a: 1\n", Insert(("k",), 0, "x"), "a: 1\nk:\n- x\n"),
        ("k:\n- - a\n  - b\n", Insert(("k", 0), 0, "x"), "k:\n- - x\n  - a\n  - b\n"),
        ("k:\n- - a\n  - b\n", Remove(("k", 0, 0)), "k:\n- - b\n"),
        ("k:\n- - a\n  - b\n", Insert(("k", 0), 2, "x"), "k:\n- - a\n  - b\n  - x\n"),
        ("k:\n-\n- b # b\n", Set(("k", 0), "x"), "k:\n- x\n- b # b\n"),
        ("k:\n- a\n- b # b\n", Set(("k", 1), {"x": 1}), "k:\n- a\n- # b\n  x: 1\n"),
    ],
)  # fmt: skip
def test_nested(old: str, change: Edit, new: str) -> None:
    assert edit(old, change) == new
    windows = f"---\n{old}---\nbody".replace("\n", "\r\n")
    wanted = f"---\n{new}---\nbody".replace("\n", "\r\n")
    assert apply(Source("x.md", windows), [change]).text == wanted


def test_edits_follow_one_another() -> None:
    text = "t:\n- a: 1\n- b: 1\n"
    edits = [
        Set(("t", 1, "b"), 2),
        Insert(("t",), 0, {"c": 1}),
        Set(("t", 2, "b"), 3),
        Remove(("t", 1)),
        Set(("x", "y"), 1),
        Set(("x", "z"), 2),
    ]
    assert edit(text, *edits) == "t:\n- c: 1\n- b: 3\nx:\n  y: 1\n  z: 2\n"
    assert edit(text) == text


@pytest.mark.parametrize(
    ("text", "change", "reason"),
    [
        ("a: &x {b: 1}\nk: *x\n", Set(("k", "b"), 2), "an alias stands for text elsewhere"),
        ("a: &x [1]\nk: *x\n", Insert(("k",), 0, 2), "an alias stands for text elsewhere"),
        ("a: &x {b: 1}\nk: *x\n", Set(("a", "b"), 2), "more than `a.b` would have changed"),
        ("a: &x [1]\nk: *x\n", Remove(("a",)), "the result would not parse"),
        ("a: &x {b: 1}\nk: {<<: *x, c: 1}\n", Set(("k", "b"), 2), "a merge key brings in"),
        ("k: {a: 1, a: 2}\n", Set(("k", "a"), 3), "`a` stands there 2 times"),
        ("k: {a: 1, a: 2}\n", Remove(("k", "a")), "`a` stands there 2 times"),
        ("k: !x old\n", Set(("k",), "new"), "a tag may mean more than is known here"),
        ("k: !!set {a, b}\n", Set(("k", "c"), 1), "a tag may mean more than is known here"),
        ("k: {a, b}\n", Set(("k", "a"), 1), "its key stands without a `:`"),
        ("k: [a: 1, b]\n", Set(("k", 0, "c"), 1), "would have changed"),
        ("k: 1\n", Set(("k", "a"), 1), "it is no mapping"),
        ("k: []\n", Set(("k", "a"), 1), "it is no mapping"),
        ("k: [1]\n", Set(("k", 1), 1), "there is no such entry"),
        ("k: [1]\n", Set(("k", -1), 1), "there is no such entry"),
        ("k: [1]\n", Insert(("k",), 2, 1), "there is no such entry"),
        ("k: 1\n", Insert(("k",), 0, 1), "it is no list"),
        ("k: 1\n", Remove(("l",)), "there is no such key or entry"),
        ("k: 1\n", Remove(("k",)), "it is the only key of the front matter"),
        ("k: 1\n", Set((), 1), "no key is named"),
        ("k: 1\n", Set(("k",), float("nan")), "more than `k` would have changed"),
        ("k: 1\n", Set(("k",), {1: 2}), "more than `k` would have changed"),
        ("k: 1\n", Set(("k",), "\ud800"), "the result would not parse"),
    ],
)
def test_refused(text: str, change: Edit, reason: str) -> None:
    with pytest.raises(EditError) as caught:
        edit(text, change)
    assert reason in str(caught.value)


@pytest.mark.parametrize("value", [(1,), {1}, b"x", datetime.datetime(2026, 1, 1), [object()]])
def test_no_yaml_for_such_a_value(value: Any) -> None:
    with pytest.raises(TypeError, match="no YAML for a value of type"):
        edit("k: 1\n", Set(("k",), value))


def test_aliases_nested_to_exhaust_memory_cost_nothing() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)
    )
    assert edit(bomb + "k: 1\n", Set(("k",), 2)) == bomb + "k: 2\n"


TEXT = st.text(st.sampled_from("ab  '\"\\:#-?*&!%@`{}[],|>\n\t\r\x07\x85\u2028🎧é0159.eExo_~=<"))


@given(TEXT, st.sampled_from(["old", "'old'", '"old"', "|\n  old", ">-\n  old", "a\n  b", ""]))
def test_any_text_is_read_back_by_both_kinds_of_yaml(value: str, old: str) -> None:
    for text, path in (("k: OLD\n", ("k",)), ("k: [OLD]\n", ("k", 0)), ("- - OLD\n", ("k", 0, 0))):
        if ("\n" in old or not old) and "[" in text:
            continue
        written = text.replace("OLD", old)
        if path == ("k", 0, 0):
            written = f"k:\n{written}" if "\n" not in old else "k:\n- - old\n"
        edited = edit(written, Set(path, value))  # the edit itself reads as YAML 1.2 does
        read = yaml.load(edited, Loader=yaml.SafeLoader)["k"]
        for step in path[1:]:
            read = read[step]
        assert read == value


DATA = st.recursive(
    st.one_of(
        st.integers(),
        st.booleans(),
        st.none(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20),
        st.lists(st.sampled_from(["word", "it's", "a:", "#b"]), max_size=60).map(" ".join),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.text("abc: #'", min_size=1, max_size=4), inner, max_size=3),
    ),
)


@given(st.dictionaries(st.text("abc", min_size=1, max_size=4), DATA, min_size=1, max_size=3))
def test_dump_writes_what_pyyaml_writes(data: Any) -> None:
    theirs = yaml.dump(data, Dumper=_NoAliases, allow_unicode=True, sort_keys=False, width=80)
    ours = dump(data)
    assert yaml.safe_load(ours) == data
    # What only YAML 1.2 reads as a number (`1e3`) is quoted by us alone.
    assert ours.replace("'", "") == theirs.replace("'", "")


class _NoAliases(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True
