"""The chapter list of a YouTube description: DESIGN 5, rule 7, after YouTube's own conditions."""

from collections.abc import Sequence
from dataclasses import dataclass

from producer.derive.chapters import Chapter, Finding
from producer.text import one_line
from producer.times import format_clock

MIN_CHAPTERS = 3
MIN_LENGTH_S = 10
# YouTube refuses angle brackets anywhere in a description; these look like them.
_BRACKETS = str.maketrans("<>", "‹›")


@dataclass(slots=True)
class _Part:
    start_s: int
    end_s: int
    title: str
    title_length_s: int
    index: int

    @property
    def length_s(self) -> int:
        return self.end_s - self.start_s


def youtube_chapters(
    chapters: Sequence[Chapter], opening_title: str
) -> tuple[tuple[Chapter, ...], tuple[Finding, ...]]:
    """The chapters as YouTube takes them, in whole seconds of the video, and what was changed.

    The first is at 0:00, an opening added where the first header starts later. One under 10
    seconds is merged into the one before it, so that no other start moves (the first, into the
    next), under the title of the longer part.
    """
    parts = [
        _Part(c.start_ms // 1000, c.end_ms // 1000, _title(c.title), 0, c.index) for c in chapters
    ]
    if parts and parts[0].start_s > 0:
        parts.insert(0, _Part(0, parts[0].start_s, _title(opening_title), 0, -1))
    findings: list[Finding] = []
    merged: list[_Part] = []
    for part in parts:
        part.title_length_s = part.length_s
        if merged and (part.length_s < MIN_LENGTH_S or merged[-1].length_s < MIN_LENGTH_S):
            findings.append(_merge(merged[-1], part))
        else:
            merged.append(part)
    if chapters and len(merged) < MIN_CHAPTERS:
        findings.append(
            Finding(
                "C106",
                f"YouTube shows chapters from {MIN_CHAPTERS} on; here are {len(merged)}",
                "add headers, or do not paste the list",
                chapters[0].index,
            )
        )
    listed = tuple(
        Chapter(part.start_s * 1000, part.end_s * 1000, part.title, index=part.index)
        for part in merged
    )
    return listed, tuple(findings)


def _merge(into: _Part, part: _Part) -> Finding:
    """Let `into` run on to the end of `part`."""
    is_longer = part.length_s > into.title_length_s
    gone, stays = (into, part) if is_longer else (part, into)
    finding = Finding(
        "C105",
        f'chapter "{gone.title}" at {format_clock(gone.start_s * 1000)} takes '
        f'{gone.title_length_s} s; YouTube wants {MIN_LENGTH_S}: merged into "{stays.title}"',
        "delete the header or move it, if the merged list does not please",
        gone.index,
    )
    into.end_s = part.end_s
    if is_longer:
        into.title, into.title_length_s, into.index = part.title, part.length_s, part.index
    return finding


def _title(title: str) -> str:
    return one_line(title).translate(_BRACKETS)
