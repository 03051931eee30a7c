"""Cards: drawn the same way every time, once, for what our fonts can show."""

import io
import json
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from producer.lettering.words import CJK_FONTS, has_package
from producer.render.card.draw import draw_card
from producer.render.card.text import CARD_SIZE, CardText, card_text

ONE = "s01e01-a-podcast-in-a-git-repository"


def drawn(title: str, guests: tuple[str, ...] = (), cover: bytes = b"") -> Image.Image:
    text = card_text(title, guests, "Show")
    assert text is not None
    return Image.open(io.BytesIO(draw_card(text, cover)))


def ink(picture: Image.Image) -> tuple[int, int, int, int] | None:
    """The box of what is bright on the ground."""
    return picture.convert("L").point(lambda value: 255 if value > 120 else 0).getbbox()


def test_size_and_format() -> None:
    card = drawn("Title")
    assert (card.format, card.size) == ("JPEG", CARD_SIZE)


def test_right_to_left_titles_stand_at_the_right() -> None:
    left, right = ink(drawn("Hello")), ink(drawn("שלום"))
    assert left is not None
    assert right is not None
    assert left[0] < 90
    assert right[2] > 1100


@pytest.mark.parametrize(
    "title", ["\U000e1234", "Show \ufdd0", "", " ", "\u200b", "\x07", "\ufe0f"]
)
def test_what_no_font_has_is_not_drawn(title: str) -> None:
    assert card_text(title, (), "Show") is None


@pytest.mark.parametrize("title", ["日本語", "한국어", "Show 中"])
def test_large_fonts_are_an_extra(title: str) -> None:
    text = card_text(title, (), "Show", "ja")
    assert (text is not None) is has_package(CJK_FONTS)
    assert text is None or ink(Image.open(io.BytesIO(draw_card(text, b"")))) is not None


@pytest.mark.parametrize("title", ["हिन्दी", "ไทย", "தமிழ்", "မြန်မာ", "👩‍🚀", "Größe", "סלון"])
def test_scripts_of_the_world_are_drawn(title: str) -> None:
    assert ink(drawn(title)) != ink(drawn("."))


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("e\u0301", "é"),
        ("\U0001f469\u200d\U0001f680 ❤\ufe0f 👋🏽", "\U0001f469\u200d\U0001f680 ❤\ufe0f 👋🏽"),
        ("a\x00b\n\u2028 c\x85", "ab c"),
    ],
)
def test_words_are_made_ready(title: str, shown: str) -> None:
    assert card_text(title, ("A", "B"), "") == CardText(shown, "A, B", "")


@given(st.text(max_size=200))
@settings(max_examples=40)
def test_any_words_are_left_out_or_drawn_inside_of_the_card(title: str) -> None:
    text = card_text(title, (title,), title)
    if text is not None:
        box = ink(Image.open(io.BytesIO(draw_card(text, b""))))
        assert box is None or (box[0] >= 60 and box[2] <= 1140 and box[1] >= 30 and box[3] <= 600)


@pytest.mark.parametrize("title", ["x" * 5000, "word " * 2000, "🎹" * 500, "ش" * 900])
def test_long_titles_end_inside_of_the_card(title: str) -> None:
    box = ink(drawn(title, ("y" * 900,)))
    assert box is not None
    assert box[0] >= 60
    assert box[2] <= 1140
    assert box[1] >= 30
    assert box[3] <= 600


@pytest.mark.parametrize("cover", [b"no picture", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"])
def test_a_cover_that_cannot_be_read_is_left_out(cover: bytes) -> None:
    assert ImageChops.difference(drawn("T", (), cover), drawn("T")).getbbox() is None


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "CMYK"])
def test_covers_of_all_kinds(mode: str) -> None:
    file = io.BytesIO()
    Image.new(mode, (300, 200)).save(file, "TIFF" if mode == "CMYK" else "PNG")
    assert drawn("T", (), file.getvalue()).size == CARD_SIZE


def test_a_card_is_drawn_once_and_again_when_its_words_change(sample: Path, producer: Run) -> None:
    def build() -> list[str]:
        result = producer("build", "--root", sample, "--no-audio", "--dry-run", "--json")
        assert producer("build", "--root", sample, "--no-audio").status == 0
        return [name for name in json.loads(result.out)["written"] if name.endswith("card.jpg")]

    card = sample / "build" / ONE / "card.jpg"
    first = build()
    assert f"{ONE}/card.jpg" in first
    data = card.read_bytes()
    path = sample / "episodes" / f"{ONE}.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("lasagne", "pie"), encoding="utf-8")
    assert build() == []
    path.write_text(text.replace("title: A Podcast", "title: The Podcast"), encoding="utf-8")
    assert build() == [f"{ONE}/card.jpg"]
    assert card.read_bytes() != data
    path.write_text(text, encoding="utf-8")
    build()
    assert card.read_bytes() == data, "the same words make the same bytes"


def test_pages_name_the_card(built: Path) -> None:
    page = (built / "build" / ONE / "index.html").read_text(encoding="utf-8")
    url = f"https://workbench.example.org/podcast/{ONE}/card.jpg"
    assert f'<meta property="og:image" content="{url}">' in page
    assert '<meta property="og:image:width" content="1200">' in page
    assert '<meta name="twitter:card" content="summary_large_image">' in page


def test_an_own_picture_is_the_card(sample: Path, producer: Run) -> None:
    path = sample / "episodes" / f"{ONE}.md"
    text = path.read_text(encoding="utf-8").replace(
        "season: 1", "image: images/cover.jpg\nseason: 1"
    )
    path.write_text(text, encoding="utf-8")
    producer("build", "--root", sample, "--no-audio")
    page = (sample / "build" / ONE / "index.html").read_text(encoding="utf-8")
    url = "https://workbench.example.org/podcast/images/cover.jpg"
    assert f'<meta property="og:image" content="{url}">' in page
    assert not (sample / "build" / ONE / "card.jpg").exists()
