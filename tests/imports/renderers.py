"""The formats that the product reads and does not write, rendered as their programs write them."""

import json
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from producer.derive.cues import Cue
from producer.imports import ImportedLine
from producer.text import one_line
from producer.times import format_clock

HOUR_MS = 3_600_000
NAMES = ["Ada", "Ada Smith", "Maren de Vries", "SPEAKER_00", "O'Neil", "Łukasz", "田中", "Dr. X 2"]

names = st.sampled_from(NAMES)
whole_seconds = st.integers(0, 30 * 3600).map(lambda seconds: seconds * 1000)
milliseconds = st.integers(0, 30 * HOUR_MS)


def texts(forbidden: str = "") -> st.SearchStrategy[str]:
    """Text on one line with all that may stand in it, but for what a format cannot hold."""
    fragments = [
        "&",
        "&amp;",
        "<b>",
        "-->",
        "12:40",
        "1 minute",
        "{\\an8}",
        "WEBVTT",
        "NOTE",
        "Ada: ",
    ]
    fragments += [
        "word",
        "two words",
        "Größe",
        "👩‍🚀",
        "שלום",
        "\\",
        "[laughs]",
        '"',
        "5",
        "\u2028",
    ]
    allowed = [each for each in fragments if not set(each) & set(forbidden)]
    return (
        st.one_of(
            st.lists(st.sampled_from(allowed), min_size=1, max_size=5).map(" ".join),
            st.text(st.characters(exclude_characters=forbidden), max_size=20),
        )
        .map(one_line)
        .filter(bool)
    )


@st.composite
def cues(draw: st.DrawFn, forbidden: str = "", named: bool = True) -> list[Cue]:
    """Cues in any order of times, overlapping too; each has a speaker, or none has."""
    speakers = names if named else st.just("")
    made = []
    for _ in range(draw(st.integers(1, 6))):
        start_ms = draw(milliseconds)
        end_ms = start_ms + draw(st.integers(0, 20_000))
        made.append(Cue(start_ms, end_ms, draw(speakers), draw(texts(forbidden))))
    return made


def lines_of(cues: Sequence[Cue]) -> list[ImportedLine]:
    return [ImportedLine(cue.start_ms, cue.end_ms, cue.speaker, cue.text) for cue in cues]


def listing(captions: Sequence[tuple[int, str]]) -> str:
    return "\n".join(f"{format_clock(start_ms)} {text}" for start_ms, text in captions)


def spelled(start_ms: int) -> str:
    seconds = start_ms // 1000
    parts = [(seconds // 3600, "hour"), (seconds // 60 % 60, "minute"), (seconds % 60, "second")]
    said = [f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in parts if n]
    return ", ".join(said) or "0 seconds"


def youtube_copy(captions: Sequence[tuple[int, str]], chapters: dict[int, str], spell: bool) -> str:
    lines = []
    for position, (start_ms, text) in enumerate(captions):
        lines += [chapters[position]] if position in chapters else []
        lines += [format_clock(start_ms), *([spelled(start_ms)] if spell else []), text]
    return "\n".join(lines)


def otter(turns: Sequence[tuple[str, int, list[str]]]) -> str:
    blocks = [f"{who}  {format_clock(ms)}\n" + "\n".join(said) + "\n" for who, ms, said in turns]
    return "\n".join(blocks) + "\nTranscribed by https://otter.ai\n"


def whisper(cues: Sequence[Cue], language: str) -> str:
    segments: list[dict[str, Any]] = []
    for number, cue in enumerate(cues):
        times = {"start": cue.start_ms / 1000, "end": cue.end_ms / 1000}
        speaker = {"speaker": cue.speaker} if cue.speaker else {}
        words = [{"word": f" {word}", **times, "score": 0.9} for word in cue.text.split()]
        segments.append({"id": number, **times, "text": f" {cue.text}", "words": words, **speaker})
    return json.dumps({"text": "", "segments": segments, "language": language})


def whisper_cpp(cues: Sequence[Cue]) -> str:
    items = [
        {"offsets": {"from": cue.start_ms, "to": cue.end_ms}, "text": f" {cue.text}"}
        for cue in cues
    ]
    return json.dumps({"result": {"language": "de"}, "transcription": items})
