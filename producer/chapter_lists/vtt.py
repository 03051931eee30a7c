"""WebVTT whose cues are chapters (W3C WebVTT, section 1.4): the text of a cue is the title."""

import html
import re

from producer.chapter_lists.model import Collector, Listing
from producer.imports.clock import span_ms
from producer.imports.content import Content

_SIGNATURE = re.compile(r"WEBVTT(?:[ \t].*)?")
_ASIDE = re.compile(r"(?:STYLE|REGION)[ \t]*|NOTE(?:[ \t].*)?")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def sniff(content: Content) -> bool:
    """Whether it begins with WEBVTT."""
    return _SIGNATURE.fullmatch(content.lines[0]) is not None


def read(content: Content) -> Listing:
    """A chapter a cue."""
    found = Collector()
    block: list[str] = []
    for number, line in enumerate([*content.lines[1:], ""], start=2):
        if line.strip():
            block.append(line)
        elif block:
            _cue(found, number - len(block), block)
            block = []
    return found.listing()


def _cue(found: Collector, number: int, block: list[str]) -> None:
    """One block between blank lines: a cue, with an identifier above it or without, or a note."""
    at = next((at for at, line in enumerate(block) if "-->" in line), None)
    if at is None:
        # What follows the first line up to a blank one is the file's own header.
        if number > 2 and not _ASIDE.fullmatch(block[0]):
            found.leave_out(f"line {number}", f"no cue: {block[0].strip()[:60]!r}")
        return
    span = span_ms(block[at])
    where = f"line {number + at}"
    if span is None:
        found.leave_out(where, f"not the times of a cue: {block[at].strip()[:60]!r}")
    else:
        title = " ".join(block[at + 1 :])
        found.add_ms(where, span[0], html.unescape(_TAG.sub("", title)))
