"""Setting text: measured, broken into lines, fitted into a box, and drawn, in any script."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import ImageDraw

from producer.video.bidi import is_right_to_left, levels, visual_order
from producer.video.faces import Face, Faces, clusters
from producer.video.layout import Box

Color = tuple[int, int, int]

# Noto's own: a line of it with room for marks above and below.
_LINE_HEIGHT = 1.36
_ASCENT = 1.07
_SIZE_STEP = 2
# What is longer cannot be read in any box, and would only take time.
_MAX_CHARS = 400
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Style:
    """A size in pixels and a weight from 400 (regular) to 700 (bold)."""

    size: int
    weight: int = 400

    @property
    def line_height(self) -> int:
        """From one line to the next, in pixels."""
        return round(self.size * _LINE_HEIGHT)


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines of text and the style in which they fit."""

    lines: tuple[str, ...]
    style: Style


class Typesetter:
    """Sets text in the fonts that have its characters, each part in its direction."""

    def __init__(self, faces: Faces) -> None:
        self._faces = faces

    def width(self, text: str, style: Style) -> float:
        """How wide a line is, in pixels."""
        return sum(width for _, _, _, width in self._parts(text, style, is_right_to_left(text)))

    def fit(self, text: str, box: Box, sizes: tuple[int, int], weight: int = 400) -> Fitted:
        """The largest type in which a text fits a box; what fits in no type ends in an ellipsis."""
        text = " ".join(text[:_MAX_CHARS].split())
        largest, smallest = sizes
        for size in range(largest, smallest - 1, -_SIZE_STEP):
            style = Style(size, weight)
            lines = self._wrap(text, box.width, style)
            if len(lines) * style.line_height <= box.height:
                return Fitted(tuple(lines), style)
        style = Style(smallest, weight)
        lines = self._wrap(text, box.width, style)[: max(1, box.height // style.line_height)]
        lines[-1] = self._shorten(lines[-1], box.width, style)
        return Fitted(tuple(lines), style)

    def draw(
        self,
        draw: ImageDraw.ImageDraw,
        box: Box,
        fitted: Fitted,
        color: Color,
        *,
        is_centred: bool,
        in_middle: bool = False,
    ) -> None:
        """Draw lines into a box: from its start, which is on the right for some, or centred."""
        style = fitted.style
        top = box.top
        if in_middle:
            top += (box.height - len(fitted.lines) * style.line_height) // 2
        is_rtl = is_right_to_left(" ".join(fitted.lines))
        for number, line in enumerate(fitted.lines):
            parts = self._parts(line, style, is_rtl)
            rest = box.width - sum(width for _, _, _, width in parts)
            left = box.left + (rest / 2 if is_centred else rest if is_rtl else 0)
            baseline = top + number * style.line_height + round(style.size * _ASCENT)
            for face, part, direction, width in parts:
                font = face.font(style.size, style.weight)
                at = (left, baseline)
                draw.text(at, part, font=font, fill=color, anchor="ls", direction=direction)
                left += width

    def _parts(self, line: str, style: Style, is_rtl: bool) -> list[tuple[Face, str, str, float]]:
        """The parts of a line from left to right: font, text, direction and width."""
        level_of = levels(line, right_to_left=is_rtl)
        runs = [
            (face, line[start:end], level_of[start])
            for face, first, last in self._faces.runs(line)
            for start, end in _same(level_of, first, last)
        ]
        parts = []
        for number in visual_order([level for _, _, level in runs]):
            face, text, level = runs[number]
            direction = "rtl" if level % 2 else "ltr"
            parts.append((face, text, direction, _length(face, text, direction, style)))
        return parts

    def _wrap(self, text: str, width: int, style: Style) -> list[str]:
        """A text in lines that fit a width, broken at blanks, and inside of words that do not."""
        lines: list[str] = []
        line = ""
        for piece, is_new_word in self._pieces(text, width, style):
            longer = f"{line} {piece}" if line and is_new_word else line + piece
            if not line or self.width(longer, style) <= width:
                line = longer
            else:
                lines.append(line)
                line = piece
        return [*lines, line] if line else lines or [""]

    def _pieces(self, text: str, width: int, style: Style) -> Iterator[tuple[str, bool]]:
        """The words of a text, those that are too wide in their smallest parts."""
        for word in text.split():
            if self.width(word, style) <= width:
                yield word, True
            else:
                yield from ((part, number == 0) for number, part in enumerate(clusters(word)))

    def _shorten(self, line: str, width: int, style: Style) -> str:
        parts = list(clusters(line))
        while parts and self.width("".join(parts) + _ELLIPSIS, style) > width:
            parts.pop()
        return "".join(parts).rstrip() + _ELLIPSIS


def _same(level_of: Sequence[int], first: int, last: int) -> Iterator[tuple[int, int]]:
    """The parts of a span that have one level each."""
    start = first
    for at in range(first + 1, last + 1):
        if at == last or level_of[at] != level_of[start]:
            yield start, at
            start = at


@lru_cache(maxsize=4096)
def _length(face: Face, text: str, direction: str, style: Style) -> float:
    return face.font(style.size, style.weight).getlength(text, direction=direction)
