"""The XML parts of a .docx, from whoever sent it: nothing is unpacked beyond what is read."""

import io
import posixpath
import zipfile
import zlib
from typing import Any
from xml.parsers import expat

from lxml import etree

from producer.imports.content import Content

# An hour of talk is under 1 MB of XML, with tracked changes too.
MAX_PART_BYTES = 16 * 1024 * 1024
_MAX_MEMBERS = 5_000
_HINT = "open it in a word processor and save it as .docx once more"
# resolve_entities and the like do not matter after `_refuse_dtd`, and stay safe on their own.
_PARSER_OPTIONS: dict[str, Any] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
}


class Archive:
    """A .docx in memory. Every method raises ImportFileError, in a line, for a hostile one."""

    def __init__(self, content: Content) -> None:
        self._content = content
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content.data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
            raise content.error("not a whole .docx file; was it cut off?", _HINT) from error
        if len(members) > _MAX_MEMBERS:
            raise content.error(f"more than {_MAX_MEMBERS} files in a .docx", _HINT)
        self._names = {member.filename for member in members}

    def has(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return name in self._names

    def related(self, name: str, kind: str, default: str) -> str:
        """The part that `name` (empty for the package) names as its `kind`, else `default`.

        Word on the web calls the document word/document2.xml, for one (ISO/IEC 29500-2, 6.5).
        """
        folder, base = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(relations):
            return default
        for relation in self.xml(relations):
            if str(relation.get("Type", "")).endswith(f"/{kind}"):
                target = posixpath.join("/", folder, str(relation.get("Target", "")))
                return posixpath.normpath(target).lstrip("/")
        return default

    def xml(self, name: str) -> Any:
        """The root element of a part."""
        data = self._read(name)
        try:
            _refuse_dtd(data)
            return etree.fromstring(data, etree.XMLParser(**_PARSER_OPTIONS))
        except _DtdError as error:
            raise self._content.error(
                f"{name} declares a document type, which no word processor writes", _HINT
            ) from error
        except (expat.ExpatError, etree.XMLSyntaxError, ValueError, LookupError) as error:
            raise self._content.error(f"{name} is not XML: {str(error)[:80]}", _HINT) from error

    def _read(self, name: str) -> bytes:
        """The bytes of a part. The declared size is not believed: reading stops at the limit."""
        try:
            with self._zip.open(name) as part:
                data = part.read(MAX_PART_BYTES + 1)
        except KeyError as error:
            raise self._content.error(f"not a Word document: it has no {name}", _HINT) from error
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
        ) as error:
            raise self._content.error(f"{name} in it is damaged", _HINT) from error
        except RuntimeError as error:
            raise self._content.error(
                "protected by a password", "save it without one and try again"
            ) from error
        if len(data) > MAX_PART_BYTES:
            raise self._content.error(
                f"{name} unpacks to more than {MAX_PART_BYTES >> 20} MiB",
                "is it a transcript? Save the text alone",
            )
        return data


class _DtdError(Exception):
    pass


def _refuse_dtd(data: bytes) -> None:
    """Stop at a document type declaration, before any entity of it can be used."""

    def refuse(*_: object) -> None:
        raise _DtdError

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(data, True)
