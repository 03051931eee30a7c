"""Glyphs in their places: letters joined, marks placed, syllables reordered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.lettering.bidi import is_right_to_left
from producer.lettering.faces import Faces
from producer.lettering.shaping import ShapedLine, shape

FACES = Faces("en")


def shaped(text: str, weight: int = 400, faces: Faces = FACES) -> ShapedLine:
    return shape(faces, text, weight, right_to_left=is_right_to_left(text))


def numbers(line: ShapedLine) -> list[int]:
    return [glyph.number for run in line.runs for glyph in run.glyphs]


def glyphs(text: str) -> list[int]:
    return numbers(shaped(text))


def inked(text: str) -> int:
    """How many glyphs of a text have an outline."""
    boxes = (
        run.face.font(400).get_glyph_extents(glyph.number)
        for run in shaped(text).runs
        for glyph in run.glyphs
    )
    return sum(box is not None and box.width != 0 for box in boxes)


def test_arabic_letters_join() -> None:
    alone = {glyphs(letter)[0] for letter in "سلم"}
    joined = glyphs("سلم")
    assert len(joined) == 3
    assert not alone & set(joined)
    # The line begins on the right.
    assert glyphs("سلم سل")[-3:] == joined
    # Lam and alef are one letter.
    assert inked("لا") < inked("ل") + inked("ا") + inked("ل")


def test_arabic_letters_join_over_marks_but_not_over_what_parts_them() -> None:
    assert set(glyphs("سلم")) <= set(glyphs("سَلَم"))
    assert not set(glyphs("سلم")) & set(glyphs("س\u200cل\u200cم")) - {glyphs(" ")[0]}


def test_hebrew_runs_from_right_to_left() -> None:
    assert glyphs("שלום") == [glyphs(letter)[0] for letter in "םולש"]
    assert glyphs("abc שלום") == [*glyphs("abc "), *glyphs("שלום")]


def test_brackets_are_mirrored() -> None:
    assert glyphs("(ש)") == [*glyphs("("), *glyphs("ש"), *glyphs(")")]


def test_devanagari_is_reordered_and_joined() -> None:
    # The vowel I is spoken after its consonant and stands before it.
    ka, ki = glyphs("क"), glyphs("कि")
    assert ki[-1] == ka[0]
    assert len(ki) == 2
    # क्ष is one letter.
    assert len(glyphs("क्ष")) == 1
    assert glyphs("क्ष") != ka


def test_thai_marks_stand_on_each_other() -> None:
    one, two = shaped("ปี"), shaped("ปี้")
    assert one.width == two.width == shaped("ป").width
    low, high = two.runs[0].glyphs[-2:]
    font = two.runs[0].face.font(400)
    boxes = [font.get_glyph_extents(glyph.number) for glyph in (low, high)]
    tops = [glyph.y * 1000 + box.y_bearing for glyph, box in zip((low, high), boxes, strict=True)]
    assert tops[1] + boxes[1].height >= tops[0] - 60
    assert tops[1] > tops[0]


@pytest.mark.parametrize("emoji", ["👩‍🚀", "👨‍👩‍👧‍👦", "🇩🇪", "1️⃣", "❤️‍🔥"])
def test_emoji_of_many_characters_are_one_picture(emoji: str) -> None:
    assert inked(emoji) == 1
    assert shaped(emoji).width < 1.5


def test_letters_are_kerned() -> None:
    assert shaped("AVAVA").width < 3 * shaped("A").width + 2 * shaped("V").width
    assert shaped("cafe\u0301").width == shaped("café").width


def test_bold_is_wider() -> None:
    assert shaped("word", 700).width > shaped("word", 600).width > shaped("word", 400).width


def test_each_script_is_shaped_as_itself() -> None:
    # Letters side by side are not changed by what another script beside them needs.
    mixed = "кот Ωmega हिन्दी ไทย"
    assert glyphs(mixed) == [each for word in mixed.split() for each in glyphs(f"{word} ")][:-1]


def test_letters_have_the_forms_of_their_language() -> None:
    # Serbian writes some letters of Cyrillic otherwise, and Romanian puts commas below.
    serbian = shaped("\u0431", faces=Faces("sr"))
    assert numbers(serbian) != glyphs("\u0431")
    odd = shaped("\u0431", faces=Faces("\ud800" + "x" * 900))
    assert numbers(odd) == glyphs("\u0431")


@given(st.text(max_size=60))
def test_any_text_is_shaped(text: str) -> None:
    line = shaped(text)
    assert line.width >= 0
    assert line == shaped(text)
