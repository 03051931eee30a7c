"""What can be drawn, asked without loading fonts for most texts."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.lettering.faces import Faces
from producer.lettering.words import _PLAIN, missing, one_line


def test_what_no_font_has_is_named() -> None:
    assert missing("Ada 🎹 שלום \u200f👩‍🚀❤️\n", "en") == ""
    assert missing("a\U000e1234b\ufdd0\U000e1234", "en") == "\U000e1234\ufdd0"


def test_the_first_font_has_all_that_is_plain() -> None:
    first = Faces().runs("a")[0][0]
    plain = [chr(code) for code in range(0x110000) if _PLAIN.match(chr(code))]
    assert len(plain) == 500
    assert [char for char in plain if not first.has(char)] == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (" a\t b\n\u2028c ", "a b c"),
        ("a\x00\x1b\x7f\x9fb", "ab"),
        ("a\ud800b", "ab"),
        ("क\u200dष", "क\u200dष"),
        ("", ""),
    ],
)
def test_one_line(text: str, line: str) -> None:
    assert one_line(text) == line


@given(st.text())
def test_a_line_stays_as_it_is(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)


@pytest.mark.parametrize(
    ("title", "is_loaded"), [("“Größe” – naïve… Жизнь Ωμέγα", False), ("שלום", True)]
)
def test_fonts_are_loaded_for_what_needs_them(title: str, is_loaded: bool) -> None:
    code = (
        "import sys; from producer.render.card.text import card_text\n"
        f"assert card_text({title!r}, (), 'Show')\n"
        "print('uharfbuzz' in sys.modules, 'PIL' in sys.modules)"
    )
    command = [sys.executable, "-X", "utf8", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(is_loaded), "False"]
