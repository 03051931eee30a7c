"""Drawing a card: the cover, the show, the title and the guests."""

import io
import warnings
from functools import lru_cache

from PIL import Image, ImageOps

from producer.lettering.box import Box
from producer.lettering.drawing import Color
from producer.lettering.faces import Faces
from producer.lettering.text import Style, Typesetter
from producer.render.card.text import CARD_SIZE, CardText

_MARGIN = 72
_COVER = 486
_GAP = 60
_GROUND: Color = (29, 25, 22)
_INK: Color = (244, 238, 228)
_SOFT: Color = (185, 174, 159)
_ACCENT: Color = (255, 165, 122)
_TITLE_SIZES, _SMALL_SIZES = (68, 42), (30, 30)
_BOLD, _REGULAR = 700, 400
# Four lines of the largest type.
_TITLE_HEIGHT = 4 * Style(_TITLE_SIZES[0]).line_height
_SMALL_HEIGHT = Style(_SMALL_SIZES[0]).line_height
_BETWEEN = 24


def draw_card(text: CardText, cover: bytes) -> bytes:
    """The card as JPEG. `cover` is a picture file; none if it is empty or cannot be read."""
    ground, left = _ground(cover)
    card = ground.copy()
    _set_texts(card, text, left)
    output = io.BytesIO()
    card.save(output, "JPEG", quality=90)
    return output.getvalue()


def _set_texts(card: Image.Image, text: CardText, left: int) -> None:
    """The show above, the title in the middle, the guests below: one block in the middle."""
    typesetter = _typesetter(text.language)
    room = CARD_SIZE[0] - _MARGIN - left
    blocks = [
        (typesetter.fit(words, Box(left, 0, room, height), sizes, weight), color)
        for words, height, sizes, weight, color in (
            (text.show, _SMALL_HEIGHT, _SMALL_SIZES, _REGULAR, _ACCENT),
            (text.title, _TITLE_HEIGHT, _TITLE_SIZES, _BOLD, _INK),
            (text.guests, 2 * _SMALL_HEIGHT, _SMALL_SIZES, _REGULAR, _SOFT),
        )
        if words
    ]
    height = sum(fitted.height for fitted, _ in blocks) + _BETWEEN * (len(blocks) - 1)
    top = (CARD_SIZE[1] - height) // 2
    for fitted, color in blocks:
        box = Box(left, top, room, fitted.height)
        typesetter.draw(card, box, fitted, color, is_centred=False)
        top += fitted.height + _BETWEEN


@lru_cache(maxsize=4)
def _typesetter(language: str) -> Typesetter:
    return Typesetter(Faces(language))


@lru_cache(maxsize=2)
def _ground(cover: bytes) -> tuple[Image.Image, int]:
    """The card before anything is written on it, and where the room for that begins."""
    card = Image.new("RGB", CARD_SIZE, _GROUND)
    square = _square(cover) if cover else None
    if square is None:
        return card, _MARGIN
    card.paste(square, (_MARGIN, (CARD_SIZE[1] - _COVER) // 2))
    return card, _MARGIN + _COVER + _GAP


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
