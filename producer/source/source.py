"""A text file in memory that can say where in it an offset lies."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from producer.problems import Problem, severity_of

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of character offsets into a source's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file, with its line: what is kept of files that are let go.

    Line and column count from 1, in characters.
    """

    path: str
    line: int
    column: int
    length: int
    text: str

    def problem(self, code: str, message: str, hint: str = "") -> Problem:
        """A problem at this place."""
        severity = severity_of(code)
        return Problem(
            code, severity, message, self.path, self.line, self.column, self.length, self.text, hint
        )


@dataclass(frozen=True)
class Source:
    """The text of one file as it stands on disk, line ends and all; only a BOM is set apart.

    `path` is how messages name the file.
    """

    path: str
    text: str
    has_bom: bool = False

    @classmethod
    def decode(cls, path: str, data: bytes) -> "Source":
        """Decode UTF-8 with or without a BOM. Raises UnicodeDecodeError, offset included."""
        text = data.decode("utf-8")
        return cls(path, text.removeprefix(BOM), text.startswith(BOM))

    def encode(self) -> bytes:
        """The bytes that `decode` was given."""
        return ((BOM if self.has_bom else "") + self.text).encode()

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Offsets at which lines begin."""
        if "\r" not in self.text:
            *lines, _ = self.text.split("\n")
            return (0, *accumulate(len(line) + 1 for line in lines))
        return (0, *(match.end() for match in _LINE_END.finditer(self.text)))

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both counted from 1."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line_end(self, offset: int) -> int:
        """The offset at which the line of an offset ends, before its line end."""
        found = _LINE_END.search(self.text, offset)
        return found.start() if found else len(self.text)

    def line_text(self, line: int) -> str:
        """A line without its end."""
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def place(self, span: Span | None = None) -> Place:
        """Where `span` stands; of the file as a whole, its first line."""
        if span is None:
            first = self.text[: self.line_end(0)]  # without looking for all the other lines
            return Place(self.path, 1, 1, max(1, len(first)), first)
        line, column = self.position(span.start)
        text = self.line_text(line)
        length = max(1, min(span.end - span.start, len(text) - column + 1))
        return Place(self.path, line, column, length, text)

    def problem(self, code: str, message: str, span: Span | None = None, hint: str = "") -> Problem:
        """A problem of this file at `span`; of the file as a whole, at its first line."""
        return self.place(span).problem(code, message, hint)
