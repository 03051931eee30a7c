"""Faithful edits: the old text with only the lines of one key replaced.

Everything that writes into an episode file goes through here. The result is read again, and the
edit refused if it means anything but what was asked for.
"""

from collections.abc import Sequence
from typing import Any

import yaml

from producer.errors import EditError
from producer.source.document import Document, YamlError, key_text, plain_data, plain_value
from producer.source.front_matter import NoFrontMatterError, split
from producer.source.source import Source, Span


def set_key(source: Source, key: str, value: Any, *, before: Sequence[str] = ()) -> Source:
    """The source with the top-level `key` of its front matter set to `value`.

    A key that is not there yet goes before the first of the keys in `before` that is, else to the
    end. Bytes outside of the key's own lines stay as they are: comments, quoting, order, line ends
    and body. Raises EditError where that cannot be done.
    """
    document = _front_matter(source)
    start, end = _place(document, key, before)
    newline = _newline(source, start)
    block = dump({key: value}).replace("\n", newline)
    text = source.text
    if start and text[start - 1] not in "\r\n":
        block = newline + block
    edited = Source(source.path, text[:start] + block + text[end:], source.has_bom)
    _verify(document, edited, key, value)
    return edited


def dump(data: Any) -> str:
    """Plain data as YAML in the style of episode files: block lists at the margin, keys in order.

    The Python emitter, since libyaml's writes emoji as escapes.
    """
    text: str = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=80)
    return text


class _Dumper(yaml.SafeDumper):
    """Quotes, besides what YAML 1.1 reads as something else, what YAML 1.2 does too (`1e3`)."""


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None
    if any(not c.isprintable() and c != " " for c in text):
        style = '"'
    elif not isinstance(plain_value(text), str):
        style = "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _represent_text)


def _front_matter(source: Source) -> Document:
    try:
        document = Document.parse(source, split(source).front_matter, "F102")
    except (NoFrontMatterError, YamlError) as error:
        raise EditError(f"{source.path}: cannot be edited: {error}") from error
    if not isinstance(document.root, yaml.MappingNode) or document.root.flow_style:
        raise EditError(
            f"{source.path}: cannot be edited: the front matter is not one `key: value` a line"
        )
    return document


def _place(document: Document, key: str, before: Sequence[str]) -> tuple[int, int]:
    """The lines of the key, or the empty place where it goes."""
    source = document.source
    found = document.key_span((key,))
    node = document.find((key,))
    if found is not None and node is not None:
        # An alias has no place of its own in the tree: it stands on the key's line, or the edit
        # is refused when it is read again.
        is_alias = document.span(node).start < found.start
        end = found.end if is_alias else _content_end(document, node)
        return _line_start(source, found.start), _line_end(source, end)
    for other in before:
        span = document.key_span((other,))
        if span is not None:
            start = _line_start(source, span.start)
            return start, start
    end = split(source).front_matter.end
    return end, end


def _content_end(document: Document, node: yaml.Node) -> int:
    """Where a value's own text ends; a block list's mark lies after the comments that follow it."""
    span = document.span(node)
    end = span.start
    pending = [node]
    while pending:
        current = pending.pop()
        if isinstance(current, yaml.MappingNode) and not current.flow_style and current.value:
            pending.extend(part for pair in current.value for part in pair)
        elif isinstance(current, yaml.SequenceNode) and not current.flow_style and current.value:
            pending.extend(current.value)
        else:
            # An alias stands before the node that it means: only what is inside counts.
            inside = document.span(current)
            if span.start <= inside.start and inside.end <= span.end:
                end = max(end, inside.end)
    return len(document.source.text[:end].rstrip())


def _line_start(source: Source, offset: int) -> int:
    line, _ = source.position(offset)
    return source.line_starts[line - 1]


def _line_end(source: Source, offset: int) -> int:
    line, _ = source.position(offset)
    return source.line_starts[line] if line < len(source.line_starts) else len(source.text)


def _newline(source: Source, offset: int) -> str:
    """The line end in use around an offset."""
    line, _ = source.position(offset)
    for number in (line, line - 1, 1):
        if 1 <= number < len(source.line_starts):
            start, end = source.line_starts[number - 1], source.line_starts[number]
            return source.text[start + len(source.line_text(number)) : end]
    return "\n"


def _verify(before: Document, edited: Source, key: str, value: Any) -> None:
    """Read the result again: it must mean the same, but for the one key."""
    try:
        after = Document.parse(edited, split(edited).front_matter, "F102")
    except (NoFrontMatterError, YamlError) as error:
        raise EditError(f"{edited.path}: not edited: the result would not parse") from error
    old, new = _pairs(before), _pairs(after)
    if len(_keys(after)) - len(_keys(before)) != (key not in old):
        raise EditError(f"{edited.path}: not edited: more than `{key}` would have changed")
    if new.pop(key, None) != value or new != {k: v for k, v in old.items() if k != key}:
        raise EditError(f"{edited.path}: not edited: more than `{key}` would have changed")
    if edited.text[split(edited).body.start :] != before.source.text[_body(before) :]:
        raise EditError(f"{edited.path}: not edited: the body would have changed")


def _pairs(document: Document) -> dict[str, Any]:
    root = document.root
    assert isinstance(root, yaml.MappingNode)
    return {key_text(key) or "": plain_data(value) for key, value in root.value}


def _keys(document: Document) -> list[Any]:
    return document.root.value if document.root else []


def _body(document: Document) -> int:
    span: Span = split(document.source).body
    return span.start
