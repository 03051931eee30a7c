"""The words of a card, and whether they can be drawn."""

import unicodedata
from dataclasses import dataclass
from functools import cache

from producer.lettering.words import CJK_FONTS, FONTS, has_package, is_visible, missing, one_line

CARD_SIZE = (1200, 630)
"""Width and height in pixels: what readers of Open Graph show large (1.91 to 1)."""
# Raised when the drawing changes.
_DRAWING = 3
_MOST_CHARS = 1000


@dataclass(frozen=True, slots=True)
class CardText:
    """The words of a card, as they are drawn, and the show's language: see `card_text`."""

    title: str
    guests: str = ""
    show: str = ""
    language: str = "en"


def card_text(
    title: str, guests: tuple[str, ...], show: str, language: str = "en"
) -> CardText | None:
    """The words made ready; None if there is no title, or a letter that no font of ours has."""
    text = CardText(_drawable(title), _drawable(", ".join(guests)), _drawable(show), language)
    if not any(map(is_visible, text.title)):
        return None
    return None if missing(text.title + text.guests + text.show, language) else text


@cache
def card_versions() -> tuple[str, ...]:
    """What a card looks like because of, besides its words and its cover."""
    from importlib.metadata import version  # noqa: PLC0415 - only cards want it, and it is large

    packages = ["pillow", "uharfbuzz", "python-bidi"]
    packages += [name for name in (FONTS, CJK_FONTS) if has_package(name)]
    return (str(_DRAWING), *map(version, packages))


def _drawable(text: str) -> str:
    """Letters composed, on one line, and no more than a card could show."""
    return unicodedata.normalize("NFC", one_line(text[:_MOST_CHARS]))
