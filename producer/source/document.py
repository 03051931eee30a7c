"""YAML with positions: a document whose every key and value knows its place in the file.

Scalars keep the text that the author wrote. What it means is decided by whoever reads the field,
so `time: 1:25` stays a time and never becomes the base-60 number that YAML 1.1 makes of it.
"""

import datetime
import operator
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from producer.problems import Problem
from producer.source.source import Source, Span

try:
    _Parser: Any = yaml.CSafeLoader
except AttributeError:  # a PyYAML without libyaml: the same result, ten times slower
    _Parser = yaml.SafeLoader


class _Loader(_Parser):  # type: ignore[misc]
    """A loader that does not ask what each scalar means: whoever reads it decides."""

    def resolve(self, kind: object, value: object, implicit: object) -> str:
        """The tag of a node, which nobody here looks at."""
        return ""

    # PyYAML calls these at each node, for paths that nobody names here: built-in functions that do
    # nothing are the quickest.
    descend_resolver = staticmethod(operator.is_)
    ascend_resolver = staticmethod(bool)


Path: TypeAlias = tuple[str | int, ...]
# Deeper than any hand-written file, and well inside what recursion can walk.
MAX_DEPTH = 64
# Ten hours of transcript hold a quarter of that.
MAX_VALUES = 100_000

_INT = re.compile(r"[-+]?\d+", re.ASCII)
_FLOAT = re.compile(r"[-+]?(?:\d+\.\d*|\.\d+)(?:[eE][-+]?\d+)?|[-+]?\d+[eE][-+]?\d+", re.ASCII)
_DATE = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)", re.ASCII)
_KEY = re.compile(r"\s*(?:- +)*[\w.-]+:[ ]+(?=\S)")
# How far a text may indent, or open brackets, before it is looked at more closely; together they
# stay below MAX_DEPTH.
_FAR = 30
_INDENTED_FAR = re.compile(rf"\n[ \t?-]{{{_FAR}}}")
_BRACKET = re.compile(r"[][{}]")
# What may be an anchor: without one, only brackets and indentation nest.
_ANCHOR = re.compile(r"&(?<![^\s\[{,:?-]&)(?=\S)")
_LARGE = 256 * 1024
_DEEP_INDENT = re.compile(r"^[ \t?-]{120}", re.MULTILINE)
# What a number or a date begins with.
_NUMERIC = frozenset("+-.0123456789")
_TRUE, _FALSE = ("true", "True", "TRUE"), ("false", "False", "FALSE")
_NULL = ("", "~", "null", "Null", "NULL")


class YamlError(ValueError):
    """The text is not YAML, or not YAML that can be walked; carries the problem to show."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True)
class Document:
    """A parsed YAML document inside a source, beginning at character `base`."""

    source: Source
    base: int
    root: yaml.Node | None

    @classmethod
    def parse(cls, source: Source, span: Span, code: str) -> "Document":
        """Parse the YAML in `span`; raises YamlError with a problem of that `code`."""
        text = source.text[span.start : span.end]
        try:
            if _is_suspicious(text):
                _refuse_excess(source, span, code, text)
            root = yaml.compose(text, Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            raise YamlError(_syntax_problem(source, span, code, error)) from error
        except yaml.YAMLError as error:
            raise YamlError(_character_problem(source, span, code)) from error
        if root is not None and _ANCHOR.search(text) and _too_deep(root):
            raise YamlError(_depth_problem(source, span, code))
        return cls(source, span.start, root)

    def span(self, node: yaml.Node) -> Span:
        """Where a node stands in the source."""
        return Span(self.base + node.start_mark.index, self.base + node.end_mark.index)

    def find(self, path: Path) -> yaml.Node | None:
        """The value at a path of keys and list indices, or None."""
        found = self._pair(path)
        return found[1] if found else None

    def key_span(self, path: Path) -> Span | None:
        """Where the last key of `path` stands (for a list item, the item), or None."""
        found = self._pair(path)
        return self.span(found[0] or found[1]) if found else None

    def _pair(self, path: Path) -> tuple[yaml.Node | None, yaml.Node] | None:
        key: yaml.Node | None = None
        node = self.root
        for step in path:
            match node, step:
                case yaml.MappingNode(value=pairs), str():
                    pair = next((p for p in pairs if key_text(p[0]) == step), None)
                    if pair is None:
                        return None
                    key, node = pair
                case yaml.SequenceNode(value=items), int() if -len(items) <= step < len(items):
                    key, node = None, items[step]
                case _:
                    return None
        return None if node is None else (key, node)


def key_text(node: yaml.Node) -> str | None:
    """The text of a mapping's key; None for a key that is itself a list or mapping."""
    return node.value if isinstance(node, yaml.ScalarNode) else None


