"""Setting text: lines of a width, letters in the order that they stand in, a font for each."""

import unicodedata
from dataclasses import dataclass
from itertools import groupby

import arabic_reshaper
from bidi.algorithm import get_display

from producer.render.card.fonts import font
from producer.render.card.scripts import font_name


@dataclass(frozen=True, slots=True)
class Style:
    """How text is set: size in pixels, weight."""

    size: int
    weight: int

    @property
    def line_height(self) -> int:
        """From one line to the next, in pixels."""
        return round(self.size * 1.28)


def runs(line: str) -> list[tuple[str, str]]:
    """A line in the order that it is seen in, from the left, as (font, letters)."""
    seen = line
    if not line.isascii():
        seen = str(get_display(arabic_reshaper.reshape(line)))
    named = [(font_name(char), char) for char in seen]
    return [
        (name, "".join(char for _, char in members))
        for name, members in groupby(named, key=lambda pair: pair[0])
        if name
    ]


def is_right_to_left(text: str) -> bool:
    """The direction of the first letter that has one (UAX 9, rule P2)."""
    kinds = (unicodedata.bidirectional(char) for char in text)
    return next((kind for kind in kinds if kind in {"L", "R", "AL"}), "L") != "L"


def width(line: str, style: Style) -> float:
    """How wide a line is, in pixels."""
    return sum(font(name, style.size, style.weight).getlength(text) for name, text in runs(line))


def wrap(text: str, style: Style, room: int, most_lines: int) -> tuple[list[str], bool]:
    """The lines of a text, and whether all of it is there; the last ends in "…" if not."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most_lines:
        count = 1
        while count < len(words) and width(" ".join(words[: count + 1]), style) <= room:
            count += 1
        lines.append(" ".join(words[:count]))
        words = words[count:]
    is_whole = not words and all(width(line, style) <= room for line in lines)
    if not is_whole:
        lines = [_cut(line, style, room) for line in lines]
        if words:
            lines[-1] = _cut(f"{lines[-1].removesuffix('…')} …", style, room)
    return lines, is_whole


def _cut(line: str, style: Style, room: int) -> str:
    cut = line
    while len(cut) > 1 and width(cut, style) > room:
        cut = cut.removesuffix("…").rstrip()[:-1] + "…"
    return cut
