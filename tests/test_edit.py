"""Faithful edits: only the lines of the key change, and nothing but its value."""

import datetime
import difflib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from producer.errors import EditError
from producer.source.document import Document, plain_data
from producer.source.edit import dump, set_key
from producer.source.front_matter import split
from producer.source.source import BOM, Source

EPISODES = Path(__file__).parents[2] / "shared" / "corpus" / "episodes"
KEY = "quotableClips"
CLIPS = [
    {"name": "Größe 🎧: a # b", "startOffset": 0, "url": "https://x.org/?a=1&t=0", "endOffset": 60},
    {"name": "it's", "startOffset": 60, "url": "https://x.org/?a=1&t=60", "endOffset": 75},
]


def edit(text: str, key: str = KEY, value: Any = 1, before: tuple[str, ...] = ()) -> str:
    return set_key(Source("x.md", text), key, value, before=before).text


def front_matter(source: Source) -> Any:
    """What the file's front matter means, as YAML 1.2 reads it."""
    return plain_data(Document.parse(source, split(source).front_matter, "F102").root)


# The key's own lines, by hand


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("---\nk: 1\n---\n", "---\nk: new\n---\n"),
        ("---\na: 1\nk: 1\nb: 2\n---\nbody", "---\na: 1\nk: new\nb: 2\n---\nbody"),
        ("---\n'k': 1 # note\nb: 2\n---\n", "---\n'k': new # note\nb: 2\n---\n"),
        ("---\nk:\nb: 2\n---\n", "---\nk: new\nb: 2\n---\n"),
        ("---\nk: # note\n# after\nb: 2\n---\n", "---\nk: new # note\n# after\nb: 2\n---\n"),
        ("---\nk:\n- 1\n- 2\n\n# after\nb: 2\n---\n", "---\nk: new\n\n# after\nb: 2\n---\n"),
        ("---\nk:\n- 1\n# inside\n- 2\n# after\n---\n", "---\nk: new\n# after\n---\n"),
        ("---\nk:\n  - a: 1\n    b: [1,\n     2]\n # b\n---\n", "---\nk: new\n # b\n---\n"),
        ("---\nk: [1,\n  2,\n]\nb: 2\n---\n", "---\nk: new\nb: 2\n---\n"),
        ("---\nk: {a: 1}\n---", "---\nk: new\n---"),
        ("---\nk: |\n  # text\n  text\n\n# after\n---\n", "---\nk: |-\n  new\n\n# after\n---\n"),
        ("---\nk: >-\n  text\n  # text\nb: 2\n---\n", "---\nk: >-\n  new\nb: 2\n---\n"),
        ("---\nk: one\n  two\n\n  three\nb: 2\n---\n", "---\nk: new\nb: 2\n---\n"),
        ('---\nk: "one\n\n  two"\nb: 2\n---\n', '---\nk: "new"\nb: 2\n---\n'),
        ("---\nk: &x 1\nb: 2\n---\n", "---\nk: new\nb: 2\n---\n"),
        ("---\na: &x 1\nb: *x\nk: 1\n---\n", "---\na: &x 1\nb: *x\nk: new\n---\n"),
        ("---\nb: {k: 1}\nk: 1\n---\n", "---\nb: {k: 1}\nk: new\n---\n"),
        ("---\r\nk:\r\n- 1\r\nb: 2\r\n---\r\nbody\n", "---\r\nk: new\r\nb: 2\r\n---\r\nbody\n"),
        ("---\na: 1\r\nk: 1\r\nb: 2\n---\n", "---\na: 1\r\nk: new\r\nb: 2\n---\n"),
        ("---\r\na: 1\nk: 1\nb: 2\r\n---\n", "---\r\na: 1\nk: new\nb: 2\r\n---\n"),
        ("---\nk: 1\n...\nbody\n", "---\nk: new\n...\nbody\n"),
        ("\n\n---  \nk: 1\n---  \n", "\n\n---  \nk: new\n---  \n"),
        ("---\n? k\n: 1\nb: 2\n---\n", "---\n? k\n: new\nb: 2\n---\n"),
    ],
)  # fmt: skip
def test_replace(text: str, wanted: str) -> None:
    assert edit(text, "k", "new") == wanted


