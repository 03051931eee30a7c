"""FFmpeg's metadata file (ffmpeg-formats, section "Metadata"), as `ffmpeg -f ffmetadata` writes it.

`=`, `;`, `#`, `\\` and line ends in keys and values have a backslash before them.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

from producer.chapter_lists.model import Collector, Listing
from producer.imports.content import Content
from producer.times import MAX_MS

# A line may go on after an escaped end.
_LINE = re.compile(r"(?:[^\\\n]|\\(?:.|\n))*+\\?", re.DOTALL)
_KEY = re.compile(r"((?:[^\\=]|\\.)*+)=", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_TIMEBASE = re.compile(r"(\d{1,12})/(\d{1,12})", re.ASCII)
_WHOLE = re.compile(r"\d{1,20}", re.ASCII)
# Where a chapter names no time base, times are nanoseconds.
_DEFAULT_TIMEBASE = "1/1000000000"


def sniff(content: Content) -> bool:
    """Whether it has the signature."""
    return content.text.startswith(";FFMETADATA")


def read(content: Content) -> Listing:
    """The chapters; the file's own keys, and those of streams, say nothing of them."""
    found = Collector()
    section, values, began = "", dict[str, str](), 0
    for number, line in _lines(content.text):
        if line.startswith("[") and line.rstrip().endswith("]"):
            _take(found, section, values, began)
            section, values, began = line.strip()[1:-1].upper(), {}, number
        elif line.strip() and line[0] not in ";#":
            key = _KEY.match(line)
            if key:
                values[_ESCAPE.sub(r"\1", key[1])] = _ESCAPE.sub(r"\1", line[key.end() :])
            elif section == "CHAPTER":
                found.leave_out(f"line {number}", f"neither key=value nor a section: {line[:60]!r}")
    _take(found, section, values, began)
    return found.listing()


def _lines(text: str) -> Iterator[tuple[int, str]]:
    text = text.replace("\r\n", "\n")
    at, number = 0, 1
    while at < len(text):
        match = _LINE.match(text, at)
        assert match is not None
        yield number, match[0]
        number += match[0].count("\n") + 1
        at = match.end() + 1


def _take(found: Collector, section: str, values: dict[str, str], began: int) -> None:
    if section != "CHAPTER":
        return
    where = f"line {began}"
    base = _TIMEBASE.fullmatch(values.get("TIMEBASE", _DEFAULT_TIMEBASE).strip())
    start = _WHOLE.fullmatch(values.get("START", "").strip())
    if base is None or int(base[2]) == 0:
        found.leave_out(where, f"not a time base: {values['TIMEBASE'][:40]!r}")
        return
    if start is None:
        found.leave_out(where, f"not a START: {values.get('START', '')[:40]!r}")
        return
    start_ms = round(int(start[0]) * Fraction(int(base[1]), int(base[2])) * 1000)
    if start_ms > MAX_MS:
        found.leave_out(where, f"longer than any recording: START={start[0]}")
        return
    found.add_ms(where, start_ms, values.get("title", ""))
