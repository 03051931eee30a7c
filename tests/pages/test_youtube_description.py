"""youtube.txt and chapters.txt: read as YouTube reads them, they give the chapters back."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from builders import one_line_texts
from hypothesis import example, given, settings
from hypothesis import strategies as st
from texts import derived_from, problems_of

from producer.derive.chapters import Chapter
from producer.io.workspace import Workspace
from producer.render.environment import Templates
from producer.render.views import episode_context
from producer.render.youtube_description import chapter_list, youtube_description

# A time anywhere in the text, as YouTube links it; a chapter's title is what follows on the line.
TIME = re.compile(r"(?<![\w:/=])(?:(\d{1,2}):)?(\d{1,2}):(\d\d)(?![\w:])")
URL = re.compile(r"https?://\S+")
TEMPLATES = Templates(Workspace.open(None).templates)


def chapters_as_youtube_reads(text: str) -> list[tuple[int, str]]:
    """The start in seconds and the title of every line that has a time; none unless they rise
    from 0:00."""
    found = []
    for line in text.split("\n"):
        match = TIME.search(URL.sub("", line))
        if match:
            hours, minutes, seconds = (int(part or 0) for part in match.groups())
            title = line[: match.start()] + line[match.end() :]
            found.append(((hours * 60 + minutes) * 60 + seconds, title.strip()))
    starts = [start for start, _ in found]
    is_list = starts[:1] == [0] and all(a < b for a, b in pairwise(starts))
    return found if is_list else []


def wanted(chapters: Sequence[Chapter]) -> list[tuple[int, str]]:
    return [(chapter.start_ms // 1000, chapter.title) for chapter in chapters]


def describe(front: dict[str, Any], body: str = "") -> tuple[str, list[str], Any]:
    derived = derived_from(front, body)
    text, problems = youtube_description(derived, episode_context(derived, None, ""), TEMPLATES)
    return text, problems_of(problems), derived


def episode(
    titles: Sequence[str], texts: Sequence[str] = ("word",), **front: Any
) -> dict[str, Any]:
    transcript: list[dict[str, Any]] = []
    for number, title in enumerate(titles):
        text = texts[number % len(texts)]
        transcript += [{"header": title}, {"line": text, "sec": number * 61, "who": "Ada"}]
    return {"title": "Title", "transcript": transcript, **front}


@given(
    st.lists(one_line_texts, min_size=3, max_size=8),
    st.lists(st.one_of(one_line_texts, st.sampled_from(["0:00 x", "at 12:30", "9:99", "1:02:03"]))),
    one_line_texts,
)
@example(["a", "b", "c"], ["0:00 A", "https://example.org/?t=1:30"], "2:00 title")
@settings(max_examples=150)
def test_the_chapters_come_back(titles: list[str], words: list[str], title: str) -> None:
    front = episode(
        titles, title=title, intro="\n\n".join(words), topics=words, links={"x": "https://x.org"}
    )
    body = "\n".join(f"* [{'x' + word}](https://example.org/12:30)" for word in words)
    text, _, derived = describe(front, body)
    chapters = derived.youtube_chapters
    assert chapters_as_youtube_reads(chapter_list(derived)) == wanted(chapters)
    assert chapters_as_youtube_reads(text) == wanted(chapters)
    assert not set("<>") & set(text)


def test_times_elsewhere_are_no_times_to_youtube() -> None:
    text, problems, _ = describe(
        episode(
            ["A", "B", "C"],
            intro="At 12:30 and 1:02:03, see https://x.org/1:30, 10:5",
            title="5:00",
        )
    )
    assert text == (
        "5\u223600\n\nAt 12\u223630 and 1\u223602\u223603, see https://x.org/1:30, 10:5\n\n"
        "Chapters:\n0:00 A\n1:01 B\n2:02 C\n"
    )
    assert problems == []


def test_times_stay_where_there_are_no_chapters() -> None:
    text, _, _ = describe({"title": "T", "intro": "At 12:30"})
    assert text == "T\n\nAt 12:30\n"


@pytest.mark.parametrize(
    ("intro", "written"),
    [
        ("a *b* [c](https://x.org){:target='_blank'}", "a b c (https://x.org)"),
        ("<https://x.org>", "https://x.org"),
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        ("* a\n* b\n\nc", "- a\n- b\n\nc"),
        ("1. a\n2. b", "1. a\n2. b"),
        ("- a\n  ***\n  b", "- a\n\nb"),
        ("a\n\n***\n\nb", "a\n\nb"),
        ("a &amp; b < c", "a & b ‹ c"),
        ("<p>a</p>", "a"),
        ("[c](javascript:alert(1))", "c"),
    ],
)
def test_markdown_becomes_plain_text(intro: str, written: str) -> None:
    text, _, _ = describe({"title": "T", "intro": intro})
    assert text == f"T\n\n{written}\n"


LONG = "word " * 300


@pytest.mark.parametrize(
    ("front", "links", "said"),
    [
        ({"intro": "word " * 1500}, 0, "cut summary"),
        ({"intro": "word " * 1500}, 30, "cut summary"),
        ({"intro": "short"}, 120, "cut links"),
        ({"intro": LONG}, 120, "cut summary and links"),
        (
            {"intro": LONG, "topics": [f"topic {'x' * 80} {n}" for n in range(60)]},
            9,
            "cut summary and links and topics",
        ),
        (
            {"intro": LONG, "links": {f"p{n}": f"https://x.org/{'y' * 150}" for n in range(40)}},
            9,
            "cut summary and links and addresses to listen at",
        ),
        ({"guests": [f"guest{n}{'z' * 90}" for n in range(90)]}, 0, "cut guests"),
    ],
)
def test_what_is_cut_is_cut_in_order_and_said(front: dict[str, Any], links: int, said: str) -> None:
    body = "\n".join(f"* [{'label ' * 5}{n}](https://example.org/{n})" for n in range(links))
    text, problems, derived = describe(episode(["A", "B", "C"], **front), body)
    assert 4500 < len(text.encode()) <= 5000
    assert problems == [f"N101: the YouTube description is over 5000 bytes: {said}"]
    assert chapters_as_youtube_reads(text) == wanted(derived.youtube_chapters)


def test_chapters_are_never_cut() -> None:
    titles = [f"{number} {'x' * 80}" for number in range(80)]
    text, problems, derived = describe(episode(titles, intro=LONG, guests=["g"], topics=["t"]))
    assert text == f"Title\n\nChapters:\n{chapter_list(derived)}"
    (problem,) = problems
    over = len(text.encode()) - 5000
    assert problem.endswith(f"; it is still {over} bytes too long")


def test_a_title_is_cut_last_of_all() -> None:
    text, problems, derived = describe(episode(["A", "B", "C"], title="word " * 2000, guests=["g"]))
    assert len(text.encode()) <= 5000
    assert problems == ["N101: the YouTube description is over 5000 bytes: cut guests and title"]
    assert chapters_as_youtube_reads(text) == wanted(derived.youtube_chapters)


def test_hostile_sizes_end_soon() -> None:
    body = "\n".join(f"[x](https://example.org/{number})" for number in range(20_000))
    text, _, _ = describe(episode(["A", "B", "C"], intro="w" * 1_000_000), body)
    assert len(text.encode()) <= 5000


def test_hashtags_are_what_platforms_take() -> None:
    topics = [
        "plain files",
        "A/B testing",
        "C++",
        "ML",
        "machine-learning",
        "ml",
        "2024",
        "&",
        "日本",
    ]
    text, _, _ = describe({"title": "T", "topics": topics})
    assert text == "T\n\n#PlainFiles #ABTesting #C #ML #MachineLearning #日本\n"
