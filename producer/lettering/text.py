"""Setting text: measured, broken into lines, fitted into a box, and drawn, in any script."""

from dataclasses import dataclass
from functools import lru_cache

from PIL import Image

from producer.lettering.bidi import is_right_to_left
from producer.lettering.box import Box
from producer.lettering.breaking import Measure, cut_to, shorten, wrap
from producer.lettering.drawing import Color, Ink, paint, rasterize
from producer.lettering.faces import Faces
from producer.lettering.shaping import ShapedLine, shape
from producer.lettering.words import one_line

# Noto's own: a line of it with room for marks above and below.
_LINE_HEIGHT = 1.36
_ASCENT = 1.07
_SIZE_STEP = 2
# What is longer cannot be read in any box, and would only take time.
_MAX_CHARS = 400
_KEPT_LINES = 512


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

    @property
    def height(self) -> int:
        """Of all lines, in pixels."""
        return len(self.lines) * self.style.line_height


class Typesetter:
    """Sets text in the fonts that have its characters, each part in its direction."""

    def __init__(self, faces: Faces) -> None:
        self._faces = faces
        self._shaped = lru_cache(maxsize=_KEPT_LINES)(self._shape)

    def width(self, text: str, style: Style) -> float:
        """How wide a line is, in pixels."""
        return self._measure(style)(text)

    def fit(self, text: str, box: Box, sizes: tuple[int, int], weight: int = 400) -> Fitted:
        """The largest type in which a text fits a box; what fits in no type ends in an ellipsis."""
        text = cut_to(one_line(text), _MAX_CHARS)
        largest, smallest = sizes
        for size in range(largest, smallest - 1, -_SIZE_STEP):
            style = Style(size, weight)
            fitted = Fitted(tuple(wrap(text, box.width, self._measure(style))), style)
            if fitted.height <= box.height:
                return fitted
        style = Style(smallest, weight)
        measure = self._measure(style)
        lines = wrap(text, box.width, measure)
        most = max(1, box.height // style.line_height)
        if len(lines) > most:
            lines = [*lines[: most - 1], shorten(lines[most - 1], box.width, measure)]
        return Fitted(tuple(lines), style)

    def draw(
        self,
        picture: Image.Image,
        box: Box,
        fitted: Fitted,
        color: Color,
        *,
        is_centred: bool,
        in_middle: bool = False,
    ) -> None:
        """Draw lines into a box: from its start, which is on the right for some, or centred.

        A text that reaches beyond the box, as with a mark over its first line, is moved inwards;
        what does not fit all the same is not drawn.
        """
        style = fitted.style
        is_rtl = is_right_to_left(" ".join(fitted.lines))
        top = (box.height - fitted.height) // 2 if in_middle else 0
        inks: list[Ink] = []
        for number, line in enumerate(fitted.lines):
            shaped = self._shaped(line, style.weight, is_rtl)
            rest = box.width - shaped.width * style.size
            left = round(rest / 2 if is_centred else rest if is_rtl else 0)
            baseline = top + number * style.line_height + round(style.size * _ASCENT)
            at = (box.left + left, box.top + baseline)
            found = (rasterize(run, style.size, style.weight, *at) for run in shaped.runs)
            inks += filter(None, found)
        if not inks:
            return
        x = _inwards(min(i.left for i in inks), max(i.right for i in inks), box.left, box.right)
        y = _inwards(min(i.top for i in inks), max(i.bottom for i in inks), box.top, box.bottom)
        for ink in inks:
            paint(picture, Ink(ink.mask, ink.left + x, ink.top + y), box, color)

    def _measure(self, style: Style) -> Measure:
        def measure(text: str) -> float:
            shaped = self._shaped(text, style.weight, is_right_to_left(text))
            return shaped.width * style.size

        return measure

    def _shape(self, line: str, weight: int, is_rtl: bool) -> ShapedLine:
        return shape(self._faces, line, weight, right_to_left=is_rtl)


def _inwards(low: int, high: int, start: int, end: int) -> int:
    """How far what reaches from `low` to `high` has to move to lie between `start` and `end`.

    Not at all if there is no room for it: letters are worth more than the marks around them.
    """
    if high - low > end - start:
        return 0
    return max(start - low, 0) or min(end - high, 0)
