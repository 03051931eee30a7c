"""From the bytes of a feed to text: which encoding they are in, and which one they claim."""

import re
from typing import NamedTuple

from producer.feed_check.document import Fault

# Of XML 1.0, appendix F: what the first bytes tell, longest first.
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_UNMARKED = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([^"'>]{1,40})["']""")
# Only encodings of text: Python's codecs know compressions and escapes by name too.
_TEXT_ENCODINGS = re.compile(
    r"utf-?8|us-ascii|ascii|utf-?16(-?[lb]e)?|utf-?32(-?[lb]e)?|iso-?8859-([1-9]|1[013456])|latin-?1"
    r"|windows-125[0-8]|cp125[0-8]|koi8-[ru]|shift_jis|euc-(jp|kr)|iso-2022-jp|gb2312|gbk|gb18030"
    r"|big5|macintosh",
    re.IGNORECASE,
)
_PYTHON_NAMES = {"macintosh": "mac_roman"}


class Decoded(NamedTuple):
    """The text without a byte order mark, and what was wrong with the bytes.

    Offsets of the faults count the bytes of the text as UTF-8.
    """

    text: str
    faults: tuple[Fault, ...]


def decode(data: bytes) -> Decoded:
    """Decode as an XML parser would, but read on where one would stop."""
    mark, actual = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", ""))
    body = data[len(mark) :]
    if not actual:
        actual = next((e for start, e in _UNMARKED if body.startswith(start)), "")
    if actual.startswith(("utf-16", "utf-32")):
        return _wide(body, actual)
    match = _DECLARED.match(body)
    declared = match.group(1).decode("ascii", "replace") if match else ""
    faults = []
    if mark:
        faults.append(
            Fault(
                "R205",
                0,
                1,
                "the feed begins with a byte order mark",
                "save it as UTF-8 without one: some readers stop at it",
            )
        )
    if declared.lower() in {"", "utf-8", "utf8"} or mark:
        text, bad = _decode(body, "utf-8", "the bytes are not UTF-8 here")
        return Decoded(text, (*faults, *bad))
    place = (match.start(1), len(declared)) if match else (0, 1)
    return _declared(body, declared, place, faults)


def _declared(body: bytes, declared: str, place: tuple[int, int], faults: list[Fault]) -> Decoded:
    """Bytes that claim an encoding other than UTF-8."""
    known = _TEXT_ENCODINGS.fullmatch(declared) is not None
    is_utf8 = _is_utf8(body)
    ascii_only = body.isascii()
    wide = known and declared.lower().startswith(("utf-16", "utf16", "utf-32", "utf32"))
    if not known or wide or (is_utf8 and not ascii_only):
        what = f'"{declared}" is declared, but '
        what += "no such encoding is known" if not known else "the bytes are UTF-8"
        hint = 'save the feed as UTF-8 and declare `encoding="UTF-8"`'
        fault = Fault("R203", *place, what, hint)
        text, bad = _decode(body, "utf-8", "the bytes are not UTF-8 here")
        return Decoded(text, (*faults, fault, *bad))
    if declared.lower() not in {"us-ascii", "ascii"}:
        message = f"the feed is in {declared}, not in UTF-8"
        faults.append(Fault("R204", *place, message, "save it as UTF-8, and declare that"))
    name = _PYTHON_NAMES.get(declared.lower(), declared)
    text, bad = _decode(body, name, f"the bytes are not {declared} here")
    return Decoded(text, (*faults, *bad))


def _wide(body: bytes, encoding: str) -> Decoded:
    text, bad = _decode(body, encoding, "the bytes are not UTF-16 here")
    fault = Fault(
        "R204",
        0,
        1,
        f"the feed is in {encoding[:6].upper()}, not in UTF-8",
        'save it as UTF-8, and declare `encoding="UTF-8"`',
    )
    return Decoded(text, (fault, *bad))


def _decode(data: bytes, encoding: str, message: str) -> tuple[str, tuple[Fault, ...]]:
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        hint = "save the feed as UTF-8: apps show other letters here, or stop"
        fault = Fault("R202", len(before.encode()), 1, message, hint)
        return data.decode(encoding, "replace"), (fault,)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
