"""XML to a light tree with positions, by expat. Nothing is ever fetched or expanded.

A document type is refused where it begins, before any entity can be declared: entities are what
makes XML dangerous (they grow without bound, and read files). Depth, size and the number of
elements are bounded.
"""

import xml.parsers.expat
from collections.abc import Mapping
from typing import Final

from producer.feed_check.document import Document, Fault
from producer.feed_check.element import NO_ATTRIBUTES, Element
from producer.feed_check.encoding import decode
from producer.feed_check.namespaces import NAMESPACES, PREFIXES, meant_by
from producer.feed_check.xml_errors import explain
from producer.source.source import Source

MAX_BYTES: Final = 64 * 1024 * 1024
MAX_DEPTH: Final = 64
MAX_ELEMENTS: Final = 500_000


def parse(path: str, data: bytes) -> Document:
    """The document of a feed's bytes; what is wrong with the XML is in its faults."""
    if len(data) > MAX_BYTES:
        message = f"the feed has {len(data):,} bytes; more than {MAX_BYTES:,} are not read"
        fault = Fault("R207", 0, 1, message, "keep old episodes in an archive feed")
        return Document(Source(path, ""), b"", None, (fault,))
    decoded = decode(data)
    reader = _Reader(decoded.text.encode())
    reader.read()
    faults = (*decoded.faults, *reader.faults)
    return Document(Source(path, decoded.text), reader.data, reader.root, faults)


class _Stop(Exception):  # noqa: N818 - not an error, but how a handler ends expat's work
    """Reading ends here; the fault is recorded."""


class _Scope:
    """The prefixes that an element declares, and those of the elements around it."""

    __slots__ = ("around", "uris")

    def __init__(self, uris: dict[str, str], around: "_Scope | None") -> None:
        self.uris = uris
        self.around = around

    def uri(self, prefix: str) -> str | None:
        scope: _Scope | None = self
        while scope is not None:
            if prefix in scope.uris:
                return scope.uris[prefix]
            scope = scope.around
        return None


class _Reader:
    """Expat's handlers. After `read`, `root` is the tree as far as it goes, `faults` the rest."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.root: Element | None = None
        self.faults: list[Fault] = []
        self._open: list[tuple[Element, _Scope, list[str]]] = []
        self._scope = _Scope({"": "", "xml": "xml"}, None)
        self._count = 0
        self._undeclared: set[str] = set()
        # The bytes are UTF-8 by now, whatever they declare.
        self._parser = xml.parsers.expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._doctype

    def read(self) -> None:
        """Read it all, or up to where it cannot be read any more."""
        if not self.data.strip():
            self._fault("R208", "the file is empty", "give it a feed", offset=0)
            return
        try:
            self._parser.Parse(self.data, True)
        except _Stop:
            self.root = None
        except xml.parsers.expat.ExpatError as error:
            offset = max(0, min(self._parser.ErrorByteIndex, len(self.data)))
            still_open = self._open[-1][0] if self._open else None
            code, at, message, hint = explain(error.code, self.data, offset, still_open)
            self._fault(code, message, hint, offset=at)
            self.root = None

    def _start(self, raw_name: str, raw_attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MAX_ELEMENTS:
            message = f"more than {MAX_ELEMENTS:,} elements are not read"
            self._fault("R207", message, "keep old episodes in an archive feed")
            raise _Stop
        if len(self._open) >= MAX_DEPTH:
            message = f"elements are nested more than {MAX_DEPTH} deep"
            self._fault("R207", message, "no feed needs more than six: mend what writes it")
            raise _Stop
        declared = {
            name[6:]: uri
            for name, uri in raw_attributes.items()
            if name == "xmlns" or name.startswith("xmlns:")
        }
        if declared:
            self._scope = _Scope(self._declare(declared), self._scope)
        attributes: Mapping[str, str] = NO_ATTRIBUTES
        if len(raw_attributes) > len(declared):
            attributes = {
                self._name(name) if ":" in name else name: value
                for name, value in raw_attributes.items()
                if name != "xmlns" and not name.startswith("xmlns:")
            }
        parent = self._open[-1][0] if self._open else None
        name = self._name(raw_name)
        element = Element(name, attributes, self._parser.CurrentByteIndex, parent)
        if parent is None:
            self.root = element
        else:
            parent.children.append(element)
        self._open.append((element, self._scope, []))

    def _end(self, raw_name: str) -> None:
        element, scope, parts = self._open.pop()
        element.raw_text = "".join(parts)
        self._scope = self._open[-1][1] if self._open else scope

    def _characters(self, text: str) -> None:
        if self._open:
            self._open[-1][2].append(text)

    def _doctype(self, name: str, system: str | None, public: str | None, subset: bool) -> None:
        if name.lower() == "html":
            self._fault("R208", "this is a web page, not a feed", "give the feed's own address")
        else:
            message = "the feed has a document type (<!DOCTYPE): apps refuse to read on"
            # Expat is past the declaration's beginning when it calls.
            at = self.data.rfind(b"<!DOCTYPE", 0, self._parser.CurrentByteIndex + 9)
            hint = "take it out; write entities as characters"
            self._fault("R206", message, hint, offset=at, length=9)
        raise _Stop

    def _declare(self, declared: dict[str, str]) -> dict[str, str]:
        """The declared prefixes, misspelt namespaces mended and reported."""
        mended = {}
        for prefix, uri in declared.items():
            meant = meant_by(prefix, uri)
            mended[prefix] = NAMESPACES[meant] if meant else uri
            if meant:
                message = f'"{uri}" is not the namespace of {meant}: apps pass over its elements'
                at = self.data.find(uri.encode(), self._parser.CurrentByteIndex)
                offset = at if at >= 0 else self._parser.CurrentByteIndex
                hint = f'write `xmlns:{prefix}="{NAMESPACES[meant]}"`'
                self._fault("R212", message, hint, offset=offset, length=len(uri))
        return mended

    def _name(self, raw: str) -> str:
        """A name under the customary prefix of its namespace."""
        prefix, _, local = raw.rpartition(":")
        uri = self._scope.uri(prefix)
        if uri is None:
            self._report_undeclared(prefix)
            return raw
        customary = PREFIXES.get(uri)
        if customary is None:
            return f"{{{uri}}}{local}"
        return f"{customary}:{local}" if customary else local

    def _report_undeclared(self, prefix: str) -> None:
        if prefix in self._undeclared:
            return
        self._undeclared.add(prefix)
        uri = NAMESPACES.get(prefix, "...")
        message = f'the prefix "{prefix}" is used but not declared: the feed does not parse'
        self._fault(
            "R211", message, f'add `xmlns:{prefix}="{uri}"` to <rss>', length=len(prefix) + 1
        )

    def _fault(
        self, code: str, message: str, hint: str, *, offset: int | None = None, length: int = 1
    ) -> None:
        at = self._parser.CurrentByteIndex if offset is None else offset
        self.faults.append(Fault(code, max(0, at), length, message, hint))
