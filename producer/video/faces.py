"""The fonts that text is set in, from packages alone, and which of them has which character.

Noto Sans and its parts for other scripts come with `manimgx-fonts`; Chinese, Japanese and Korean
with `manimgx-fonts-cjk`, which is optional, since it is large.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import ImageFont

from producer.errors import ProducerError

_PACKAGE, _CJK_PACKAGE = "manimgx_fonts", "manimgx_fonts_cjk"
_FIRST = "NotoSans[wght].ttf"
_EMOJI = "NotoEmoji[wght].ttf"
_LAST = "NotoSansSymbols[wght].ttf"
_OTHERS = "NotoSans[A-Z]*.ttf"
_CJK = "NotoSansCJK-VF.otf.ttc"
# Which face of the collection draws the characters that several languages share.
_CJK_FACES = {"ja": 0, "ko": 1, "zh": 2, "zh-tw": 3, "zh-hant": 3, "zh-hk": 4}
_EMOJI_STYLE, _JOINER = "\ufe0f", "\u200d"
# Nothing to see: whether a font has them does not matter.
_INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Face:
    """One font of a file, and the characters that it has."""

    path: Path
    index: int
    characters: frozenset[int]

    def __hash__(self) -> int:
        return hash((self.path, self.index))

    def font(self, size: int, weight: int) -> ImageFont.FreeTypeFont:
        """The font at a size in pixels and a weight from 400 to 700."""
        return _font(str(self.path), self.index, size, weight)


class Faces:
    """The fonts in the order in which they are asked for a character."""

    def __init__(self, language: str = "en") -> None:
        """`language` is the show's: it decides between Chinese, Japanese and Korean forms."""
        folder = _folder(_PACKAGE)
        if folder is None:
            raise ProducerError(
                "there are no fonts for videos", hint="install them: pip install manimgx-fonts"
            )
        others = sorted(set(folder.glob(_OTHERS)) - {folder / _LAST})
        paths = [folder / _FIRST, *others, folder / _EMOJI, folder / _LAST]
        self._faces = [_face(path, 0) for path in paths]
        self._emoji = self._faces[-2]
        cjk = _folder(_CJK_PACKAGE)
        if cjk is not None:
            self._faces.append(_face(cjk / _CJK, _cjk_face(language)))

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

    def missing(self, text: str) -> str:
        """The characters that no font here has, each once, in order."""
        return "".join(dict.fromkeys(char for char in text if not self._is_drawn(char)))

    def _is_drawn(self, char: str) -> bool:
        if unicodedata.category(char) in _INVISIBLE or char == _EMOJI_STYLE:
            return True
        return any(ord(char) in face.characters for face in self._faces)

    def _face_of(self, char: str, following: str, before: Face | None) -> Face:
        if following == _EMOJI_STYLE and ord(char) in self._emoji.characters:
            return self._emoji
        # The blanks of emoji are as wide as these.
        is_wide = before is self._emoji and char.isspace()
        if before is not None and not is_wide and _goes_on(char) and _has(before, char):
            return before
        return next((f for f in self._faces if ord(char) in f.characters), before or self._faces[0])


def _goes_on(char: str) -> bool:
    """Whether a character belongs to what is before it: marks, joiners, blanks, punctuation."""
    return not char.isalnum() and unicodedata.category(char) != "So"


def _has(face: Face, char: str) -> bool:
    return ord(char) in face.characters or char in {_EMOJI_STYLE, _JOINER}


def _folder(package: str) -> Path | None:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent


def _cjk_face(language: str) -> int:
    tag = language.lower()
    return _CJK_FACES.get(tag, _CJK_FACES.get(tag.partition("-")[0], 0))


@cache
def _face(path: Path, index: int) -> Face:
    with TTFont(path, fontNumber=index, lazy=True) as font:
        return Face(path, index, frozenset(font.getBestCmap()))


@lru_cache(maxsize=256)
def _font(path: str, index: int, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(path, size, index=index, layout_engine=ImageFont.Layout.RAQM)
    font.set_variation_by_axes([weight])
    return font


def clusters(text: str) -> Iterator[str]:
    """The smallest parts that a text may be broken into: letters with their marks, whole emoji."""
    cluster = ""
    for char in text:
        joins = unicodedata.category(char)[0] == "M" or char in {_JOINER, _EMOJI_STYLE}
        joins = joins or cluster.endswith(_JOINER) or 0x1F3FB <= ord(char) <= 0x1F3FF
        if cluster and not joins:
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster
