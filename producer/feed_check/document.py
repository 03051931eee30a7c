"""A parsed feed document: its elements, what was wrong with the XML, and where things lie in it."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from producer.feed_check.element import Element
from producer.source.source import Source, Span

# What `Finding.where` says for the text of an element; anything else names an attribute.
TEXT = "#text"

_STEP = 4096
_CONTINUATION = bytes(range(0x80, 0xC0))
_TAG = re.compile(r"<[^\s/>]+")
_ATTRIBUTE = re.compile(r"""\s+([^\s=/>]+)\s*=\s*("[^"]*"|'[^']*')""")
_TAG_END = re.compile(r"\s*(/?)>")
_TEXT_START = re.compile(r"(?:\s|<!\[CDATA\[)*")
_TEXT_END = re.compile(r"\]\]>|<|\n|\r")
_CDATA_END = re.compile(r"\]\]>|\n|\r")


@dataclass(frozen=True, slots=True)
class Fault:
    """What parsing found wrong: a rule's code, where in the bytes, message and hint."""

    code: str
    offset: int
    length: int
    message: str
    hint: str


@dataclass(frozen=True)
class Document:
    """The text, the same as UTF-8 bytes, the tree as far as it could be read, and the faults."""

    source: Source
    data: bytes
    root: Element | None
    faults: tuple[Fault, ...] = field(default=())

    def fault_span(self, fault: Fault) -> Span:
        """The characters that a fault is about."""
        start = self.character(fault.offset)
        return Span(start, start + fault.length)

    def span(self, element: Element, where: str = "") -> Span:
        """The characters of a start tag, of one of its attributes, or of the element's text.

        An attribute that is not there, or text that is empty, is shown as the start tag.
        """
        start = self.character(element.offset)
        text = self.source.text
        tag = _TAG.match(text, start)
        at = tag.end() if tag else start + 1
        while attribute := _ATTRIBUTE.match(text, at):
            at = attribute.end()
            if where and _local(attribute.group(1)) == _local(where):
                return Span(attribute.start(1), at)
        end = _TAG_END.match(text, at)
        whole = Span(start, end.end() if end else at)
        if where != TEXT or end is None or end.group(1):
            return whole
        blanks = _TEXT_START.match(text, end.end())
        first = blanks.end() if blanks else end.end()
        stop = (_CDATA_END if "CDATA[" in text[end.end() : first] else _TEXT_END).search(
            text, first
        )
        last = stop.start() if stop else len(text)
        return Span(first, last) if last > first else whole

    def character(self, offset: int) -> int:
        """The character offset of an offset into the UTF-8 bytes."""
        step = min(offset, len(self.data)) // _STEP
        return self._characters[step] + _count(self.data[step * _STEP : offset])

    @cached_property
    def _characters(self) -> list[int]:
        """How many characters come before every 4,096th byte."""
        before = [0]
        for start in range(0, len(self.data), _STEP):
            before.append(before[-1] + _count(self.data[start : start + _STEP]))
        return before


def _count(data: bytes) -> int:
    return len(data.translate(None, _CONTINUATION))


def _local(name: str) -> str:
    return name.rpartition(":")[2]
