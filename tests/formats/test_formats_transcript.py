"""Transcript formats: each is read back by a reader of its own, with hostile texts."""

import json
import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from builders import one_line_texts
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html

from producer.derive.cues import LINE_CHARS, Cue
from producer.formats.transcript import TRANSCRIPT_FORMATS, TRANSCRIPT_MEDIA_TYPES
from producer.times import parse_clock

speakers = st.sampled_from(["", "Ada", "Bob: x", "R&D <v>", "O'Brien > 1", "שלום", "🎧", "1"])


@st.composite
def cue_lists(draw: st.DrawFn) -> list[Cue]:
    bounds = sorted(
        draw(st.lists(st.integers(0, 120 * 3_600_000), min_size=2, max_size=9, unique=True))
    )
    words = st.lists(one_line_texts, min_size=1, max_size=6).map(" ".join)
    return [
        Cue(start, end, draw(speakers), draw(one_line_texts | words))
        for start, end in pairwise(bounds)
    ]


def timestamp_ms(text: str, mark: str) -> int:
    match = re.fullmatch(rf"(\d\d+):([0-5]\d):([0-5]\d){re.escape(mark)}(\d{{3}})", text)
    assert match, text
    hours, minutes, seconds, millis = map(int, match.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + millis


def unescape(text: str) -> str:
    assert not re.search(r"[<>]|&(?!(?:amp|lt|gt);)", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def read_vtt(text: str) -> list[Cue]:
    head, *blocks = text.removesuffix("\n").split("\n\n")
    assert head == "WEBVTT"
    cues = []
    for block in blocks:
        times, payload = block.split("\n")
        start, end = (timestamp_ms(t, ".") for t in times.split(" --> "))
        voice = re.fullmatch(r"(?:<v ([^>]+)>)?(.*)", payload)
        assert voice
        cues.append(Cue(start, end, unescape(voice[1] or ""), unescape(voice[2])))
    return cues


def read_json(text: str) -> list[Cue]:
    document = json.loads(text)
    assert (set(document), document["version"]) == ({"version", "segments"}, "1.0.0")
    return [
        Cue(
            round(s["startTime"] * 1000),
            round(s["endTime"] * 1000),
            s.get("speaker", ""),
            s["body"],
        )
        for s in document["segments"]
    ]


def read_srt(text: str) -> list[tuple[int, int, list[str]]]:
    """Starts, ends and the lines of the blocks; blocks are numbered from 1."""
    assert text.endswith("\n")
    read = []
    for number, block in enumerate(text.removesuffix("\n").split("\n\n"), start=1):
        shown, times, *lines = block.split("\n")
        assert shown == str(number)
        start, end = (timestamp_ms(t, ",") for t in times.split(" --> "))
        read.append((start, end, lines))
    return read


def named_texts(cues: Sequence[Cue]) -> list[str]:
    """What SRT shows: the speaker before the text where it changes."""
    before = ""
    texts = []
    for cue in cues:
        named = cue.speaker not in ("", before)
        texts.append(f"{cue.speaker}: {cue.text}" if named else cue.text)
        before = cue.speaker
    return texts


def test_every_format_is_read_back_here() -> None:
    formats = {"vtt", "srt", "json", "html"}
    assert set(TRANSCRIPT_FORMATS) == formats == set(TRANSCRIPT_MEDIA_TYPES)


@given(cue_lists())
def test_vtt_is_read_back(cues: list[Cue]) -> None:
    assert read_vtt(TRANSCRIPT_FORMATS["vtt"](cues)) == cues


@given(cue_lists())
def test_html_is_read_back(cues: list[Cue]) -> None:
    text = TRANSCRIPT_FORMATS["html"](cues)
    root = html.document_fromstring(text)
    speaker, shown = "", []
    for element in root.iter("cite", "time", "p"):
        content = element.text or ""
        if element.tag == "cite":
            speaker = content.removesuffix(":")
        elif element.tag == "time":
            start = content
        else:
            shown.append((parse_clock(start) // 1000, speaker, content))
    before, wanted = "", []
    for cue in cues:
        before = cue.speaker or before
        wanted.append((cue.start_ms // 1000, before, cue.text))
    assert shown == wanted


@given(cue_lists())
def test_json_is_read_back(cues: list[Cue]) -> None:
    text = TRANSCRIPT_FORMATS["json"](cues)
    assert read_json(text) == cues
    assert text.endswith("\n")


@given(cue_lists())
def test_srt_is_read_back(cues: list[Cue]) -> None:
    read = read_srt(TRANSCRIPT_FORMATS["srt"](cues))
    assert [(start, end) for start, end, _ in read] == [(c.start_ms, c.end_ms) for c in cues]
    wanted = [text.replace("-->", "→") for text in named_texts(cues)]
    for (_, _, lines), text in zip(read, wanted, strict=True):
        assert 1 <= len(lines) <= 2 or len(text) > 2 * LINE_CHARS
        assert all(lines)
        # Broken words are a matter of their own, below.
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


sentences = st.lists(st.text("abcdefgé-.,🎧", min_size=1, max_size=12), min_size=1, max_size=9)


@given(sentences.map(" ".join))
def test_srt_breaks_lines_between_words_in_about_the_middle(text: str) -> None:
    ((_, _, lines),) = read_srt(TRANSCRIPT_FORMATS["srt"]([Cue(0, 1, "", text)]))
    assert " ".join(lines) == text
    assert (len(lines) == 1) == (len(text) <= LINE_CHARS)
    if len(lines) == 2:
        first, second = lines
        assert abs(len(first) - len(second)) <= 13


@given(st.integers(30, 80), st.integers(0, 3), st.integers(0, 3))
@example(60, 1, 0)
def test_srt_breaks_no_word(length: int, before: int, after: int) -> None:
    text = " ".join([*["ab"] * before, "https://" + "x" * length, *["cd"] * after])
    ((_, _, lines),) = read_srt(TRANSCRIPT_FORMATS["srt"]([Cue(0, 1, "", text)]))
    assert " ".join(lines) == text


CUES = [
    Cue(0, 1_500, "Ada", "R&D <now> --> then"),
    Cue(1_500, 4_000, "Ada", "A line that is too long for one, and so is made into two of them."),
    Cue(4_000, 5_000, "Bob", "12"),
    Cue(5_000, 6_000, "", "nobody"),
    Cue(6_000, 3_723_004, "Bob", "🎧"),
]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "vtt",
            "WEBVTT\n"
            "\n00:00:00.000 --> 00:00:01.500\n<v Ada>R&amp;D &lt;now&gt; --&gt; then\n"
            "\n00:00:01.500 --> 00:00:04.000\n"
            "<v Ada>A line that is too long for one, and so is made into two of them.\n"
            "\n00:00:04.000 --> 00:00:05.000\n<v Bob>12\n"
            "\n00:00:05.000 --> 00:00:06.000\nnobody\n"
            "\n00:00:06.000 --> 01:02:03.004\n<v Bob>🎧\n",
        ),
        (
            "srt",
            "1\n00:00:00,000 --> 00:00:01,500\nAda: R&D <now> → then\n"
            "\n2\n00:00:01,500 --> 00:00:04,000\n"
            "A line that is too long for one,\nand so is made into two of them.\n"
            "\n3\n00:00:04,000 --> 00:00:05,000\nBob: 12\n"
            "\n4\n00:00:05,000 --> 00:00:06,000\nnobody\n"
            "\n5\n00:00:06,000 --> 01:02:03,004\nBob: 🎧\n",
        ),
        (
            "json",
            '{\n "version": "1.0.0",\n "segments": [\n'
            '  {\n   "speaker": "Ada",\n   "startTime": 0,\n   "endTime": 1.5,\n'
            '   "body": "R&D <now> --> then"\n  },\n'
            '  {\n   "speaker": "Ada",\n   "startTime": 1.5,\n   "endTime": 4,\n'
            '   "body": "A line that is too long for one, and so is made into two of them."\n  },\n'
            '  {\n   "speaker": "Bob",\n   "startTime": 4,\n   "endTime": 5,\n'
            '   "body": "12"\n  },\n'
            '  {\n   "startTime": 5,\n   "endTime": 6,\n   "body": "nobody"\n  },\n'
            '  {\n   "speaker": "Bob",\n   "startTime": 6,\n   "endTime": 3723.004,\n'
            '   "body": "🎧"\n  }\n ]\n}\n',
        ),
    ],
)
def test_the_text_to_the_character(name: str, text: str) -> None:
    assert TRANSCRIPT_FORMATS[name](CUES) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [("vtt", "WEBVTT\n"), ("srt", ""), ("json", '{\n "version": "1.0.0",\n "segments": []\n}\n')],
)
def test_no_cues(name: str, text: str) -> None:
    assert TRANSCRIPT_FORMATS[name]([]) == text
