"""The words of a card, and whether they can be drawn."""

import re
import unicodedata
from dataclasses import dataclass
from importlib.metadata import version

from producer.render.card.scripts import font_name

CARD_SIZE = (1200, 630)
"""Width and height in pixels: what readers of Open Graph show large (1.91 to 1)."""
# Raised when the drawing changes.
_DRAWING = 1
_MOST_CHARS = 300
# What an emoji is changed by: each is drawn as the picture that it begins with. And characters
# that are not seen.
_JOINED = re.compile("\u200d.\ufe0f?")
_UNSEEN = re.compile(
    "[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff]"
)


@dataclass(frozen=True, slots=True)
class CardText:
    """The words of a card, as they are drawn: see `card_text`."""

    title: str
    guests: str = ""
    show: str = ""


def card_text(title: str, guests: tuple[str, ...], show: str) -> CardText | None:
    """The words made ready; None if there is no title, or a letter that no font of ours has."""
    text = CardText(_drawable(title), _drawable(", ".join(guests)), _drawable(show))
    letters = set(text.title + text.guests + text.show)
    return text if text.title and all(map(font_name, letters)) else None


def card_versions() -> list[str]:
    """What a card looks like because of, besides its words and its cover."""
    packages = ("pillow", "manimgx-fonts", "python-bidi", "arabic-reshaper")
    return [str(_DRAWING), *map(version, packages)]


def _drawable(text: str) -> str:
    """Letters composed, emoji by their first picture, on one line."""
    text = unicodedata.normalize("NFC", text[:_MOST_CHARS])
    return " ".join(_UNSEEN.sub("", _JOINED.sub("", text)).split())
