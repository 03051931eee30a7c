"""Text on a picture: inside of its box, whatever it says, and the same on every machine."""

import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFont

from producer.lettering.box import Box
from producer.lettering.faces import Faces
from producer.lettering.text import Fitted, Style, Typesetter

SETTER = Typesetter(Faces("en"))
BOX = Box(100, 60, 300, 120)
WHITE = (255, 255, 255)
HOSTILE = (
    "x" * 10_000,
    "a\u0301" * 5_000,
    "a" + "\u0351" * 10_000,
    "\u0327\u0300" * 5_000,
    "\u200d" * 10_000,
    "👨\u200d" * 3_000,
    "🇩" * 1_001,
    "".join(map(chr, range(1, 0x250))),
    "\u202e\u202b\u2067\u2068" * 2_500 + "abc אבג",
    "אב 12 (ab) " * 900,
    "(א" * 5_000,
    "(" * 60 + "א" + ")[]" * 3_000,
    "\U000e1234\ufdd0\uffff\U0010ffff" * 2_000,
    "\ufdfd" * 200,
    "क्" * 5_000,
    "\u0e49" * 4_000,
    "\ud800a",
    "ᄀ" * 5_000,
)


def drawn(text: str, box: Box = BOX, *, is_centred: bool = False, size: int = 40) -> Image.Image:
    picture = Image.new("L", (500, 300))
    image = picture.convert("RGB")
    fitted = SETTER.fit(text, box, (size, size // 2), 700)
    SETTER.draw(image, box, fitted, WHITE, is_centred=is_centred, in_middle=is_centred)
    return image.convert("L")


def is_inside(picture: Image.Image, box: Box) -> bool:
    ink = picture.getbbox()
    return ink is None or (
        ink[0] >= box.left and ink[1] >= box.top and ink[2] <= box.right and ink[3] <= box.bottom
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_inside_of_its_box(text: str) -> None:
    assert is_inside(drawn(text), BOX)


@settings(max_examples=150)
@given(
    st.text(max_size=80)
    | st.text(alphabet="aW אش\u0301\u200d\u2067\u2069\u202e👩🚀ကि", max_size=80),
    st.integers(1, 400),
    st.integers(1, 200),
    st.booleans(),
)
def test_any_text_stays_inside_of_any_box(
    text: str, width: int, height: int, is_centred: bool
) -> None:
    box = Box(20, 30, width, height)
    assert is_inside(drawn(text, box, is_centred=is_centred), box)


def test_what_reaches_out_is_moved_in() -> None:
    # The hook of a j stands to the left of where it begins.
    box = Box(50, 50, 400, 100)
    picture = drawn("jjj", box, size=60)
    assert picture.getbbox() == drawn("jjj", Box(50, 50, 400, 200), size=60).getbbox()
    assert picture.getbbox() != drawn("jj", box, size=60).getbbox()
    assert is_inside(picture, box)
    # There is room for marks above, where there is room at all.
    marked = drawn("A\u0302\u0301\u0308", Box(50, 50, 400, 140), size=60)
    assert marked.getpixel((0, 0)) == 0
    ink = marked.getbbox()
    assert ink is not None
    assert ink[3] - ink[1] > 60


@pytest.mark.parametrize(
    ("text", "is_centred", "side"),
    [("ab", False, "left"), ("אב", False, "right"), ("ab", True, "middle"), ("אב", True, "middle")],
)
def test_lines_start_where_they_are_read_from(text: str, is_centred: bool, side: str) -> None:
    ink = drawn(text, is_centred=is_centred).getbbox()
    assert ink is not None
    found = {
        "left": ink[0] - BOX.left,
        "right": BOX.right - ink[2],
        "middle": abs((ink[0] + ink[2]) / 2 - (BOX.left + BOX.right) / 2),
    }
    assert min(found, key=lambda name: found[name]) == side
    assert found[side] <= 5


def test_the_ink_is_smooth_and_in_its_colour() -> None:
    image = Image.new("RGB", (300, 100), (10, 20, 30))
    box = Box(0, 0, 300, 100)
    fitted = Fitted(("Ox",), Style(64, 700))
    SETTER.draw(image, box, fitted, (200, 100, 50), is_centred=False)
    colors = image.getcolors(10_000)
    assert colors is not None
    # Ground and ink most of all, and many shades between.
    assert {color for _, color in sorted(colors)[-2:]} == {(10, 20, 30), (200, 100, 50)}
    assert len(colors) > 40


def test_what_no_font_has_is_a_box_among_the_rest() -> None:
    assert drawn("a\U000e1234b").getbbox() != drawn("ab").getbbox()
    assert SETTER.width("a\U000e1234b", Style(40)) > SETTER.width("ab", Style(40)) + 10


def test_only_what_is_left_out_has_an_ellipsis() -> None:
    box = Box(0, 0, 200, 60)
    assert SETTER.fit("one", box, (40, 20)).lines == ("one",)
    assert SETTER.fit("one", Box(0, 0, 200, 5), (40, 20)).lines == ("one",)
    assert SETTER.fit("i " * 2_000, Box(0, 0, 9_000, 9_000), (10, 10)).lines[-1].endswith(" i…")


def test_pillow_sets_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("Pillow sets by libraries of the machine")

    monkeypatch.setattr(ImageFont, "truetype", refuse)
    monkeypatch.setattr(ImageFont, "FreeTypeFont", refuse)
    monkeypatch.setattr(ImageFont, "load_default", refuse)
    assert drawn("Ada שלום سلم हि 🎹").getbbox() is not None


_ELSEWHERE = """
import hashlib, sys
from PIL import Image, features
sys.modules["PIL.ImageFont"] = None  # what knows of raqm
from producer.lettering.box import Box
from producer.lettering.faces import Faces
from producer.lettering.text import Typesetter
from producer.render.card.draw import draw_card
from producer.render.card.text import CardText
image = Image.new("RGB", (600, 300))
box, setter = Box(0, 0, 600, 300), Typesetter(Faces("en"))
fitted = setter.fit("Ada שלום سلم हि 🎹 ไทย", box, (60, 30))
setter.draw(image, box, fitted, (255, 255, 255), is_centred=True)
card = draw_card(CardText("Ada שלום سلم"), b"")
print(hashlib.sha256(image.tobytes() + card).hexdigest())
"""


def test_pictures_are_the_same_in_any_locale_and_without_image_fonts() -> None:
    def made(language: str, seed: str) -> str:
        environment = {**os.environ, "LANG": language, "LC_ALL": language, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-X", "utf8", "-c", _ELSEWHERE]
        return subprocess.run(
            command, capture_output=True, text=True, check=True, env=environment
        ).stdout

    first = made("C.UTF-8", "0")
    assert len(first) == 65
    assert made("sr_RS.UTF-8", "7") == first
