"""Reading typed fields from YAML nodes. What has the wrong type is a problem at its place."""

import datetime
from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias

import yaml

from producer.moments import parse_moment
from producer.problems import Problem
from producer.source.document import (
    Document,
    YamlError,
    duplicate_keys,
    is_null,
)
from producer.source.front_matter import NoFrontMatterError, split
from producer.source.source import Source, Span
from producer.text import clean, one_line

Pairs: TypeAlias = dict[str, yaml.Node]

# A file with more problems of one kind has one problem: what it is.
MAX_ALIKE = 100
_KINDS = {"ScalarNode": "a single value", "SequenceNode": "a list", "MappingNode": "a mapping"}


class Fields:
    """Reads the fields of one document; `family` is the letter that its problem codes begin with.

    Every reader returns None, or an empty value, for what is absent, null or of the wrong type;
    only the last is a problem.
    """

    def __init__(self, document: Document, family: str, problems: list[Problem]) -> None:
        self.document = document
        self.family = family
        self.problems = problems
        self._found: Counter[str] = Counter()

    def flag(self, number: str, message: str, node: yaml.Node, hint: str = "") -> None:
        """Record a problem of this family (`104`), or of another where `number` has a letter."""
        code = number if number[0].isalpha() else self.family + number
        span = self.document.span(node)
        self._found[code] += 1
        if self._found[code] > MAX_ALIKE:
            return
        if self._found[code] == MAX_ALIKE:
            message, hint = "many more of this kind follow", "mend those above first"
        self.problems.append(self.document.source.problem(code, message, span, hint))

    def pairs(self, node: yaml.Node | None, name: str) -> Pairs:
        """The values of a mapping by key; the first of duplicates counts, as they are errors."""
        if node is None or _is_null(node):
            return {}
        if not isinstance(node, yaml.MappingNode):
            self._wrong(node, name, "a mapping")
            return {}
        pairs: Pairs = {
            key.value: value for key, value in node.value if isinstance(key, yaml.ScalarNode)
        }
        return pairs if len(pairs) == len(node.value) else self._first_pairs(node, name)

    def _first_pairs(self, node: yaml.MappingNode, name: str) -> Pairs:
        """The same where keys stand twice, or are none."""
        pairs: Pairs = {}
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                pairs.setdefault(key.value, value)
            else:
                self.flag("104", f"a key of {name} is not a single value", key)
        self._flag_duplicates(node, name)
        return pairs

    def _flag_duplicates(self, node: yaml.MappingNode, name: str) -> None:
        for key in duplicate_keys(node):
            self.flag(
                "105",
                f"`{key.value}` stands twice in {name}",
                key,
                "delete one of them; until then the first counts",
            )

    def items(self, node: yaml.Node | None, name: str) -> list[yaml.Node]:
        """The items of a list."""
        if node is None or _is_null(node):
            return []
        if not isinstance(node, yaml.SequenceNode):
            self._wrong(node, name, "a list")
            return []
        return list(node.value)

    def text(self, node: yaml.Node | None, name: str) -> str:
        """A scalar's text as it was written, without characters that no output may hold."""
        return clean(self._written(node, name)).strip() if node is not None else ""

    def line(self, node: yaml.Node | None, name: str) -> str:
        """Text folded into one line."""
        return one_line(self._written(node, name)) if node is not None else ""

    def _written(self, node: yaml.Node, name: str) -> str:
        if isinstance(node, yaml.ScalarNode):
            return "" if is_null(node) else str(node.value)
        self._wrong(node, name, "text")
        return ""

    def texts(self, node: yaml.Node | None, name: str) -> tuple[str, ...]:
        """A list of one-line texts; a single text stands for a list of one."""
        if isinstance(node, yaml.ScalarNode):
            single = self.line(node, name)
            return (single,) if single else ()
        read = [self.line(item, f"an item of {name}") for item in self.items(node, name)]
        return tuple(text for text in read if text)

    def text_map(self, node: yaml.Node | None, name: str) -> dict[str, str]:
        """A mapping of one-line texts, without its empty values."""
        pairs = self.pairs(node, name)
        read = {key: self.line(value, f"{name}.{key}") for key, value in pairs.items()}
        return {key: value for key, value in read.items() if value}

    def one_or_more(self, node: yaml.Node | None, name: str) -> list[yaml.Node]:
        """The items of a list; anything else but null stands for a list of one."""
        if node is None or _is_null(node):
            return []
        return self.items(node, name) if isinstance(node, yaml.SequenceNode) else [node]

    def mapping_or(self, node: yaml.Node | None, key: str, name: str) -> Pairs:
        """A mapping; a single value stands for one with that value under `key`."""
        if isinstance(node, yaml.ScalarNode) and not _is_null(node):
            return {key: node}
        return self.pairs(node, name)

    def choice(self, node: yaml.Node | None, name: str, allowed: Sequence[str]) -> str:
        """One of some words, in any case."""
        text = self.line(node, name)
        if text and text.lower() not in allowed:
            assert node is not None
            self._wrong(node, name, f"one of {', '.join(allowed)}")
            return ""
        return text.lower()

    def url(self, node: yaml.Node | None, name: str) -> str:
        """An address with its scheme."""
        text = self.line(node, name)
        if text and not text.startswith(("http://", "https://")):
            assert node is not None
            message = f"{name} should be a URL, not `{text}`"
            self.flag("104", message, node, "begin it with https://")
            return ""
        return text

    def integer(self, node: yaml.Node | None, name: str) -> int | None:
        """A whole number that is not negative, quoted or not."""
        if node is None or _is_null(node):
            return None
        text = node.value if isinstance(node, yaml.ScalarNode) else None
        if text is None or not (text.isascii() and text.isdigit()) or len(text) > 9:
            self._wrong(node, name, "a whole number")
            return None
        return int(text)

    def boolean(self, node: yaml.Node | None, name: str, *, default: bool) -> bool:
        """`true` or `false`; the `yes` and `no` of older feeds are understood."""
        if node is None or _is_null(node):
            return default
        words = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
        value = words.get(node.value.lower()) if isinstance(node, yaml.ScalarNode) else None
        if value is None:
            self._wrong(node, name, "true or false")
            return default
        return value

    def moment(self, node: yaml.Node | None, name: str) -> datetime.datetime | None:
        """A date, or a date and time, as a moment in UTC; a date alone means its midnight."""
        if node is None or _is_null(node):
            return None
        try:
            return parse_moment(node.value if isinstance(node, yaml.ScalarNode) else "")
        except ValueError:
            self._wrong(node, name, "a date such as 2026-03-31")
            return None

    def _wrong(self, node: yaml.Node, name: str, wanted: str) -> None:
        found = _KINDS.get(type(node).__name__, "something else")
        if isinstance(node, yaml.ScalarNode):
            shown = node.value if len(node.value) <= 40 else node.value[:39] + "…"
            found = f"`{one_line(shown)}`"
        self.flag("104", f"{name} should be {wanted}, not {found}", node)


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and is_null(node)