@pytest.mark.parametrize(
    ("text", "before", "wanted"),
    [
        ("---\na: 1\n---\nbody", (), "---\na: 1\nk: new\n---\nbody"),
        ("---\na: 1\n# end\n---\n", (), "---\na: 1\n# end\nk: new\n---\n"),
        ("---\na: 1\nb: 2\n---\n", ("b",), "---\na: 1\nk: new\nb: 2\n---\n"),
        ("---\na: 1\nb: 2\n---\n", ("x", "b", "a"), "---\na: 1\nk: new\nb: 2\n---\n"),
        ("---\na: 1\nb: 2\n---\n", ("x",), "---\na: 1\nb: 2\nk: new\n---\n"),
        ("---\r\na: 1\r\n---\r\n", (), "---\r\na: 1\r\nk: new\r\n---\r\n"),
        ("---\r\na: 1\r\n---", ("a",), "---\r\nk: new\r\na: 1\r\n---"),
        ("---\na: |\n  text\n---\n", (), "---\na: |\n  text\nk: new\n---\n"),
        ("---\na: 1\n\n# b\nb: 2\n---\n", ("b",), "---\na: 1\n\nk: new\n# b\nb: 2\n---\n"),
        ("---\n  a: 1\n---\n", (), "---\n  a: 1\n  k: new\n---\n"),
    ],
)
def test_insert(text: str, before: tuple[str, ...], wanted: str) -> None:
    assert edit(text, "k", "new", before) == wanted


def test_clips_are_written_as_the_files_have_them() -> None:
    assert edit("---\ntitle: A\ntranscript: []\n---\nbody\n", KEY, CLIPS, ("transcript",)) == (
        "---\n"
        "title: A\n"
        "quotableClips:\n"
        "- name: 'Größe 🎧: a # b'\n"
        "  startOffset: 0\n"
        "  url: https://x.org/?a=1&t=0\n"
        "  endOffset: 60\n"
        "- name: it's\n"
        "  startOffset: 60\n"
        "  url: https://x.org/?a=1&t=60\n"
        "  endOffset: 75\n"
        "transcript: []\n"
        "---\n"
        "body\n"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("no front matter", "x.md: cannot be edited: no front matter"),
        ("---\na: b: c\n---\n", "x.md: cannot be edited: YAML: mapping values"),
        ("---\n- a\n---\n", "x.md: cannot be edited: it is not one `key: value` a"),
        ("---\n{a: 1}\n---\n", "x.md: cannot be edited: it is not one `key: value`"),
        ("---\n---\n", "x.md: cannot be edited: it is not one `key: value` a line"),
        ("---\nk: &x [1]\nb: *x\n---\n", "x.md: not edited: the result would not parse"),
        ("---\nk: 1\na: 2\nk: 3\n---\n", "x.md: cannot be edited: `k`: `k` stands there 2 times"),
    ],
)
def test_refused(text: str, message: str) -> None:
    with pytest.raises(EditError) as caught:
        edit(text, "k", "new")
    assert str(caught.value).startswith(message)


def test_an_alias_gives_way_to_another_value() -> None:
    text = "---\na: &x [1]\nb: 2\nk: *x\nc: 3\n---\n"
    assert edit(text, "k", [2]) == "---\na: &x [1]\nb: 2\nk:\n- 2\nc: 3\n---\n"
    assert edit(text, "k", [1]) == text


# Any value is read back


