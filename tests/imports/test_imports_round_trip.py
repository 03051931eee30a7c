"""What a format holds comes back whole, for each of them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from renderers import (
    cues,
    lines_of,
    listing,
    names,
    otter,
    texts,
    whisper,
    whisper_cpp,
    whole_seconds,
    youtube_copy,
)

from producer.captions.fetched import FetchedCaption, FetchedCaptions
from producer.captions.read import captions
from producer.derive.cues import Cue
from producer.formats.transcript import TRANSCRIPT_FORMATS
from producer.imports import FORMATS, ImportedHeader, ImportedLine, ImportedTranscript, Word
from producer.imports import read_transcript as read_bytes

LINE_ENDS = st.sampled_from(["\n", "\r\n", "\r"])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])


def read(text: str, name: str = "x") -> ImportedTranscript:
    return read_bytes(name, text.encode())


@given(cues(), LINE_ENDS, ENCODINGS)
def test_vtt(made: list[Cue], line_end: str, encoding: str) -> None:
    text = TRANSCRIPT_FORMATS["vtt"](made).replace("\n", line_end)
    found = read_bytes("x.vtt", text.encode(encoding))
    assert (found.source_kind, list(found.entries), found.problems) == ("vtt", lines_of(made), ())


@given(cues(named=False))
def test_vtt_without_voices(made: list[Cue]) -> None:
    found = read(TRANSCRIPT_FORMATS["vtt"](made))
    words = [line.text if not line.who else f"{line.who}: {line.text}" for line in found.lines]
    assert [word.split()[-1] for word in words] == [cue.text.split()[-1] for cue in made]
    assert [line.start_ms for line in found.lines] == [cue.start_ms for cue in made]


# SRT has no way to write these: tags, a second colon after a name, its own arrow.
@given(cues(forbidden="<>{}:"), LINE_ENDS, ENCODINGS)
def test_srt(made: list[Cue], line_end: str, encoding: str) -> None:
    text = TRANSCRIPT_FORMATS["srt"](made).replace("\n", line_end)
    found = read_bytes("x", text.encode(encoding))
    assert (found.source_kind, list(found.entries), found.problems) == ("srt", lines_of(made), ())


@given(cues())
def test_podcast_json(made: list[Cue]) -> None:
    found = read(TRANSCRIPT_FORMATS["json"](made))
    assert (found.source_kind, list(found.entries), found.problems) == (
        "podcast",
        lines_of(made),
        (),
    )


@given(cues(), st.sampled_from(["en", "de"]))
def test_whisper(made: list[Cue], language: str) -> None:
    found = read(whisper(made, language))
    expected = [
        ImportedLine(
            *(cue.start_ms, cue.end_ms, cue.speaker, cue.text),
            tuple(Word(cue.start_ms, cue.end_ms, word) for word in cue.text.split()),
        )
        for cue in made
    ]
    assert (found.source_kind, found.language, found.problems) == ("whisper", language, ())
    assert list(found.entries) == expected


@given(cues(named=False))
def test_whisper_cpp(made: list[Cue]) -> None:
    found = read(whisper_cpp(made))
    assert (found.source_kind, found.language, found.problems) == ("whisper", "de", ())
    assert list(found.entries) == lines_of(made)


# A caption such as `0:00 --> 12:40` would be SRT's.
@given(st.lists(st.tuples(whole_seconds, texts(">")), min_size=1), LINE_ENDS, ENCODINGS)
def test_listing(made: list[tuple[int, str]], line_end: str, encoding: str) -> None:
    text = listing(made).replace("\n", line_end)
    found = read_bytes("x.txt", text.encode(encoding))
    expected = [ImportedLine(ms, None, "", said) for ms, said in made]
    assert (found.source_kind, list(found.entries)) == ("listing", expected)


no_clocks = texts(forbidden=":0123456789")


@given(
    st.lists(st.tuples(whole_seconds, no_clocks), min_size=1, max_size=8),
    st.dictionaries(st.integers(0, 7), no_clocks.filter(lambda t: "WEBVTT" not in t), max_size=2),
    st.booleans(),
)
def test_youtube_copy(made: list[tuple[int, str]], chapters: dict[int, str], spell: bool) -> None:
    chapters = {at: title for at, title in chapters.items() if at * 2 <= len(made)}
    found = read(youtube_copy(made, chapters, spell))
    expected: list[ImportedHeader | ImportedLine] = []
    for at, (ms, said) in enumerate(made):
        expected += [ImportedHeader(chapters[at])] if at in chapters else []
        expected.append(ImportedLine(ms, None, "", said))
    assert (found.source_kind, list(found.entries), found.problems) == ("youtube", expected, ())


@given(
    st.lists(st.tuples(names, whole_seconds, st.lists(texts(), min_size=1, max_size=3)), min_size=1)
)
def test_otter(made: list[tuple[str, int, list[str]]]) -> None:
    found = read(otter(made))
    expected = [
        ImportedLine(ms if at == 0 else None, None, who, text)
        for who, ms, said in made
        for at, text in enumerate(said)
    ]
    assert (found.source_kind, list(found.entries), found.problems) == ("otter", expected, ())
    assert found.has_paragraphs


seconds = st.integers(0, 10**7).map(lambda ms: ms / 1000)


@given(
    st.lists(st.tuples(seconds, seconds, texts()), min_size=1),
    st.booleans(),
    st.sampled_from(["", "de"]),
)
def test_our_own_captions(
    made: list[tuple[float, float, str]], is_generated: bool, translated: str
) -> None:
    at = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
    kept = FetchedCaptions(
        *("abcdefghijk", "English", "en", is_generated, translated, at),
        tuple(FetchedCaption(*each) for each in made),
    )
    found = read(kept.to_json())
    assert (found.source_kind, found.language, found.problems) == ("captions", "en", ())
    assert [(each.start_ms, each.end_ms, each.text) for each in captions(found)] == [
        (round(start * 1000), round(start * 1000) + round(duration * 1000), text)
        for start, duration, text in made
    ]


def test_every_format_has_a_round_trip() -> None:
    covered = {name.removeprefix("test_") for name in globals() if name.startswith("test_")}
    files = {"podcast": "podcast_json", "youtube": "youtube_copy", "captions": "our_own_captions"}
    assert {files.get(name, name) for name in FORMATS} - covered == {"docx"}  # tests/review


@pytest.mark.parametrize("kind", FORMATS)
def test_reading_is_the_same_under_any_name(kind: str) -> None:
    samples = {
        "captions": '[{"text": "hi", "start": 0.5, "duration": 1}]',
        "podcast": '{"version": "1.0.0", "segments": [{"startTime": 0, "body": "hi"}]}',
        "whisper": '{"segments": [{"start": 0, "end": 1, "text": " hi"}]}',
        "vtt": "WEBVTT\n\n00:00.000 --> 00:01.000\nhi",
        "srt": "1\n00:00:00,000 --> 00:00:01,000\nhi",
        "listing": "0:00 hi",
        "youtube": "0:00\n0 seconds\nhi",
        "otter": "Ada  0:00\nhi",
    }
    if kind == "docx":
        pytest.skip("it is binary: tests/review reads it")
    for name in ("x", "x.txt", "x.vtt", "x.srt", "x.json", "x.docx"):
        found = read(samples[kind], name)
        assert (found.source_kind, [line.text for line in found.lines]) == (kind, ["hi"])
