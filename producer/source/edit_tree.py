"""The parts of a YAML text for an editor: each with its own text, comments after it left out.

PyYAML's nodes forget aliases and put the end of a block list after the comments that follow it.
Its events do neither.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml

from producer.source.document import Document, Path
from producer.source.edit_yaml import DEFAULT, Style
from producer.source.source import Source

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What may stand between a part and the indicator (`-`, `:`, `?`, `,`) after it.
_GAP = re.compile(r"(?:\s|(?<=\s)#[^\r\n]*)*")


class UnsafeError(ValueError):
    """The text is written in a way in which an edit cannot be made."""


@dataclass(slots=True)
class Part:
    """A scalar, alias, mapping or sequence: its own text is `start` to `end`."""

    kind: str
    start: int
    end: int
    style: str = ""
    flow: bool = False
    tagged: bool = False
    text: str = ""
    keys: list["Part"] = field(default_factory=list)
    items: list["Part"] = field(default_factory=list)

    @property
    def is_block(self) -> bool:
        """Whether it is a collection with a line for each of its parts."""
        return self.kind in ("mapping", "sequence") and not self.flow

    def index(self, key: str) -> int | None:
        """Which of a mapping's pairs has this key: the first."""
        found = (n for n, each in enumerate(self.keys) if each.text == key)
        return next(found, None)

    def only(self, name: str | int) -> int:
        """Which child has this name. Raises UnsafeError where that cannot be said."""
        if isinstance(name, int):
            return name
        found = [number for number, key in enumerate(self.keys) if key.text == name]
        if len(found) != 1:
            raise UnsafeError(f"`{name}` stands there {len(found)} times")
        return found[0]


