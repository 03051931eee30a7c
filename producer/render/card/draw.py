"""Drawing a card: the cover, the show, the title and the guests."""

import io
import warnings
from functools import lru_cache

from PIL import Image, ImageDraw, ImageOps

from producer.render.card.fonts import BOLD, REGULAR, font
from producer.render.card.setting import Style, is_right_to_left, runs, width, wrap
from producer.render.card.text import CARD_SIZE, CardText

_MARGIN = 72
_COVER = 486
_GAP = 60
_GROUND, _INK, _SOFT, _ACCENT = "#1d1916", "#f4eee4", "#b9ae9f", "#ffa57a"
_TITLE_SIZES = (68, 60, 54, 48, 42)
_SMALL = Style(30, REGULAR)
_TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def draw_card(text: CardText, cover: bytes) -> bytes:
    """The card as JPEG. `cover` is a picture file; none if it is empty or cannot be read."""
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


def _set_texts(drawing: ImageDraw.ImageDraw, text: CardText, left: int) -> None:
    """The show above, the title in the middle, the guests below."""
    title = text.title
    room = CARD_SIZE[0] - _MARGIN - left
    most_high = 360
    for size in _TITLE_SIZES:
        style = Style(size, BOLD)
        lines, is_whole = wrap(title, style, room, most_high // style.line_height)
        if is_whole:
            break
    shows, _ = wrap(text.show, _SMALL, room, 1)
    guests, _ = wrap(text.guests, _SMALL, room, 2)
    # The block stands in the middle as one.
    blocks = (
        (shows, _SMALL, _ACCENT, 0),
        (lines, style, _INK, 24),
        (guests, _SMALL, _SOFT, 24),
    )
    heights = [gap + len(set_lines) * style.line_height for set_lines, style, _, gap in blocks]
    top = (CARD_SIZE[1] - sum(heights)) // 2
    for (set_lines, style, ink, gap), height in zip(blocks, heights, strict=True):
        _set_lines(drawing, set_lines, style, (left, left + room, top + gap), ink)
        top += height


def _set_lines(
    drawing: ImageDraw.ImageDraw,
    lines: list[str],
    style: Style,
    at: tuple[int, int, int],
    ink: str,
) -> None:
    """`at` is where the lines begin and end, and the top of the first."""
    start, end, top = at
    to_left = is_right_to_left(" ".join(lines))
    for number, line in enumerate(lines):
        x: float = end - width(line, style) if to_left else start
        baseline = top + number * style.line_height + style.size
        for name, letters in runs(line):
            drawn = font(name, style.size, style.weight)
            drawing.text((x, baseline), letters, font=drawn, fill=ink, anchor="ls")
            x += drawn.getlength(letters)


@lru_cache(maxsize=2)
def _square(cover: bytes) -> Image.Image | None:
    """The middle of a picture as a square of the card's size for it."""
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