@pytest.mark.parametrize(
    "value",
    [
        "", "yes", "no", "null", "~", "1:25", "0:00", "12", "1.5", "2026-03-31", "0o7", "012",
        "0x1F", "1_000", "a: b", "a #b", "- a", "'", '"', "{{ x }}", "@a", "%", "!x", "&x",
        "*x", "|", "=", "<<", "a\\b", "a\nb", " a ", "\t", "🎧", "שלום", "\u2028", "x " * 100,
        "x" * 300, "---", "...", "a\n---\nb", "\ufeff", "true", [], {}, [[]], {"a": {}}, None, True,
        12, -1, 1.5, [{"a": "b: c", "d": [1, "2"]}], datetime.date(2026, 3, 31),
    ],
    ids=repr,
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_value_is_read_back(value: Any, end: str) -> None:
    source = Source("x.md", "---\na: 1\n---\nbody".replace("\n", end))
    edited = set_key(source, "k", value)
    assert front_matter(edited) == {"a": 1, "k": value}
    assert type(front_matter(edited)["k"]) is type(value)
    assert edited.text.startswith(f"---{end}a: 1{end}k:")
    assert edited.text.endswith(f"{end}---{end}body")
    assert set_key(edited, "k", value) == edited


@pytest.mark.parametrize("value", ["1e3", "1.5e3", "089", "+.5", "2026-3-1", "\u0085"])
def test_a_text_that_means_something_else_unquoted_is_read_back(value: str) -> None:
    edited = set_key(Source("x.md", "---\na: 1\n---\n"), "k", value)
    assert front_matter(edited) == {"a": 1, "k": value}


# Any front matter

BLOCKS: list[tuple[str, Any]] = [
    ("1\n", 1),
    ("plain text\n", "plain text"),
    ("plain text   # a comment\n", "plain text"),
    ("plain\n  over\n\n  lines\n", "plain over\nlines"),
    ("'it''s: single # quoted'\n", "it's: single # quoted"),
    ('"double \\" \\n quoted 🎧"\n', 'double " \n quoted 🎧'),
    ('"double\n  over lines"\n', "double over lines"),
    ("\n", None),
    ("# a comment\n", None),
    ("~\n", None),
    ("[a, 'b', {c: d}]\n", ["a", "b", {"c": "d"}]),
    ("[\n  a, # comment\n  b,\n]\n", ["a", "b"]),
    ("{a: 1, b: [2, 3]}\n", {"a": 1, "b": [2, 3]}),
    ("{\n  a: 1,\n  b: 2\n  }\n", {"a": 1, "b": 2}),
    ("\n- a\n- b # comment\n", ["a", "b"]),
    ("\n- a: 1\n  b:\n  - 2\n# between\n- a: 3\n", [{"a": 1, "b": [2]}, {"a": 3}]),
    ("\n\n  - a\n\n  - b\n", ["a", "b"]),
    ("\n  x: 1\n  y:\n    z: |\n      text\n", {"x": 1, "y": {"z": "text\n"}}),
    ("|\n  # text\n  more: text\n", "# text\nmore: text\n"),
    ("|-\n  text\n", "text"),
    (">\n  folded\n  text\n", "folded text\n"),
    ("|+\n  text\n\n", "text\n\n"),
    ("&anchor [a]\n", ["a"]),
    ("!!str 12\n", "12"),
    ("שלום 🎧\n", "שלום 🎧"),
]
BETWEEN = ["", "# comment\n", "\n", "\n\n", "# one: 1\n\n# two\n", "  # indented\n", "   \n"]
NAMES = ["title", "guests", "ids", "topics", "transcript", "größe", "x y"]
QUOTED = ["{}", "'{}'", '"{}"']
VALUES = st.sampled_from([CLIPS, [], "text", "1:25", 12, None, {"file": "a b.mp3", "offset": 1.5}])


@st.composite
def files(draw: st.DrawFn) -> tuple[list[str], list[str], dict[str, Any], str, bool]:
    """Chunks of a file, the key that begins each (or none), its data, its line end and BOM.

    A comment stands in a chunk of its own, as do the fences and the body.
    """
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True))
    if draw(st.booleans()):
        names.insert(draw(st.integers(0, len(names))), KEY)
    end = draw(st.sampled_from(["\n", "\r\n"]))
    chunks = [draw(st.sampled_from(["", "\n", " \n"])) + draw(st.sampled_from(["---\n", "--- \n"]))]
    owners = [""]
    data: dict[str, Any] = {}
    for name in names:
        chunks.append(draw(st.sampled_from(BETWEEN)))
        owners.append("")
        block, value = draw(st.sampled_from(BLOCKS))
        written = draw(st.sampled_from(QUOTED)).format(name)
        block = block.replace("&anchor", f"&anchor{len(chunks)}")
        chunks.append(f"{written}:{'' if block.startswith(chr(10)) else ' '}{block}")
        owners.append(name)
        data[name] = value
    chunks.append(draw(st.sampled_from(BETWEEN)))
    chunks.append(
        draw(st.sampled_from(["---", "---\n", "---\nbody", "--- \n\n# Body\n", "...\nb\n---\n"]))
    )
    owners += ["", ""]
    return [chunk.replace("\n", end) for chunk in chunks], owners, data, end, draw(st.booleans())


