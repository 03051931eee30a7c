"""Plain data as YAML text in the styles of episode files."""

import datetime
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

from producer.source.document import plain_value

WIDTH = 80
_STR = "tag:yaml.org,2002:str"
# What single quotes and plain text cannot hold, or hold only by luck: line ends and controls.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_ESCAPED = re.compile(rf'["\\]|{_CONTROL.pattern}')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_OCTAL = re.compile(r"0o[0-7]+")
# YAML 1.1 reads 1:20 as 80, and 0:20 as text: both are quoted, for whoever reads them.
_CLOCK = re.compile(r"[-+]?\d[\d_]*(:\d+)+(\.\d*)?")
_ONE_BLANK = re.compile(r"(?<=[^ ]) (?=[^ ])")
# PyYAML knows which plain texts its own kind would read as something else.
_YAML_1_1: Any = yaml.SafeDumper(io.StringIO(), allow_unicode=True)


@dataclass(frozen=True, slots=True)
class Style:
    """How block collections are indented, in columns, and which quote is used where one must be."""

    mapping: int = 2
    sequence: int = 0
    dash: int = 2
    quote: str = "'"


DEFAULT = Style()


def dump(data: Any) -> str:
    """Plain data as block YAML: lists at the margin, keys in order, text folded at column 80.

    Raises TypeError for a value that is not a dict, list, text, number, date, bool or None.
    """
    return "\n".join(block(data, 0, DEFAULT)) + "\n"


def is_block(value: Any) -> bool:
    """Whether a value takes lines of its own in block style."""
    return isinstance(value, (dict, list)) and bool(value)


def block(value: Any, column: int, style: Style) -> list[str]:
    """The lines of a value that begins at `column`; only the first is not indented yet."""
    lines: list[str] = []
    margin = " " * column
    if isinstance(value, dict) and value:
        for key, item in value.items():
            head = scalar(key, quote=style.quote) + ":"
            if is_block(item):
                indent = style.mapping if isinstance(item, dict) else style.sequence
                first, *rest = block(item, column + indent, style)
                lines += [margin + head, " " * (column + indent) + first, *rest]
            else:
                text = inline(item, style.quote)
                lines += fold(f"{margin}{head} {text}", len(margin + head) + 1, column + 2)
    elif isinstance(value, list) and value:
        for item in value:
            first, *rest = block(item, column + style.dash, style)
            lines += [margin + "-".ljust(style.dash) + first, *rest]
    else:
        text = margin + inline(value, style.quote)
        lines = fold(text, column, column)
    return [lines[0][column:], *lines[1:]]


def fold(line: str, begin: int, indent: int) -> list[str]:
    """A line whose scalar begins at `begin`, broken between words once it is past WIDTH.

    Only a blank between two other characters may become a line's end: no other reads back.
    """
    lines: list[str] = []
    current = line[:begin]
    for number, word in enumerate(_ONE_BLANK.split(line[begin:])):
        if number and len(current) > WIDTH:
            lines.append(current)
            current = " " * indent
        elif number:
            current += " "
        current += word
    return [*lines, current]


def inline(value: Any, quote: str = "'", *, flow: bool = False) -> str:
    """A value on one line; collections in flow style."""
    if isinstance(value, dict):
        pairs = (
            f"{scalar(key, quote=quote, flow=True)}: {inline(item, quote, flow=True)}"
            for key, item in value.items()
        )
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(item, quote, flow=True) for item in value) + "]"
    return scalar(value, quote=quote, flow=flow)


def scalar(value: Any, *, style: str = "", quote: str = "'", flow: bool = False) -> str:
    """A scalar on one line.

    Text is written in `style` (`'`, `"`, or "" for plain) where that reads back, else in `quote`,
    else in double quotes.
    """
    if not isinstance(value, str):
        return _not_text(value)
    if _CONTROL.search(value):
        return _double(value)
    writers: dict[str, Callable[[str], str]] = {"'": _single, '"': _double}
    if not style and _is_plain(value, flow):
        return value
    return writers[style or quote](value)


def block_scalar(value: str, indicator: str, indent: int) -> list[str] | None:
    """The lines of text behind `|` or `>`; None for text that would not be read back so."""
    paragraphs = value.removesuffix("\n").split("\n")
    if any(_CONTROL.search(each) or each.isspace() for each in paragraphs):
        return None
    if not paragraphs[0] or not paragraphs[-1] or paragraphs[0].startswith(" "):
        return None
    lines = [indicator if value.endswith("\n") else f"{indicator}-"]
    for number, each in enumerate(paragraphs):
        if indicator == "|" or not each:
            lines.append(" " * indent + each if each else "")
        elif each.startswith(" "):
            return None
        else:
            # Folding eats one line end of each run: a blank line more keeps paragraphs apart.
            lines += [""] * bool(number) + fold(" " * indent + each, indent, indent)
    return lines


def _is_plain(text: str, flow: bool) -> bool:
    """Whether YAML 1.1 and 1.2 both read the text as it stands, unquoted."""
    found = _YAML_1_1.analyze_scalar(text)
    allowed = found.allow_flow_plain if flow else found.allow_block_plain
    return (
        allowed
        and not found.multiline
        and _YAML_1_1.resolve(yaml.ScalarNode, text, (True, False)) == _STR
        and isinstance(plain_value(text), str)
        and not _OCTAL.fullmatch(text)
        and not _CLOCK.fullmatch(text)
    )


def _single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _double(text: str) -> str:
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    code = ord(char)
    return _ESCAPES.get(char) or (f"\\x{code:02X}" if code < 256 else f"\\u{code:04X}")


def _not_text(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        text = repr(value)
        # YAML 1.1 wants a dot in every number with an exponent.
        return text if "." in text else text.replace("e", ".0e")
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    raise TypeError(f"no YAML for a value of type {type(value).__name__}")
