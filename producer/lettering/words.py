"""Words made ready to be set, and which of them cannot be.

A build asks this of every episode that it looks at: libraries and fonts are loaded only where a
text holds more than the first font has without question.
"""

import re
import unicodedata
from importlib.util import find_spec

FONTS, CJK_FONTS = "manimgx_fonts", "manimgx_fonts_cjk"
"""The packages that the fonts come with: the second is optional, since it is large."""

# Parts of Unicode of which the first font has everything; a test asks it.
_PLAIN = re.compile("[ -~\u00a0-\u017f\u0391-\u03a1\u03a3-\u03ce\u0400-\u045f\u2010-\u2026\u20ac]")
# Control characters but for blanks, and halves of pairs, which are no characters.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")
_VARIATIONS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# Nothing to see: whether a font has them does not matter.
_INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


def one_line(text: str) -> str:
    """The text with single blanks between its words, and without control characters."""
    return " ".join(_CONTROLS.sub("", text).split())


def is_visible(char: str) -> bool:
    """Whether there is something to draw for a character by itself."""
    return unicodedata.category(char) not in _INVISIBLE and not _VARIATIONS.match(char)


def missing(text: str, language: str) -> str:
    """The characters that no font here has, each once, in order: they are drawn as boxes."""
    special = _PLAIN.sub("", text)
    if not special:
        return ""
    from producer.lettering.faces import Faces  # noqa: PLC0415 - most texts need no font for this

    faces = Faces(language)
    found = dict.fromkeys(special)
    return "".join(char for char in found if is_visible(char) and not faces.has(char))


def has_package(name: str) -> bool:
    """Whether a package of fonts is installed."""
    return find_spec(name) is not None
