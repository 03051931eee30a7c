"""A transcript as the paragraphs of a document, and back: a time, a speaker, then what was said.

    Heading       Big kettles <tab> 1:10      the time only if the header has one of its own
    Time          1:14.5
    Speaker       Maren
    Text          How big is it?
    Text          Really?                     same speaker, no time of its own

Paragraphs are told apart by what they say as well as by their styles: word processors lose styles.
Text that reads as a time gets a backslash before it, and loses one on the way back.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from producer.imports.clock import clock_ms
from producer.imports.model import (
    ImportedEntry,
    ImportedHeader,
    ImportedLine,
    ImportProblem,
)
from producer.text import one_line
from producer.times import format_clock

# In the place of the time of a turn that has none, and of the name of a speaker nobody knows.
NO_TIME = "-:--"
NO_SPEAKER = "(no name)"
_TIME = re.compile(r"\[[\d:.,]+\]|\([\d:.,]+\)|[\d:.,]+")
_MAX_NAME = 60
_MAX_NAME_WORDS = 6


class Role(StrEnum):
    """What the style of a paragraph says that it is."""

    TITLE = "title"
    HEADING = "heading"
    TIME = "time"
    SPEAKER = "speaker"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. Only the text of a heading may have a tab in it. `number` counts from 1."""

    role: Role
    text: str
    number: int = 0


class NotATimeError(ValueError):
    """A paragraph in the style of times is none."""

    def __init__(self, paragraph: Paragraph) -> None:
        super().__init__(f"paragraph {paragraph.number} is not a time: {paragraph.text[:60]!r}")


def to_paragraphs(entries: Iterable[ImportedEntry]) -> Iterator[Paragraph]:
    """The paragraphs of a transcript; `from_paragraphs` gives the entries back."""
    current = ""
    for entry in entries:
        if isinstance(entry, ImportedHeader):
            own = "" if entry.start_ms is None else f"\t{format_time(entry.start_ms)}"
            yield Paragraph(Role.HEADING, entry.title + own)
            continue
        changes = entry.who not in (current, "")
        if entry.start_ms is not None or changes:
            time = NO_TIME if entry.start_ms is None else format_time(entry.start_ms)
            yield Paragraph(Role.TIME, time)
            yield Paragraph(Role.SPEAKER, _escaped(entry.who) if entry.who else NO_SPEAKER)
        current = entry.who or current
        yield Paragraph(Role.TEXT, _escaped(entry.text))


def from_paragraphs(
    paragraphs: Sequence[Paragraph], problems: list[ImportProblem]
) -> tuple[ImportedEntry, ...]:
    """The entries of a document; each line names the speaker that it goes on with.

    Raises NotATimeError for a paragraph in the style of times that is none: the time would be lost.
    """
    filled = [each for each in paragraphs if one_line(each.text) and each.role is not Role.TITLE]
    names = {one_line(each.text) for each in filled if each.role is Role.SPEAKER}
    entries: list[ImportedEntry] = []
    who = ""
    time: Paragraph | None = None
    for position, paragraph in enumerate(filled):
        kind = _kind(filled, position, names)
        text = one_line(paragraph.text)
        if kind is Role.HEADING:
            entries.append(_header(paragraph.text))
        elif kind is Role.TIME:
            if not _is_time(text):
                raise NotATimeError(paragraph)
            if time is not None:
                problems.append(_unused(time))
            time = paragraph
        elif kind is Role.SPEAKER:
            who = who if text == NO_SPEAKER else _unescaped(text)
        else:
            start_ms = _time_ms(one_line(time.text)) if time else None
            entries.append(ImportedLine(start_ms, None, who, _unescaped(text)))
            time = None
    if time is not None:
        problems.append(_unused(time))
    return tuple(entries)


def format_time(ms: int) -> str:
    """`M:SS` or `H:MM:SS`, with the fraction of a second if there is one."""
    fraction = f".{ms % 1000:03}".rstrip("0") if ms % 1000 else ""
    return format_clock(ms) + fraction


def _kind(paragraphs: Sequence[Paragraph], position: int, names: set[str]) -> Role:
    """What a paragraph is: by its style, by what it says, and by what stands around it.

    Below a time without the style of speakers, a name is one that has the style elsewhere; in a
    document without styles, what looks like a name.
    """
    paragraph = paragraphs[position]
    text = one_line(paragraph.text)
    if paragraph.role is Role.HEADING or _is_time_line(paragraph):
        return Role.HEADING if paragraph.role is Role.HEADING else Role.TIME
    if paragraph.role is Role.SPEAKER:
        return Role.SPEAKER
    is_below_time = position > 0 and _is_time_line(paragraphs[position - 1])
    following = paragraphs[position + 1] if position + 1 < len(paragraphs) else None
    is_above_text = (
        following is not None and following.role is Role.TEXT and not _is_time_line(following)
    )
    is_name = text == NO_SPEAKER or (text in names if names else _looks_like_name(text))
    return Role.SPEAKER if is_below_time and is_above_text and is_name else Role.TEXT


def _is_time_line(paragraph: Paragraph) -> bool:
    is_free = paragraph.role in (Role.SPEAKER, Role.TEXT)
    return paragraph.role is Role.TIME or (is_free and _is_time(one_line(paragraph.text)))


def _looks_like_name(text: str) -> bool:
    is_short = len(text) <= _MAX_NAME and len(text.split()) <= _MAX_NAME_WORDS
    return is_short and text[-1] not in ".?!…,;"


def _header(text: str) -> ImportedHeader:
    title, tab, time = text.rpartition("\t")
    start_ms = _time_ms(one_line(time)) if tab else None
    if start_ms is None or not one_line(title):
        return ImportedHeader(one_line(text))
    return ImportedHeader(one_line(title), start_ms)


def _is_time(text: str) -> bool:
    return text == NO_TIME or _time_ms(text) is not None


def _time_ms(text: str) -> int | None:
    return clock_ms(text.strip("[]()")) if _TIME.fullmatch(text) else None


def _escaped(text: str) -> str:
    return f"\\{text}" if _is_special(text.lstrip("\\")) else text


def _unescaped(text: str) -> str:
    return text[1:] if text.startswith("\\") and _is_special(text.lstrip("\\")) else text


def _is_special(text: str) -> bool:
    return text == NO_SPEAKER or _is_time(text)


def _unused(time: Paragraph) -> ImportProblem:
    return ImportProblem(f"paragraph {time.number}", f"the time {time.text.strip()} has no text")