@given(files(), VALUES, st.lists(st.sampled_from(NAMES), max_size=3))
@example(
    (
        ["---\n", "quotableClips: |+\n  a\n\n", "# c\n", "---"],
        ["", KEY, "", ""],
        {KEY: "a\n\n"},
        "\n",
        True,
    ),
    CLIPS,
    [],
)
@settings(max_examples=200)
def test_any_front_matter(
    file: tuple[list[str], list[str], dict[str, Any], str, bool], value: Any, before: list[str]
) -> None:
    chunks, owners, data, end, bom = file
    source = Source.decode("x.md", (BOM * bom + "".join(chunks)).encode())
    # Blank lines after `|+` are its text: such a file says something else than was meant.
    assume(front_matter(source) == data)
    edited = set_key(source, KEY, value, before=before)

    if KEY in owners:
        place = owners.index(KEY)
        prefix, suffix = "".join(chunks[:place]), "".join(chunks[place + 1 :])
        assert edited.text.startswith(prefix + chunks[place].split(":")[0])
        assert edited.text.endswith(suffix)
    else:
        present = [name for name in before if name in owners]
        place = owners.index(present[0]) if present else len(chunks) - 1
        # A comment that stands over the key below stays there.
        above = "".join(chunks[:place])
        if present:
            while (line := above.splitlines(keepends=True)[-1]).lstrip().startswith("#"):
                above = above.removesuffix(line)
        below = "".join(chunks).removeprefix(above)
        assert edited.text.startswith(above)
        assert edited.text.endswith(end + below)
        written = edited.text.removeprefix(above).removesuffix(below).split(end)
        # Only the indentation and the quotes are those of the lines above.
        assert [line.strip().replace('"', "'") for line in written] == [
            line.strip() for line in dump({KEY: value}).split("\n")
        ]

    assert front_matter(edited) == {**data, KEY: value}
    read = yaml.safe_load(
        edited.text[split(edited).front_matter.start : split(edited).front_matter.end]
    )
    assert list(read) == list(front_matter(edited))
    assert read[KEY] == value
    body, body_before = split(edited).body, split(source).body
    assert edited.text[body.start :] == source.text[body_before.start :]
    assert set_key(edited, KEY, value, before=before).encode() == edited.encode()


# Real files


@pytest.mark.skipif(not EPISODES.is_dir(), reason="the corpus of real episodes is not there")
@pytest.mark.parametrize("path", sorted(EPISODES.glob("*.md")), ids=lambda path: path.stem[:30])
def test_real_files_change_in_no_other_line(path: Path) -> None:
    source = Source.decode(path.name, path.read_bytes())
    edited = set_key(source, KEY, CLIPS, before=("transcript",))
    old, new = (each.text.splitlines(keepends=True) for each in (source, edited))
    changes = [
        change
        for change in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if change[0] != "equal"
    ]
    # Clips that share a line with the old ones split the change; it lies in the key's lines still.
    replaced, written = key_lines(old), key_lines(new)
    for _, old_start, old_end, new_start, new_end in changes:
        assert set(range(old_start, old_end)) <= replaced
        assert set(range(new_start, new_end)) <= written
    assert "".join(new[min(written) : max(written) + 1]) == dump({KEY: CLIPS})
    assert front_matter(edited) == {**front_matter(source), KEY: CLIPS}
    assert set_key(edited, KEY, CLIPS) == edited


def key_lines(lines: list[str]) -> set[int]:
    """The line that begins the key and those that go on with it, by their looks."""
    found: set[int] = set()
    for number, text in enumerate(lines):
        if text.startswith(f"{KEY}:") or (number - 1 in found and text.startswith(("- ", "  "))):
            found.add(number)
    return found
