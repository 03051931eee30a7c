"""One line of a list as people write it: a time before the title, or behind it."""

import re
from dataclasses import dataclass

from producer.markdown_text import inline_text

# A longer line is no chapter.
MAX_CHARS = 2000
_TIME = r"\d{1,4}(?::\d{1,4}){1,3}(?:[.,]\d{1,9})?"
_OPEN, _CLOSE = r"[(\[{<（【「]", r"[)\]}>）】」]"
_RANGE = rf"(?P<time>{_TIME})(?:\s*(?:[-–—~]|-+>|to)\s*{_TIME})?"
# Markdown's own bullets and numbers: what follows is Markdown.
_ITEM = re.compile(r"\s{0,12}(?:[-*+]|\d{1,4}[.)])\s{1,8}(?:\[[ xX]\]\s+)?")
# Others, mostly signs and emoji; and a number before a time.
_ORNAMENT = re.compile(rf"\s*[^\w\s{_OPEN[1:-1]}]{{1,6}}\s*(?=[\w{_OPEN[1:]})")
_NUMBER = re.compile(rf"\s*#?\d{{1,4}}[.):]?\s+(?={_OPEN}?\s*{_TIME})")
_LINK = re.compile(rf"\[\s*({_TIME})\s*\]\([^()\s]*\)")
_BEFORE = re.compile(
    rf"\s*(?P<open>{_OPEN})?\s*{_RANGE}(?(open)\s*{_CLOSE}|)"
    r"(?P<gap>\s*[-–—:|](?:\s+|$)|\s*[–—|]|\s+|$)?"
)
_BEHIND = re.compile(rf"(?:\s|{_OPEN})\s*{_RANGE}\s*{_CLOSE}?[\s.|]*$")
_SEPARATOR = re.compile(r"(?:\s*[-–—:|@,]|\s*\.{2,}|\s*…)?\s*$")


@dataclass(frozen=True, slots=True)
class Reading:
    """A time as it is written, and the title beside it."""

    time: str
    title: str


def time_before(line: str) -> Reading | None:
    """`1:12 Title`, `1:12 - Title`, `(1:12) Title`, `[1:12] Title`, `0:00-1:12 Title`, or None.

    Bullets, numbers and ornaments before the time are let pass.
    """
    text = _plain(line)
    match = _BEFORE.match(text)
    if match is None:
        return None
    title = text[match.end() :]
    # "12:30pm" is no time with a title.
    if title and match["gap"] is None and not match["open"]:
        return None
    return Reading(match["time"], title.strip())


def time_behind(line: str) -> Reading | None:
    """`Title 1:12`, `Title - 1:12`, `Title (1:12)`, or None."""
    text = _plain(line)
    match = _BEHIND.search(text, max(0, len(text) - 64))
    if match is None:
        return None
    return Reading(match["time"], _SEPARATOR.sub("", text[: match.start()]).strip())


def _plain(line: str) -> str:
    """The line without what makes it an item of a list, and without Markdown if it is one."""
    item = _ITEM.match(line)
    if item is not None:
        return inline_text(line[item.end() :])
    line = _LINK.sub(r"\1", line)
    if ornament := _ORNAMENT.match(line):
        line = line[ornament.end() :]
    if number := _NUMBER.match(line):
        line = line[number.end() :]
    return line
