"""Text on pictures: fonts by character, order by direction, lines that fit."""

import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from producer.lettering.bidi import is_right_to_left, levels, visual_order
from producer.lettering.box import Box
from producer.lettering.breaking import clusters
from producer.lettering.faces import Faces
from producer.lettering.text import Style, Typesetter
from producer.video.layout import LAYOUTS

FACES = Faces("en")
SETTER = Typesetter(FACES)


def fonts(text: str) -> list[tuple[str, str]]:
    return [
        (face.path.name.partition("[")[0], text[start:end]) for face, start, end in FACES.runs(text)
    ]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Größe, naïve!", [("NotoSans", "Größe, naïve!")]),
        ("Ωμέγα и кот", [("NotoSans", "Ωμέγα и кот")]),
        ("a 🎹 b", [("NotoSans", "a "), ("NotoEmoji", "🎹"), ("NotoSans", " b")]),
        ("👩‍🚀", [("NotoEmoji", "👩‍🚀")]),
        ("❤️", [("NotoEmoji", "❤️")]),
        ("👍🏽", [("NotoEmoji", "👍🏽")]),
        ("שלום עולם", [("NotoSansHebrew", "שלום עולם")]),
        ("مرحبا بالعالم", [("NotoSansArabic", "مرحبا بالعالم")]),
        ("हिन्दी", [("NotoSansDevanagari", "हिन्दी")]),
        ("ไทย", [("NotoSansThai", "ไทย")]),
        ("", []),
    ],
)
def test_each_part_is_set_in_a_font_that_has_it(text: str, runs: list[tuple[str, str]]) -> None:
    assert fonts(text) == runs


@pytest.mark.parametrize(
    ("text", "is_rtl", "order"),
    [
        ("abc אבג def", False, ["abc ", "אבג", " def"]),
        ("אבג abc דהו", True, [" דהו", "abc", "אבג "]),
        # A number keeps its own direction inside of words that run the other way.
        ("אבג 12", True, ["12", "אבג "]),
        ("a", False, ["a"]),
        ("“a” – 1…", False, ["“a” – 1…"]),
        # Isolates, and an isolate that is nowhere closed.
        ("a \u2067אב 1\u2069 c", False, ["a \u2067", "1\u2069", "אב ", " c"]),
        ("אב \u2068a b\u2069 ג", True, [" ג", "a b\u2069", "אב \u2068"]),
        ("a \u2068אב", False, ["a \u2068", "אב"]),
    ],
)
def test_parts_stand_in_the_order_that_is_read(text: str, is_rtl: bool, order: list[str]) -> None:
    assert is_right_to_left(text) is is_rtl
    found = levels(text, right_to_left=is_rtl)
    starts = [n for n in range(len(text)) if n == 0 or found[n] != found[n - 1]]
    runs = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    assert [runs[n] for n in visual_order([found[start] for start in starts])] == order


def seen(text: str, *, right_to_left: bool) -> str:
    """The characters of a text from left to right, brackets unturned."""
    found = levels(text, right_to_left=right_to_left)
    return "".join(text[at] for at in visual_order(found))


def test_brackets_turn_together() -> None:
    assert seen("a (2) שלום", right_to_left=False) == "a (2) םולש"
    assert seen("שלום (2) a", right_to_left=False) == ")2( םולש a"
    assert seen("נועה (כהן) and Ada", right_to_left=False) == ")ןהכ( העונ and Ada"


@settings(max_examples=500)
@given(st.text(alphabet="abאבسل12١ ()[]「」.,%+-\u0301\u200f", max_size=20), st.booleans())
def test_the_order_is_that_of_another_implementation(text: str, is_rtl: bool) -> None:
    line = text.strip()
    assert seen(line, right_to_left=is_rtl) == get_display(line, base_dir="R" if is_rtl else "L")


@given(st.lists(st.integers(0, 4), max_size=12))
def test_every_part_keeps_one_place(run_levels: list[int]) -> None:
    assert sorted(visual_order(run_levels)) == list(range(len(run_levels)))


@given(st.text(max_size=40))
def test_nothing_is_lost_in_parts(text: str) -> None:
    assert "".join(clusters(text)) == text
    assert "".join(text[start:end] for _, start, end in FACES.runs(text)) == text
    assert len(levels(text, right_to_left=is_right_to_left(text))) == len(text)


TEXTS = (
    "A Podcast in a Git Repository",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " * 2,
    "word " * 200,
    "محمد صلاح يتحدث عن البرمجة والموسيقى " * 8,
    "W" * 5000,
    "🎹" * 300,
    "x",
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("shape", LAYOUTS)
def test_any_title_fits_its_box(text: str, shape: str) -> None:
    box, sizes = LAYOUTS[shape].title, LAYOUTS[shape].title_sizes
    fitted = SETTER.fit(text, box, sizes, 700)
    assert sizes[1] <= fitted.style.size <= sizes[0]
    assert len(fitted.lines) * fitted.style.line_height <= box.height
    assert all(SETTER.width(line, fitted.style) <= box.width for line in fitted.lines)
    words = " ".join(text.split())
    joined = "".join(fitted.lines).replace(" ", "")
    assert joined == words.replace(" ", "") or (
        joined.endswith("…") and words.replace(" ", "").startswith(joined[:-1])
    )


def test_lines_are_broken_between_words() -> None:
    fitted = SETTER.fit("one two three four", Box(0, 0, 200, 200), (40, 40))
    assert fitted.lines == ("one two", "three four")
    assert SETTER.fit("", Box(0, 0, 200, 200), (40, 40)).lines == ("",)


@settings(max_examples=50)
@given(st.text(max_size=60))
def test_no_text_breaks_the_setting(text: str) -> None:
    box = Box(0, 0, 300, 120)
    fitted = SETTER.fit(text, box, (40, 20))
    assert len(fitted.lines) * fitted.style.line_height <= box.height
    assert SETTER.width("".join(fitted.lines), Style(20)) >= 0