class Tree:
    """The parts of a parsed document, and the lines they stand on."""

    def __init__(self, document: Document, end: int) -> None:
        self.source: Source = document.source
        self.text: str = document.source.text
        self.base = document.base
        self.end = end
        events: Iterator[Any] = yaml.parse(self.text[self.base : end], Loader=_LOADER)
        first = next(event for event in events if isinstance(event, yaml.NodeEvent))
        self.root: Part = self._read(first, events)

    def _read(self, event: Any, events: Iterator[Any]) -> Part:
        start, end = _index(event.start_mark), _index(event.end_mark)
        part = Part("alias", self.base + start, self.base + end)
        if isinstance(event, yaml.AliasEvent):
            return part
        part.tagged = event.tag is not None
        if isinstance(event, yaml.ScalarEvent):
            part.kind, part.style, part.text = "scalar", event.style or "", event.value
            if part.style in ("|", ">"):
                part.end = self._block_scalar_end(part)
            return part
        part.kind = "mapping" if isinstance(event, yaml.MappingStartEvent) else "sequence"
        part.flow = bool(event.flow_style)
        children: list[Part] = []
        inner: Any = next(events)
        while not isinstance(inner, yaml.CollectionEndEvent):
            children.append(self._read(inner, events))
            inner = next(events)
        if part.kind == "mapping":
            part.keys, part.items = children[::2], children[1::2]
        else:
            part.items = children
        if part.flow:
            part.end = self.base + _index(inner.end_mark)
        elif children:
            part.end = children[-1].end
        return part

    def _block_scalar_end(self, part: Part) -> int:
        """The end of the last line of text; blank lines after it count only where `+` keeps them.

        Its mark is the start of the line below all of them.
        """
        text = self.text[part.start : part.end]
        header = re.split(r"[\r\n#]", text, maxsplit=1)[0]
        if "+" not in header:
            return part.start + len(text.rstrip())
        return part.start + len(re.sub(r"(?:\r\n|\n|\r)\Z", "", text))

    def part(self, path: Path) -> Part:
        """The collection at a path. Raises UnsafeError if an edit in it could mean something else.

        So it is where other text speaks for it, or where its own can be read in two ways.
        """
        part = self.root
        _check(part)
        for name in path:
            part = part.items[part.only(name)]
            _check(part)
        return part

    # Lines

    def line_start(self, offset: int) -> int:
        """Where the line of an offset begins."""
        return self.source.line_starts[self.source.position(offset)[0] - 1]

    def line_end(self, offset: int) -> int:
        """Where the line of an offset ends, its line end left out."""
        line, _ = self.source.position(offset)
        return self.source.line_starts[line - 1] + len(self.source.line_text(line))

    def next_line(self, offset: int) -> int:
        """Where the line below that of an offset begins."""
        line, _ = self.source.position(offset)
        starts = self.source.line_starts
        return starts[line] if line < len(starts) else len(self.text)

    def column(self, offset: int) -> int:
        """How many characters stand before an offset on its line."""
        return offset - self.line_start(offset)

    def begins_line(self, offset: int) -> bool:
        """Whether only blanks stand before an offset on its line."""
        return not self.text[self.line_start(offset) : offset].strip()

    def newline(self, offset: int) -> str:
        """The line end in use around an offset."""
        line, _ = self.source.position(offset)
        for number in (line, line - 1, 1):
            if 1 <= number < len(self.source.line_starts):
                start, end = self.source.line_starts[number - 1 : number + 1]
                return self.text[start + len(self.source.line_text(number)) : end]
        return "\n"

    # Indicators

    def gap_end(self, offset: int) -> int:
        """Where blanks, line ends and comments after an offset end."""
        found = _GAP.match(self.text, offset)
        assert found is not None
        return found.end()

    def slot(self, parent: Part, index: int) -> int | None:
        """Where the room for a value begins: after `:` or `-`; None where there is no such mark."""
        if parent.kind == "mapping":
            at = self.gap_end(parent.keys[index].end)
            return at + 1 if self.text[at : at + 1] == ":" else None
        if parent.flow:
            return parent.items[index].start
        return self.begin(parent, index) + 1

    def begin(self, parent: Part, index: int) -> int:
        """Where a pair or an entry begins: its key or its `-`."""
        if parent.kind == "mapping":
            return parent.keys[index].start
        if parent.flow:
            return parent.items[index].start
        if index:
            return self.gap_end(parent.items[index - 1].end)
        # An anchor may stand before the first `-`.
        first = re.compile(r"(?:[&!]\S*|\s|(?<=\s)#[^\r\n]*)*-(?=\s)").match(
            self.text, parent.start
        )
        return first.end() - 1 if first else parent.start

    # Styles

    def style(self, offset: int, like: Part | None = None) -> Style:
        """The style in use above an offset, or else the first one below it.

        Of quotes, only those inside the part `like` count.
        """
        like = like or self.root
        found = {name: _nearest(seen, offset) for name, seen in self._styles.items()}
        quotes = [each for each in self._styles["quote"] if like.start <= each[0] < like.end]
        found["quote"] = _nearest(quotes, offset)
        return Style(
            mapping=int(found["mapping"] or DEFAULT.mapping),
            sequence=int(found["sequence"] or DEFAULT.sequence),
            dash=int(found["dash"] or DEFAULT.dash),
            quote=str(found["quote"] or DEFAULT.quote),
        )

    @cached_property
    def _styles(self) -> dict[str, list[tuple[int, Any]]]:
        styles: dict[str, list[tuple[int, Any]]] = {
            "mapping": [],
            "sequence": [],
            "dash": [],
            "quote": [],
        }
        pending = [self.root]
        while pending:
            part = pending.pop()
            if part.kind == "scalar" and part.style in ("'", '"'):
                styles["quote"].append((part.start, part.style))
            for index, item in enumerate(part.items):
                if part.is_block and item.is_block and part.kind == "mapping":
                    own, key = self.begin(item, 0), part.keys[index].start
                    styles[item.kind].append((own, self.column(own) - self.column(key)))
            if part.is_block and part.kind == "sequence" and part.items:
                styles["dash"].append((part.start, self.dash(part)))
            pending.extend(part.items)
        return {name: sorted(seen) for name, seen in styles.items()}

    def dash(self, part: Part) -> int:
        """How far the entries of a block sequence stand from their `-`."""
        for index, item in enumerate(part.items):
            between = self.text[self.begin(part, index) + 1 : item.start]
            if between and not between.strip(" "):
                return len(between) + 1
        return DEFAULT.dash


def _check(part: Part) -> None:
    if part.kind == "alias":
        raise UnsafeError("an alias stands for text elsewhere")
    if part.tagged:
        raise UnsafeError("a tag may mean more than is known here")
    if part.index("<<") is not None:
        raise UnsafeError("a merge key brings in keys from elsewhere")


def _index(mark: Any) -> int:
    return int(mark.index)


def _nearest(seen: list[tuple[int, Any]], offset: int) -> Any:
    if not seen:
        return None
    at = bisect_right(seen, offset, key=lambda each: each[0])
    return seen[max(0, at - 1)][1]