def open_document(
    source: Source, family: str, problems: list[Problem]
) -> tuple[Document, str] | None:
    """The front matter and the body of a Markdown file, or None with the problem recorded."""
    try:
        parts = split(source)
    except NoFrontMatterError as error:
        problems.append(source.problem(f"{family}101", str(error), error.span, error.hint))
        return None
    document = parse_mapping(source, parts.front_matter, family, problems)
    if document is None:
        return None
    return document, source.text[parts.body.start : parts.body.end]


def parse_mapping(
    source: Source, span: Span, family: str, problems: list[Problem]
) -> Document | None:
    """The YAML mapping in `span`, or None with the problem recorded."""
    try:
        document = Document.parse(source, span, f"{family}102")
    except YamlError as error:
        problems.append(error.problem)
        return None
    if document.root is None or not isinstance(document.root, yaml.MappingNode):
        place = document.span(document.root) if document.root else Span(span.start, span.start + 1)
        kind = _KINDS[type(document.root).__name__] if document.root else "nothing"
        what = "podcast.yaml" if family == "S" else "the front matter"
        problems.append(
            source.problem(
                f"{family}103",
                f"{what} should be a mapping of keys to values, not {kind}",
                place,
                "write one `key: value` a line",
            )
        )
        return None
    return document


def decode(path: str, data: bytes, family: str, problems: list[Problem]) -> Source | None:
    """The text of a file, or None with the problem recorded at the byte that is wrong."""
    try:
        return Source.decode(path, data)
    except UnicodeDecodeError as error:
        readable = Source(path, data[: error.start].decode("utf-8", errors="replace"))
        at = len(readable.text)
        problems.append(
            readable.problem(
                f"{family}107",
                f"not UTF-8 text: byte 0x{data[error.start]:02x} at offset {error.start}",
                Span(at, at + 1),
                "save the file as UTF-8",
            )
        )
        return None
