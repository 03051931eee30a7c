"""Chapter formats: each is read back by a reader of its own, with hostile titles."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from builders import chapters, one_line_texts, touching_chapters
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from producer.derive.chapters import Chapter
from producer.derive.timeline import Timeline
from producer.formats.chapters import CHAPTER_FORMATS, ChapterContext

ID = "7SLd5V7z3xQ"
PLAIN = ChapterContext()
Read = list[tuple[int, int | None, str]]
"""Start and end in milliseconds (no end where the format has none), and the title."""


def clock_ms(text: str) -> int:
    total = 0
    for part in text.split(":"):
        total = total * 60 + int(part)
    return total * 1000


def timestamp_ms(text: str) -> int:
    match = re.fullmatch(r"(\d\d):([0-5]\d):([0-5]\d)\.(\d{3})", text)
    assert match, text
    hours, minutes, seconds, millis = map(int, match.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + millis


def read_youtube(text: str) -> Read:
    assert text.endswith("\n")
    read: Read = []
    for line in text.removesuffix("\n").split("\n"):
        clock, title = line.split(" ", 1)
        read.append((clock_ms(clock), None, title))
    return read


def read_json(text: str) -> Read:
    document = json.loads(text)
    assert document["version"] == "1.2.0"
    return [
        (round(c["startTime"] * 1000), round(c["endTime"] * 1000), c["title"])
        for c in document["chapters"]
    ]


def read_psc(text: str) -> Read:
    root = etree.fromstring(text.encode())
    namespace = "{http://podlove.org/simple-chapters}"
    assert (root.tag, dict(root.attrib)) == (f"{namespace}chapters", {"version": "1.2"})
    read: Read = []
    for chapter in root:
        assert (chapter.tag, set(chapter.attrib)) == (f"{namespace}chapter", {"start", "title"})
        read.append((timestamp_ms(chapter.attrib["start"]), None, chapter.attrib["title"]))
    return read


def read_vtt(text: str) -> Read:
    head, *blocks = text.removesuffix("\n").split("\n\n")
    assert head == "WEBVTT"
    read: Read = []
    for block in blocks:
        times, payload = block.split("\n")
        start, end = map(timestamp_ms, times.split(" --> "))
        assert not re.search(r"[<>]|&(?!(?:amp|lt|gt);)", payload)
        title = payload.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        read.append((start, end, title))
    return read


def read_ffmetadata(text: str) -> Read:
    lines = text.removesuffix("\n").split("\n")
    assert lines[0] == ";FFMETADATA1"
    read: Read = []
    values: dict[str, str] = {}
    for line in [*lines[1:], "[CHAPTER]"]:
        if line == "[CHAPTER]":
            if values:
                assert list(values) == ["TIMEBASE", "START", "END", "title"]
                assert values["TIMEBASE"] == "1/1000"
                read.append((int(values["START"]), int(values["END"]), values["title"]))
            values = {}
            continue
        parts = re.findall(r"(?:[^=;#\\]|\\.)+", line)
        assert "=".join(parts) == line, "a special character is not escaped"
        key, value = parts
        values[key] = re.sub(r"\\(.)", r"\1", value)
    return read


def read_markdown(text: str) -> Read:
    (items,) = lxml_html.fragment_fromstring(
        MarkdownIt("commonmark").render(text), create_parent="div"
    )
    assert items.tag == "ul"
    read: Read = []
    for item in items:
        assert (item.tag, len(item)) == ("li", 0)
        clock, title = item.text.split(" ", 1)
        read.append((clock_ms(clock), None, title))
    return read


def read_csv(text: str) -> Read:
    head, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert head == ["start", "end", "title"]
    return [(round(float(s) * 1000), round(float(e) * 1000), title) for s, e, title in rows]


READERS: dict[str, Callable[[str], Read]] = {
    "youtube": read_youtube,
    "json": read_json,
    "psc": read_psc,
    "vtt": read_vtt,
    "ffmetadata": read_ffmetadata,
    "markdown": read_markdown,
    "csv": read_csv,
}
IN_SECONDS = {"youtube", "markdown"}
WITHOUT_ENDS = {"youtube", "markdown", "psc"}


def test_every_format_has_a_reader_here() -> None:
    assert set(READERS) == set(CHAPTER_FORMATS)


def test_which_timeline_each_format_is_on() -> None:
    on_video = {name for name, each in CHAPTER_FORMATS.items() if each.timeline is Timeline.VIDEO}
    assert on_video == {"youtube", "markdown", "csv"}


@pytest.mark.parametrize("name", sorted(READERS))
@given(touching_chapters())
def test_times_and_titles_are_read_back(name: str, given_chapters: tuple[Chapter, ...]) -> None:
    text = CHAPTER_FORMATS[name].render(given_chapters, PLAIN)
    assert text.endswith("\n")
    unit = 1000 if name in IN_SECONDS else 1
    assert READERS[name](text) == [
        (
            chapter.start_ms // unit * unit,
            None if name in WITHOUT_ENDS else chapter.end_ms,
            chapter.title,
        )
        for chapter in given_chapters
    ]


@given(one_line_texts | st.just(""), one_line_texts | st.just(""), touching_chapters(max_size=2))
def test_the_titles_of_episode_and_show_are_read_back(
    title: str, show_title: str, given_chapters: tuple[Chapter, ...]
) -> None:
    context = ChapterContext(title=title, show_title=show_title)
    document = json.loads(CHAPTER_FORMATS["json"].render(given_chapters, context))
    assert document.get("title", "") == title
    assert document.get("podcastName", "") == show_title
    lines = CHAPTER_FORMATS["ffmetadata"].render(given_chapters, context).split("\n")
    if title:
        assert re.sub(r"\\(.)", r"\1", lines[1]) == f"title={title}"
    assert lines[1 + bool(title)] == "[CHAPTER]"


@given(touching_chapters())
def test_markdown_links_every_time_to_its_second(given_chapters: tuple[Chapter, ...]) -> None:
    text = CHAPTER_FORMATS["markdown"].render(given_chapters, ChapterContext(video_id=ID))
    (items,) = lxml_html.fragment_fromstring(
        MarkdownIt("commonmark").render(text), create_parent="div"
    )
    read = []
    for item in items:
        (anchor,) = item
        assert (item.text, anchor.tag, anchor.tail[0]) == (None, "a", " ")
        read.append((clock_ms(anchor.text), anchor.get("href"), anchor.tail[1:]))
    assert read == [
        (
            chapter.start_ms // 1000 * 1000,
            f"https://www.youtube.com/watch?v={ID}&t={chapter.start_ms // 1000}",
            chapter.title,
        )
        for chapter in given_chapters
    ]


def test_ffmpeg_reads_its_own_format(tmp_path: Path) -> None:
    av = pytest.importorskip("av")
    title = "a = b; # \\ c"
    given_chapters = chapters((0, title), (61.5, "🎧 שלום"), end_s=90.001)
    path = tmp_path / "chapters.txt"
    text = CHAPTER_FORMATS["ffmetadata"].render(given_chapters, ChapterContext(title="x=y;"))
    path.write_text(text, encoding="utf-8", newline="")
    with av.open(str(path), format="ffmetadata") as container:
        read = [
            (
                round(c["start"] * c["time_base"] * 1000),
                round(c["end"] * c["time_base"] * 1000),
                c["metadata"],
            )
            for c in container.chapters()
        ]
        assert container.metadata == {"title": "x=y;"}
    assert read == [
        (0, 61_500, {"title": title}),
        (61_500, 90_001, {"title": "🎧 שלום"}),
    ]


EXAMPLE = chapters((0, "R&D <now>"), (61.5, 'Say "hi"; #1 = \\o/ --> *'), end_s=3_723.004)
CONTEXT = ChapterContext(title="Ep; 1", show_title="Show & Tell", video_id=ID)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("youtube", '0:00 R&D <now>\n1:01 Say "hi"; #1 = \\o/ --> *\n'),
        (
            "json",
            '{\n  "version": "1.2.0",\n  "title": "Ep; 1",\n  "podcastName": "Show & Tell",\n'
            '  "chapters": [\n'
            '    {\n      "startTime": 0,\n      "title": "R&D <now>",\n'
            '      "endTime": 61.5\n    },\n'
            '    {\n      "startTime": 61.5,\n'
            '      "title": "Say \\"hi\\"; #1 = \\\\o/ --> *",\n      "endTime": 3723.004\n    }\n'
            "  ]\n}\n",
        ),
        (
            "psc",
            "<?xml version='1.0' encoding='UTF-8'?>\n"
            '<psc:chapters xmlns:psc="http://podlove.org/simple-chapters" version="1.2">\n'
            '  <psc:chapter start="00:00:00.000" title="R&amp;D &lt;now&gt;"/>\n'
            '  <psc:chapter start="00:01:01.500" '
            'title="Say &quot;hi&quot;; #1 = \\o/ --&gt; *"/>\n'
            "</psc:chapters>\n",
        ),
        (
            "vtt",
            "WEBVTT\n\n00:00:00.000 --> 00:01:01.500\nR&amp;D &lt;now&gt;\n"
            '\n00:01:01.500 --> 01:02:03.004\nSay "hi"; #1 = \\o/ --&gt; *\n',
        ),
        (
            "ffmetadata",
            ";FFMETADATA1\ntitle=Ep\\; 1\n"
            "[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=61500\ntitle=R&D <now>\n"
            "[CHAPTER]\nTIMEBASE=1/1000\nSTART=61500\nEND=3723004\n"
            'title=Say "hi"\\; \\#1 \\= \\\\o/ --> *\n',
        ),
        (
            "markdown",
            f"- [0:00](https://www.youtube.com/watch?v={ID}&t=0) R&D \\<now\\>\n"
            f"- [1:01](https://www.youtube.com/watch?v={ID}&t=61) "
            'Say "hi"; #1 = \\\\o/ --\\> \\*\n',
        ),
        (
            "csv",
            'start,end,title\n0,61.5,R&D <now>\n61.5,3723.004,"Say ""hi""; #1 = \\o/ --> *"\n',
        ),
    ],
)
def test_the_text_to_the_character(name: str, text: str) -> None:
    assert CHAPTER_FORMATS[name].render(EXAMPLE, CONTEXT) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("youtube", ""),
        ("json", '{\n  "version": "1.2.0",\n  "chapters": []\n}\n'),
        (
            "psc",
            "<?xml version='1.0' encoding='UTF-8'?>\n"
            '<psc:chapters xmlns:psc="http://podlove.org/simple-chapters" version="1.2"/>\n',
        ),
        ("vtt", "WEBVTT\n"),
        ("ffmetadata", ";FFMETADATA1\n"),
        ("markdown", ""),
        ("csv", "start,end,title\n"),
    ],
)
def test_no_chapters(name: str, text: str) -> None:
    assert CHAPTER_FORMATS[name].render((), PLAIN) == text