def scalar_value(node: yaml.ScalarNode) -> Any:
    """What a scalar means in YAML 1.2's core schema, with dates, and nothing more.

    Quoted scalars are strings. `yes`, `on`, `1:25` and `0o7` are strings too: YAML 1.1's readings
    of them surprise everyone who writes a transcript.
    """
    # Quoted or block; for plain ones libyaml says "", and PyYAML's own parser None.
    return node.value if node.style else plain_value(node.value)


def is_null(node: yaml.ScalarNode) -> bool:
    """Whether a scalar means nothing at all."""
    return not node.style and node.value in _NULL


def plain_value(text: str) -> Any:
    """What an unquoted scalar means."""
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if text[0] not in _NUMERIC:
        return text
    if _INT.fullmatch(text) and len(text) < 400:
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if match := _DATE.fullmatch(text):
        try:
            return datetime.date(*map(int, match.groups()))
        except ValueError:
            return text
    return text


class PlainMapping(Mapping[str, Any]):
    """The top of a document as plain data, each value made when it is asked for.

    The first of duplicate keys counts. Aliases share one object, as in `plain_data`.
    """

    def __init__(self, node: yaml.Node | None) -> None:
        self._nodes: dict[str, yaml.Node] = {}
        self._made: dict[str, Any] = {}
        self._seen: dict[int, Any] = {}
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            self._nodes.setdefault(key_text(key) or "", value)

    def __getitem__(self, key: str) -> Any:
        if key not in self._made:
            self._made[key] = _plain(self._nodes[key], self._seen)
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._nodes)

    def __len__(self) -> int:
        return len(self._nodes)

    def __repr__(self) -> str:
        return repr(dict(self))


def plain_data(node: yaml.Node | None) -> Any:
    """A node as plain dicts, lists and scalars; aliases share one object, so nothing multiplies."""
    return _plain(node, {})


def _plain(node: yaml.Node | None, seen: dict[int, Any]) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return scalar_value(node)
    if node is None:
        return None
    if id(node) in seen:
        return seen[id(node)]
    if isinstance(node, yaml.SequenceNode):
        items: list[Any] = []
        seen[id(node)] = items
        items += [_plain(item, seen) for item in node.value]
        return items
    mapping: dict[Any, Any] = {}
    seen[id(node)] = mapping
    for key, value in node.value:
        mapping.setdefault(key_text(key) or "", _plain(value, seen))
    return mapping


