"""Drawing a card: the cover, the title, the guests and the show, 1,200 by 630 pixels.

The size is what Open Graph's readers show large (1.91 to 1).
"""

import io
import warnings
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from producer.render.card.fonts import BOLD, REGULAR, font
from producer.render.card.setting import (
    Style,
    drawable,
    is_drawable,
    is_right_to_left,
    runs,
    width,
    wrap,
)

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

CARD_SIZE = (1200, 630)
_MARGIN = 72
_COVER = 486
_GAP = 60
_GROUND, _INK, _SOFT, _ACCENT = "#1d1916", "#f4eee4", "#b9ae9f", "#ffa57a"
# Raised when the drawing below changes.
_DRAWING = 1
_MOST_CHARS = 300
_TITLE_SIZES = (68, 60, 54, 48, 42)
_SMALL = Style(30, REGULAR)


@dataclass(frozen=True, slots=True)
class CardText:
    """The words of a card."""

    title: str
    guests: tuple[str, ...] = ()
    show: str = ""


def card_versions() -> list[str]:
    """What a card looks like because of, besides its words and its cover."""
    packages = ("pillow", "manimgx-fonts", "python-bidi", "arabic-reshaper")
    return [str(_DRAWING), *map(version, packages)]


def can_draw(text: CardText) -> bool:
    """Whether there is something to draw, and a font for all of it."""
    title = text.title[:_MOST_CHARS]
    return bool(drawable(title)) and all(
        map(is_drawable, (title, text.show[:_MOST_CHARS], _guests(text)))
    )


def draw_card(text: CardText, cover: bytes) -> bytes:
    """The card as JPEG. `cover` is a picture file, or empty; one that cannot be read is left out."""
    from PIL import Image, ImageDraw

    card = Image.new("RGB", CARD_SIZE, _GROUND)
    drawing = ImageDraw.Draw(card)
    left = _MARGIN
    square = _square(cover) if cover else None
    if square is not None:
        card.paste(square, (_MARGIN, (CARD_SIZE[1] - _COVER) // 2))
        left += _COVER + _GAP
    _set_texts(drawing, text, left)
    output = io.BytesIO()
    card.save(output, "JPEG", quality=88, optimize=True, subsampling=0)
    return output.getvalue()


def _set_texts(drawing: "ImageDraw", text: CardText, left: int) -> None:
    """The show above, the title in the middle, the guests below."""
    title = drawable(text.title[:_MOST_CHARS])
    room = CARD_SIZE[0] - _MARGIN - left
    most_high = 360
    for size in _TITLE_SIZES:
        style = Style(size, BOLD)
        lines, is_whole = wrap(title, style, room, most_high // style.line_height)
        if is_whole:
            break
    shows, _ = wrap(drawable(text.show[:_MOST_CHARS]), _SMALL, room, 1)
    guests, _ = wrap(drawable(_guests(text)), _SMALL, room, 2)
    # The block stands in the middle as one.
    heights = [
        len(shows) * 62,
        len(lines) * style.line_height,
        24 + len(guests) * _SMALL.line_height,
    ]
    top = (CARD_SIZE[1] - sum(heights)) // 2
    at = (left, left + room)
    _set_lines(drawing, shows, _SMALL, at, top, _ACCENT)
    _set_lines(drawing, lines, style, at, top + heights[0], _INK)
    _set_lines(drawing, guests, _SMALL, at, top + heights[0] + heights[1] + 24, _SOFT)


def _set_lines(
    drawing: "ImageDraw", lines: list[str], style: Style, at: tuple[int, int], top: int, ink: str
) -> None:
    to_right = is_right_to_left(" ".join(lines))
    for number, line in enumerate(lines):
        x: float = at[1] - width(line, style) if to_right else at[0]
        baseline = top + number * style.line_height + style.size
        for name, letters in runs(line):
            drawn = font(name, style.size, style.weight)
            drawing.text((x, baseline), letters, font=drawn, fill=ink, anchor="ls")
            x += drawn.getlength(letters)


def _guests(text: CardText) -> str:
    return ", ".join(text.guests)[:_MOST_CHARS]


@lru_cache(maxsize=2)
def _square(cover: bytes) -> "Image | None":
    """The middle of a picture as a square of the card's size for it."""
    from PIL import Image, ImageOps

    size = (_COVER, _COVER)
    try:
        with warnings.catch_warnings():
            # A picture that claims a size no memory holds is left out.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(cover)) as opened:
                opened.draft("RGB", (2 * _COVER, 2 * _COVER))
                return ImageOps.fit(opened.convert("RGB"), size, Image.Resampling.LANCZOS)
    except (
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ):
        return None
