"""Lists in the styles that people use, and what is reported of lines that are none."""

import pytest

from producer.chapter_lists import ChapterList, read_chapter_list
from producer.derive.timeline import Timeline


def read(text: str) -> ChapterList:
    return read_chapter_list("list.txt", text.encode())


def pairs(found: ChapterList) -> list[tuple[int, str]]:
    return [(chapter.start_ms, chapter.title) for chapter in found.chapters]


@pytest.mark.parametrize(
    "text",
    [
        "00:01:12 Title",
        "1:12 Title",
        "1:12\tTitle",
        "1:12 - Title",
        "1:12 – Title",
        "1:12 | Title",
        "1:12: Title",
        "(1:12) Title",
        "[01:12] Title",
        "[01:12]Title",
        "<1:12> Title",
        "1:12-2:00 Title",
        "1:12 - 2:00 - Title",
        "(1:12 – 2:00) Title",
        "Title 1:12",
        "Title - 1:12",
        "Title: 1:12",
        "Title (1:12)",
        "Title [00:01:12]",
        "Title (1:12 - 2:00)",
        "Title ..... 1:12",
        "- 1:12 Title",
        "* 1:12 - Title",
        "• 1:12 Title",
        "🔹 1:12 Title",
        "⏱️ 1:12 Title",
        "- Title (1:12)",
        "1. 1:12 Title",
        "12) 1:12 - Title",
        "01 1:12 Title",
        "#1 1:12 Title",
        "1. Title - 1:12",
        "- [x] 1:12 Title",
        "- [1:12](https://youtu.be/x?t=72) Title",
        "[1:12](https://youtu.be/x?t=72) Title",
        "- **1:12** Title",
        "- 1:12 *Title*",
        "  1:12 Title  ",
        "\ufeff1:12 Title\r\n",
    ],
)
def test_every_style_says_the_same(text: str) -> None:
    found = read(text)
    assert pairs(found) == [(72_000, "Title")]
    assert (found.kind, found.timeline, found.problems) == ("text", Timeline.VIDEO, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1:12.5 Half", [(72_500, "Half")]),
        ("1:02:03 The 9:30 train", [(3_723_000, "The 9:30 train")]),
        ("0:00 The 9:30 train\n1:12 Title (2)", [(0, "The 9:30 train"), (72_000, "Title (2)")]),
        ("75:30 Long", [(4_530_000, "Long")]),
        ("1:12 (Title)", [(72_000, "(Title)")]),
        ("0:05 a\\*b\n- 0:06 a\\*b &amp; c", [(5_000, "a\\*b"), (6_000, "a*b & c")]),
        ("- 1:12 snake_case and *args", [(72_000, "snake_case and *args")]),
    ],
)
def test_titles_and_times_as_they_are(text: str, expected: list[tuple[int, str]]) -> None:
    assert pairs(read(text)) == expected


DESCRIPTION = """\
Ada Smith on kettles, lye and waiting. Recorded at 10:30.
https://example.org/a?t=1:12

Chapters:
0:00 Welcome
1:12 - The big kettle
A note on kettles.

12:05 Lye

See you next week!
Read more:
* a book
* another
45:00 and 46:00 are worth hearing
"""


def test_a_whole_description() -> None:
    found = read(DESCRIPTION)
    assert pairs(found) == [(0, "Welcome"), (72_000, "The big kettle"), (725_000, "Lye")]
    assert [str(problem) for problem in found.problems] == [
        "line 1: not in the list, or not a time: "
        "'Ada Smith on kettles, lye and waiting. Recorded at 10:30.'; it was left out",
        "line 7: no time: 'A note on kettles.'; it was left out",
        "line 15: not in the list, or not a time: '45:00 and 46:00 are worth hearing'; "
        "it was left out",
    ]


def test_the_longest_list_that_begins_near_zero() -> None:
    later = "".join(f"{minute}:00 Mentioned\n" for minute in range(20, 30))
    found = read(f"{later}\n\nText.\nText.\nText.\n0:00 A\n5:00 B\n")
    assert pairs(found) == [(0, "A"), (300_000, "B")]
    assert len(found.problems) == 10
    # Without one near zero, the longest.
    assert len(read(later).chapters) == 10


def test_malformed_lines_are_reported() -> None:
    found = read("0:00 A\n1:75 B\n2:00\nC at three\n3:00 D\n2:30 E\n")
    assert pairs(found) == [(0, "A"), (180_000, "D")]
    assert [str(problem) for problem in found.problems] == [
        "line 2: not in the list, or not a time: '1:75 B'; it was left out",
        "line 3: a chapter without a title; it was left out",
        "line 4: no time: 'C at three'; it was left out",
        'line 6: "E" at 2:30 is out of order; it was left out',
    ]


def test_times_stand_on_one_side_in_the_whole_list() -> None:
    found = read("9:30 club 0:10\n9:40 club 1:20\nOutro 2:00\n")
    assert pairs(found) == [(10_000, "9:30 club"), (80_000, "9:40 club"), (120_000, "Outro")]