def duplicate_keys(node: yaml.MappingNode) -> list[yaml.ScalarNode]:
    """The keys of a mapping that stand in it for a second time."""
    keys = [key for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
    seen = {key.value for key in keys}
    if len(seen) == len(keys):
        return []
    twice = []
    for key in keys:
        if key.value in seen:
            seen.remove(key.value)
        else:
            twice.append(key)
    return twice


def _is_suspicious(text: str) -> bool:
    """Whether a text is worth an extra pass over its events before it becomes nodes."""
    return (
        len(text) > _LARGE
        or ("\r" in text and "\n" not in text)
        or _INDENTED_FAR.search(text) is not None
        or _open_brackets(text) > _FAR
    )


def _open_brackets(text: str) -> int:
    """How many brackets are open at once, those in words included."""
    if text.count("[") + text.count("{") <= _FAR:
        return 0
    most = depth = 0
    for bracket in _BRACKET.findall(text):
        depth = depth + 1 if bracket in "[{" else max(depth - 1, 0)
        most = max(most, depth)
    return most


def _refuse_excess(source: Source, span: Span, code: str, text: str) -> None:
    """Raise YamlError where collections nest past MAX_DEPTH or values are too many.

    Found without recursion and without nodes: libyaml's composer recurses in C, where a few ten
    thousand brackets end the whole process, and a node takes a hundred times the room of its text.
    """
    depth = 0
    for number, event in enumerate(yaml.parse(text, Loader=_Loader)):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise YamlError(_depth_problem(source, span, code))
        if number > MAX_VALUES:
            message = f"the YAML holds more than {MAX_VALUES:,} values"
            hint = "no transcript is as long; is it the right file?"
            mark = event.start_mark
            at = min(span.start + (mark.index if mark else 0), span.end)
            raise YamlError(source.problem(code, message, Span(at, at + 1), hint))


def _too_deep(root: yaml.Node) -> bool:
    """Whether nodes nest past MAX_DEPTH; an alias that contains itself counts as bottomless."""
    depth_of: dict[int, int] = {id(root): 1}
    pending = [root]
    while pending:
        node = pending.pop()
        depth = depth_of[id(node)] + 1
        if depth > MAX_DEPTH + 1:
            return True
        if isinstance(node, yaml.ScalarNode):
            continue
        for child in _children(node):
            if isinstance(child, yaml.CollectionNode) and depth_of.get(id(child), 0) < depth:
                depth_of[id(child)] = depth
                pending.append(child)
    return False


def _children(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key
            yield value
    else:
        yield from node.value


def _depth_problem(source: Source, span: Span, code: str) -> Problem:
    return source.problem(
        code,
        f"the YAML nests deeper than {MAX_DEPTH} levels",
        Span(span.start, span.start + 1),
        "front matter is a few levels deep; look for an alias that contains itself",
    )


def _character_problem(source: Source, span: Span, code: str) -> Problem:
    """libyaml refuses control characters without a mark; find the one that it means."""
    bad = re.search(
        r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]",
        source.text[span.start : span.end],
    )
    at = span.start + (bad.start() if bad else 0)
    name = f"U+{ord(bad[0]):04X}" if bad else "that YAML does not allow"
    return source.problem(
        code, f"control character {name} in the YAML", Span(at, at + 1), "delete the character"
    )


def _syntax_problem(source: Source, span: Span, code: str, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    at = min(span.start + (mark.index if mark else 0), span.end)
    line, _ = source.position(at)
    text = source.line_text(line)
    said = error.problem or error.context or "not valid"
    if isinstance(error, yaml.composer.ComposerError) and error.context and error.problem:
        said = f"{error.context}: {error.problem}"
    message = f"YAML: {said}"
    # A brace is often noticed only on the line after it.
    above = source.line_text(line - 1) if line > 1 else ""
    for number, cause in ((line, _likely_cause(text)), (line - 1, _brace(above))):
        if cause is not None:
            hint, column = cause
            start = source.line_starts[number - 1] + column
            return source.problem(code, message, Span(start, start + 1), hint)
    hint = "compare the quotes and the indentation of this line with the lines around it"
    if error.context and error.context_mark and "quoted scalar" in error.context:
        opened, _ = source.position(span.start + error.context_mark.index)
        hint = f"the quote opened in line {opened} is never closed"
        at = span.start + error.context_mark.index
    return source.problem(code, message, Span(at, at + 1), hint)


def _likely_cause(line: str) -> tuple[str, int] | None:
    """The usual suspects on the line where the parser gave up: a hint, and the column from 0."""
    indent = len(line) - len(line.lstrip(" \t"))
    if "\t" in line[:indent]:
        return "indent with blanks: YAML allows no tab there", line.index("\t")
    if brace := _brace(line):
        return brace
    match = _KEY.match(line)
    if match is None:
        return None
    value = line[match.end() :].split(" #", maxsplit=1)[0]
    if value[0] in "@`%":
        return f"quote the value: YAML keeps `{value[0]}` for itself", match.end()
    colon = re.search(r":(?: |$)", value)
    if colon and value[0] not in "'\"|>&*!#[{":
        return "quote the value: it holds a colon followed by a blank", match.end() + colon.start()
    return None


def _brace(line: str) -> tuple[str, int] | None:
    match = _KEY.match(line)
    if match and line.startswith(("{{", "{%"), match.end()):
        return "quote the value: a brace begins a YAML mapping", match.end()
    return None
