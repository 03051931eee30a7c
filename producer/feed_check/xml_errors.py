"""Why XML does not parse, in words that help: from expat's error codes and the bytes there."""

import re
import xml.parsers.expat
from xml.parsers.expat import errors

from producer.feed_check.element import Element

_NAMED_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{0,30});")
_CONTROLS = bytes(set(range(32)) - {9, 10, 13}) + b"\x7f"

_END_TAG = re.compile(rb"</([^\s>]{1,80})")
_HINTS = {
    errors.codes[errors.XML_ERROR_DUPLICATE_ATTRIBUTE]: "give each attribute once",
    errors.codes[errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]: "nothing may follow </rss>",
    errors.codes[errors.XML_ERROR_MISPLACED_XML_PI]: "`<?xml` must be the first thing in the file: "
    "take out the blanks or lines before it",
    errors.codes[errors.XML_ERROR_UNCLOSED_CDATA_SECTION]: "end it with `]]>`",
    errors.codes[errors.XML_ERROR_BAD_CHAR_REF]: "XML has no such character: take it out",
}


def explain(
    code: int, data: bytes, offset: int, still_open: Element | None
) -> tuple[str, int, str, str]:
    """Code of the rule, byte offset, message and hint for an error that expat met at `offset`."""
    beginning = data[:200].lstrip().lower()
    if beginning.startswith((b"<!doctype html", b"<html")):
        return "R208", 0, "this is a web page, not a feed", "give the feed's own address"
    start = beginning[:1]
    if start != b"<" and offset <= len(data) - len(data.lstrip()):
        return "R208", 0, "this is not XML", "give the feed itself: it begins with `<?xml`"
    if code == errors.codes[errors.XML_ERROR_NO_ELEMENTS] and still_open is not None:
        message = f"the feed ends before </{still_open.name}>: the rest is missing"
        return "R201", offset, message, "was it written or copied only in part?"
    entity = _NAMED_ENTITY.match(data, offset)
    if code == errors.codes[errors.XML_ERROR_UNDEFINED_ENTITY] and entity:
        name = entity.group(1).decode()
        hint = "write the character itself, or put the text into `<![CDATA[`...`]]>`"
        return "R201", offset, f"XML does not know the entity &{name};", hint
    end_tag = _END_TAG.match(data, data.rfind(b"<", 0, offset + 1))
    if code == errors.codes[errors.XML_ERROR_TAG_MISMATCH] and end_tag and still_open is not None:
        name = end_tag.group(1).decode("utf-8", "replace")
        message = f"</{name}> closes nothing here: <{still_open.name}> is open"
        return "R201", end_tag.start(), message, f"close it first: `</{still_open.name}>`"
    if code in {
        errors.codes[errors.XML_ERROR_INVALID_TOKEN],
        errors.codes[errors.XML_ERROR_SYNTAX],
    }:
        return _invalid_token(data, offset)
    reason = xml.parsers.expat.ErrorString(code) or "unknown error"
    hint = _HINTS.get(code, "see what writes the feed: it must escape `&` and `<`")
    return "R201", offset, f"the XML is not well-formed: {reason}", hint


def _invalid_token(data: bytes, offset: int) -> tuple[str, int, str, str]:
    """An ampersand or angle bracket that should be escaped, or a character that XML forbids."""
    ampersand = data.rfind(b"&", max(0, offset - 40), offset + 1)
    if ampersand >= 0 and b";" not in data[ampersand:offset]:
        return "R201", ampersand, "an & that is not escaped", "write it as `&amp;`"
    here = data[offset : offset + 1]
    if here and here in _CONTROLS:
        message = f"a control character (U+{here[0]:04X}), which XML forbids"
        return "R201", offset, message, "take it out"
    angle = data.rfind(b"<", max(0, offset - 1), offset + 1)
    if angle >= 0:
        message = "a < that is not escaped, or a tag that is not written right"
        return "R201", angle, message, "write it as `&lt;`, or mend the tag"
    message = "the XML is not well-formed: invalid token"
    return "R201", offset, message, "see what stands there: quotes and escapes are usual"
