"""Any edit of any front matter changes the lines of its key or entry, and nothing but its value."""

import copy
import difflib
import json
import random
import re
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from producer.source.document import Document, Path, plain_data
from producer.source.edit import Edit, Insert, Remove, Set, apply
from producer.source.front_matter import split
from producer.source.source import BOM, Source

PLAIN = ["word", "some plain words", "Größe 🎧", "https://x.org/?a=1&t=0", "it's", 'a "b" c']
QUOTED = [*PLAIN, "1:25", "yes", "a: b", "a # b", "- a", "", "null", "12", "@a", " a ", "{{ x }}"]
ODD = ["tab\there", "two\nlines\n", "para\n\npara", "\u2028", "%", "&a", "*a", "!a", "? a", "0o7"]
NUMBERS = [0, 75, 12.35, True, None]
KEYS = ["title", "short", "ids", "links", "audio", "guests", "topics", "transcript", "x y"]


class Writer:
    """Data as YAML in all the styles that people write, and the path that each line belongs to."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.lines: list[str] = []
        self.owners: list[Path | None] = []
        self.mapping = self.rng.choice([2, 3, 4])
        self.sequence = self.rng.choice([0, 0, 2, 4])
        self.dash = self.rng.choice([2, 2, 4])

    def line(self, text: str, owner: Path | None) -> None:
        self.lines.append(text)
        self.owners.append(owner)

    def comment(self) -> str:
        return self.rng.choice(["", "", "", "", " # note", "   # it's: a note"])

    def between(self, column: int) -> None:
        for _ in range(self.rng.choice([0, 0, 0, 1, 2])):
            self.line(self.rng.choice(["", " " * column + "# comment", "# key: no"]), None)

    def data(self, depth: int = 0) -> Any:
        kind = self.rng.choice(["text", "text", "number", "list", "mapping"])
        if depth == 3 or kind == "text":
            return self.rng.choice(QUOTED if self.rng.random() < 0.5 else PLAIN)
        if kind == "number":
            return self.rng.choice(NUMBERS)
        count = self.rng.choice([0, 1, 2, 3])
        if kind == "list":
            return [self.data(depth + 1) for _ in range(count)]
        return {key: self.data(depth + 1) for key in self.rng.sample(KEYS, count)}

    def text(self, value: Any) -> str:
        if not isinstance(value, str):
            return "~" if value is None else str(value).replace("True", "true")
        styles = ["'" + value.replace("'", "''") + "'", '"' + value.replace('"', '\\"') + '"']
        return self.rng.choice([value, *styles] if value in PLAIN else styles)

    def flow(self, value: Any) -> str:
        if isinstance(value, dict):
            pairs = (f"{self.text(k)}: {self.flow(v)}" for k, v in value.items())
            return "{" + ", ".join(pairs) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(self.flow, value)) + self.rng.choice(["]", " ]"])
        return self.text(value)

    def value(self, head: str, column: int, path: Path, value: Any) -> None:
        """The lines of a value behind `key:` or `-`, whose parts stand deeper than `column`."""
        if not isinstance(value, (dict, list)):
            self.scalar(head, column, path, value)
        elif not value or self.rng.random() < 0.2:
            self.line(f"{head} {self.flow(value)}{self.comment()}", path)
        elif self.rng.random() < 0.1:
            self.many_lines_of_flow(head, column, path, value)
        elif head.endswith("-"):
            self.parts(head.ljust(column), column, path, value)
        else:
            self.line(head + self.comment(), path)
            indent = self.sequence if isinstance(value, list) else self.mapping
            self.parts("", column + indent, path, value)

    def parts(self, head: str, column: int, path: Path, value: Any) -> None:
        """Pairs or entries at a column; the first of them behind `head`."""
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for number, (name, item) in enumerate(pairs):
            if number or not head:
                self.between(column)
            margin = " " * column if number or not head else head
            if isinstance(name, str):
                self.value(f"{margin}{self.text(name)}:", column, (*path, name), item)
            else:
                self.value(f"{margin}-", column + self.dash, (*path, name), item)

    def many_lines_of_flow(self, head: str, column: int, path: Path, value: Any) -> None:
        margin = " " * (column + 2)
        self.line(f"{head} {'{' if isinstance(value, dict) else '['}", path)
        keys = [f"{self.text(key)}: " for key in value] if isinstance(value, dict) else None
        items = list(value.values() if isinstance(value, dict) else value)
        for number, item in enumerate(items):
            comma = "," if number < len(items) - 1 or self.rng.random() < 0.5 else ""
            key = keys[number] if keys else ""
            self.line(f"{margin}{key}{self.flow(item)}{comma}{self.comment()}", path)
        self.line(" " * (column + 1) + ("}" if isinstance(value, dict) else "]"), path)

    def scalar(self, head: str, column: int, path: Path, value: Any) -> None:
        text = self.text(value)
        style = self.rng.random()
        margin = " " * (column + 2)
        if style < 0.1 and text == "some plain words":
            self.line(f"{head} some plain", path)
            self.line(f"{margin}words{self.comment()}", path)
        elif style < 0.2 and value in PLAIN:
            self.line(f"{head} {self.rng.choice(['|-', '>-'])}{self.comment()}", path)
            self.line(f"{margin}{value}", path)
        elif style < 0.25 and value is None:
            self.line(head + self.comment(), path)
        else:
            self.line(f"{head} {text}{self.comment()}", path)

    def file(self) -> tuple[Source, dict[str, Any]]:
        data = {key: self.data(1) for key in self.rng.sample(KEYS, self.rng.choice([2, 3, 5]))}
        self.line("---", None)
        self.parts("", self.rng.choice([0, 0, 0, 2]), (), data)
        self.between(0)
        self.line("---", None)
        if self.rng.random() < 0.7:
            for line in ("", "# Body", "---", "- text"):
                self.line(line, None)
        ends = self.rng.choice([["\n"], ["\r\n"], ["\n", "\r\n", "\r"]])
        # A bare "\n" would become one line end with the "\r" before it.
        self.lines = [
            line + self.rng.choice(ends if line else ends[:2][-1:]) for line in self.lines
        ]
        self.lines[-1] = self.lines[-1].rstrip("\r\n") + self.rng.choice(["", ends[0]])
        bom = self.rng.choice(["", BOM])
        return Source.decode("x.md", (bom + "".join(self.lines)).encode()), data

    def lines_of(self, path: Path) -> set[int]:
        """The lines of a key or entry; inside a flow collection, those of the collection."""
        own = [n for n, owner in enumerate(self.owners) if owner and owner[: len(path)] == path]
        return set(range(own[0], own[-1] + 1)) if own else self.lines_of(path[:-1])

    def edit(self, data: Any) -> tuple[Edit, Any, Path]:
        """An edit, what the data is then, and the path of which lines may change."""
        path = self.rng.choice(list(paths(data)))
        wanted = copy.deepcopy(data)
        parent = at(wanted, path[:-1])
        old = at(wanted, path)
        new = self.rng.choice([*QUOTED, *ODD, *NUMBERS, [], {}, self.data(1), self.data(1)])
        kind = self.rng.choice(["set", "set", "remove", "add", "insert"])
        if kind == "remove" and len(wanted) > 1:
            del parent[path[-1]]
            return Remove(path), wanted, path[:-1] if path[:-1] else path
        if kind == "add" and (old is None or isinstance(old, dict)) and "new" not in (old or {}):
            parent[path[-1]] = {**(old or {}), "new": new}
            return Set((*path, "new"), new, tuple(self.rng.sample(KEYS, 2))), wanted, path
        if kind == "insert" and (old is None or isinstance(old, list)):
            index = self.rng.randint(0, len(old or []))
            parent[path[-1]] = [*(old or [])[:index], new, *(old or [])[index:]]
            return Insert(path, index, new), wanted, path
        parent[path[-1]] = new
        return Set(path, new), wanted, path


def paths(data: Any, above: Path = ()) -> Any:
    for name, item in data.items() if isinstance(data, dict) else enumerate(data):
        yield (*above, name)
        if isinstance(item, (dict, list)):
            yield from paths(item, (*above, name))


def at(data: Any, path: Path) -> Any:
    for name in path:
        data = data[name]
    return data


def front_matter(source: Source) -> Any:
    return plain_data(Document.parse(source, split(source).front_matter, "F102").root)


def lines_of(source: Source) -> list[str]:
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", source.text)


@given(st.integers(0, 2**40))
@settings(max_examples=400)
def test_any_edit(seed: int) -> None:
    writer = Writer(seed)
    source, data = writer.file()
    assert repr(front_matter(source)) == repr(data)
    edit, wanted, region = writer.edit(data)
    edited = apply(source, [edit])

    # Exactly what was meant, in types and order but for the place of a new key
    assert json.dumps(front_matter(edited), sort_keys=True) == json.dumps(wanted, sort_keys=True)
    assert edited.has_bom == source.has_bom
    assert edited.text[split(edited).body.start :] == source.text[split(source).body.start :]
    if isinstance(edit, Set):
        matter = split(edited).front_matter
        read = yaml.load(edited.text[matter.start : matter.end], Loader=yaml.CSafeLoader)
        assert at(read, edit.path) == edit.value, "YAML 1.1 reads what is written as 1.2 does"
        assert apply(edited, [edit]).text == edited.text
        if edit.path in set(paths(data)):
            back = apply(edited, [Set(edit.path, at(data, edit.path))])
            assert repr(front_matter(back)) == repr(data)

    # Only lines of the key or entry
    old, new = writer.lines, lines_of(edited)
    allowed = writer.lines_of(region)
    for tag, start, end, _, _ in difflib.SequenceMatcher(None, old, new, False).get_opcodes():
        assert tag == "equal" or set(range(start, end)) <= allowed


@given(st.integers(0, 2**40), st.integers(2, 6))
@settings(max_examples=100)
def test_many_edits_at_once_are_the_same_as_one_by_one(seed: int, count: int) -> None:
    writer = Writer(seed)
    source, data = writer.file()
    edits: list[Edit] = []
    one_by_one = source
    for _ in range(count):
        if len(data) < 2:
            break
        edit, data, _ = writer.edit(data)
        edits.append(edit)
        one_by_one = apply(one_by_one, [edit])
    at_once = apply(source, edits)
    assert front_matter(at_once) == front_matter(one_by_one) == data


@given(st.integers(0, 2**40))
@settings(max_examples=100)
def test_what_is_there_already_changes_no_byte(seed: int) -> None:
    source, data = Writer(seed).file()
    assert apply(source, [Set(path, at(data, path)) for path in paths(data)]) == source
