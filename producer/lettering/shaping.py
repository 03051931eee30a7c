"""From the characters of a line to glyphs in their places, by HarfBuzz.

Everything is measured in ems, the size of the type, so that a line is shaped once for all sizes.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

import uharfbuzz

from producer.lettering.bidi import levels, visual_order
from producer.lettering.faces import Face, Faces

# Of characters that all scripts use, in Unicode's property for it.
_COMMON = "Zyyy"


class Glyph(NamedTuple):
    """A glyph by its number in the font, and its origin from the start of the line, in ems."""

    number: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """The glyphs of one font, from left to right."""

    face: Face
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True, slots=True)
class ShapedLine:
    """The parts of a line from left to right, and its width in ems."""

    runs: tuple[GlyphRun, ...]
    width: float


def shape(faces: Faces, line: str, weight: int, *, right_to_left: bool) -> ShapedLine:
    """Shape a line: each part in a font that has it, in its own script and direction."""
    level_of = levels(line, right_to_left=right_to_left)
    script_of = _scripts(line)
    items = []
    for face, first, last in faces.runs(line):
        spans = groupby(range(first, last), key=lambda at: (level_of[at], script_of[at]))
        items += [(face, *key, list(places)) for key, places in spans]
    left = 0.0
    runs = []
    for number in visual_order([level for _, level, _, _ in items]):
        face, level, script, places = items[number]
        buffer = uharfbuzz.Buffer()
        # The whole line is the context: letters join, and marks find what they stand on.
        buffer.add_str(line, places[0], len(places))
        buffer.direction = "rtl" if level % 2 else "ltr"
        buffer.script = script
        buffer.language = faces.language  # or HarfBuzz would take that of the machine
        font = face.font(weight)
        uharfbuzz.shape(font, buffer)
        glyphs, width = _placed(buffer, font.face.upem, left)
        runs.append(GlyphRun(face, glyphs))
        left += width
    return ShapedLine(tuple(runs), left)


def _placed(buffer: uharfbuzz.Buffer, upem: int, left: float) -> tuple[tuple[Glyph, ...], float]:
    glyphs = []
    pen = 0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions or (), strict=True):
        x = left + (pen + position.x_offset) / upem
        glyphs.append(Glyph(info.codepoint, x, position.y_offset / upem))
        pen += position.x_advance
    return tuple(glyphs), pen / upem


def _scripts(line: str) -> list[str]:
    """The script of each character; one that many use has that of its neighbour, if it has one."""
    if line.isascii():
        return ["Latn"] * len(line)
    found = [_script(char) for char in line]
    last = next(filter(None, found), _COMMON)
    return [last := script or last for script in found]


@lru_cache(maxsize=4096)
def _script(char: str) -> str | None:
    """The script of a character by HarfBuzz's data, in ISO 15924; None if many use it."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(char)
    buffer.guess_segment_properties()
    script: str | None = buffer.script
    return script
