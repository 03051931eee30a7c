"""The fonts that text is set in, from packages alone, and which of them has which character.

Noto Sans and its parts for other scripts come with `manimgx-fonts`; Chinese, Japanese and Korean
with `manimgx-fonts-cjk`. A font is opened when it is asked for a character that those before it do
not have: for most texts that is the first one alone.
"""

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from unicodedata import category

import uharfbuzz

from producer.errors import ProducerError
from producer.lettering.words import CJK_FONTS, FONTS

_FIRST = "NotoSans[wght].ttf"
_EMOJI = "NotoEmoji[wght].ttf"
_LAST = "NotoSansSymbols[wght].ttf"
_OTHERS = "NotoSans[A-Z]*.ttf"
_CJK = "NotoSansCJK-VF.otf.ttc"
# Which face of the collection draws the characters that several languages share.
_CJK_FACES = {"ja": 0, "ko": 1, "zh": 2, "zh-tw": 3, "zh-hant": 3, "zh-hk": 4}
_EMOJI_STYLE, _JOINER = "\ufe0f", "\u200d"


class Face:
    """One font of a file, in all its weights."""

    def __init__(self, path: Path, index: int = 0) -> None:
        """`index` counts the fonts of a collection."""
        self.path = path
        self._index = index
        self._fonts: dict[int, uharfbuzz.Font] = {}

    def has(self, char: str) -> bool:
        """Whether the font has a character."""
        return self.font(400).get_nominal_glyph(ord(char)) is not None

    def font(self, weight: int) -> uharfbuzz.Font:
        """The font in a weight from 400 to 700; its measures are in its own units."""
        if weight not in self._fonts:
            blob = uharfbuzz.Blob.from_file_path(str(self.path))
            font = uharfbuzz.Font(uharfbuzz.Face(blob, self._index))
            font.set_variations({"wght": weight})
            self._fonts[weight] = font
        return self._fonts[weight]


class Faces:
    """The fonts in the order in which they are asked for a character."""

    def __init__(self, language: str = "en") -> None:
        """`language` is the text's: it decides between forms that languages write otherwise."""
        folder = _folder(FONTS)
        if folder is None:
            raise ProducerError(
                "there are no fonts for pictures", hint="install them: pip install manimgx-fonts"
            )
        # A tag of BCP 47; HarfBuzz keeps each that it is told for good.
        self.language = language[:35] if language.isascii() else "und"
        others = _others(folder)
        self._emoji = _face(folder / _EMOJI)
        self._faces = [_face(folder / _FIRST), *others, self._emoji, _face(folder / _LAST)]
        cjk = _folder(CJK_FONTS)
        if cjk is not None:
            self._faces.append(_face(cjk / _CJK, _cjk_face(language)))
        self._known: dict[str, Face | None] = {}

    def has(self, char: str) -> bool:
        """Whether any font has a character."""
        return self._first_with(char) is not None

    def runs(self, text: str) -> list[tuple[Face, int, int]]:
        """The parts of a text that are set in one font each, as half-open spans of characters."""
        runs: list[tuple[Face, int, int]] = []
        before: Face | None = None
        for at, char in enumerate(text):
            face = self._face_of(char, text[at + 1 : at + 2], before)
            if before is not None and face is before:
                runs[-1] = (face, runs[-1][1], at + 1)
            else:
                runs.append((face, at, at + 1))
            before = face
        return runs

    def _face_of(self, char: str, following: str, before: Face | None) -> Face:
        if following == _EMOJI_STYLE and self._emoji.has(char):
            return self._emoji
        # The blanks of emoji are as wide as these.
        is_wide = before is self._emoji and char.isspace()
        if before is not None and not is_wide and _goes_on(char) and _has(before, char):
            return before
        return self._first_with(char) or before or self._faces[0]

    def _first_with(self, char: str) -> Face | None:
        if char not in self._known:
            self._known[char] = next((face for face in self._faces if face.has(char)), None)
        return self._known[char]


def _goes_on(char: str) -> bool:
    """Whether a character belongs to what is before it: marks, joiners, blanks, punctuation."""
    return not char.isalnum() and category(char) != "So"


def _has(face: Face, char: str) -> bool:
    return char in {_EMOJI_STYLE, _JOINER} or face.has(char)


def _folder(package: str) -> Path | None:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent


def _cjk_face(language: str) -> int:
    tag = language.lower()
    return _CJK_FACES.get(tag, _CJK_FACES.get(tag.partition("-")[0], 0))


@cache
def _others(folder: Path) -> Sequence[Face]:
    """The fonts of single scripts, in the order of their names, which is that of all machines."""
    return tuple(_face(path) for path in sorted(folder.glob(_OTHERS)) if path.name != _LAST)


@cache
def _face(path: Path, index: int = 0) -> Face:
    return Face(path, index)
