"""`new` from files; `tests/captions` has it from YouTube."""

from pathlib import Path

import pytest
import yaml
from conftest import Run

from producer.imports import ImportedEntry, ImportedHeader, ImportedLine, ImportedTranscript
from producer.imports.draft import draft_entries
from producer.new_episode import next_numbers


def transcript(*entries: ImportedEntry, has_paragraphs: bool = False) -> ImportedTranscript:
    return ImportedTranscript(entries, "", "x", has_paragraphs)


def cue(start_s: float, text: str, who: str = "") -> ImportedLine:
    return ImportedLine(round(start_s * 1000), None, who, text)


def test_draft_paragraphs_keep_every_word_and_the_time_of_the_first() -> None:
    cues = [cue(seconds + 0.5, f"w{seconds}") for seconds in range(0, 100, 10)]
    lines = draft_entries(transcript(*cues))
    assert [(line["sec"], line["time"]) for line in lines] == [
        (0, "0:00"),
        (30, "0:30"),
        (60, "1:00"),
        (90, "1:30"),
    ]
    assert " ".join(line["line"] for line in lines) == " ".join(cue.text for cue in cues)


def test_a_draft_begins_a_paragraph_for_each_speaker_and_below_headers() -> None:
    made = draft_entries(
        transcript(
            cue(0, "a", "Ada"),
            cue(1, "b", "Ada"),
            cue(2, "c", "Bob"),
            ImportedHeader("Part"),
            cue(3, "d", "Bob"),
            ImportedHeader("Next", 4500),
        )
    )
    assert made == [
        {"line": "a b", "sec": 0, "time": "0:00", "who": "Ada"},
        {"line": "c", "sec": 2, "time": "0:02", "who": "Bob"},
        {"header": "Part"},
        {"line": "d", "sec": 3, "time": "0:03", "who": "Bob"},
        {"header": "Next", "sec": 4.5},
    ]


def test_a_draft_keeps_paragraphs_as_somebody_set_them() -> None:
    made = draft_entries(
        transcript(
            cue(1.25, "a", "Ada"),
            ImportedLine(None, None, "Ada", "b"),
            ImportedLine(None, None, "Bob", "c"),
            cue(2, "d", "Bob"),
            has_paragraphs=True,
        )
    )
    assert made == [
        {"line": "a", "sec": 1.25, "time": "0:01", "who": "Ada"},
        {"line": "b"},
        {"line": "c", "who": "Bob"},
        {"line": "d", "sec": 2, "time": "0:02", "who": "Bob"},
    ]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ([], {"season": 1, "episode": 1}),
        ([(1, 7), (2, 3), (2, None)], {"season": 2, "episode": 4}),
        ([(None, 4)], {"season": 1, "episode": 5}),
    ],
)
def test_next_numbers(known: list[tuple[int | None, int | None]], expected: dict[str, int]) -> None:
    assert next_numbers(known) == expected


def test_new_from_a_listing_is_an_episode_that_builds(
    sample: Path, producer: Run, tmp_path: Path
) -> None:
    listing = tmp_path / "captions.txt"
    listing.write_text("0:00 hello: everyone\n0:40 yes # no\n1:20 - dash and 'quotes'")
    made = producer("new", "s01e03-soap", "--from", listing, "--root", sample, cwd=sample)
    assert (made.status, made.out) == (0, "episodes/s01e03-soap.md\n")
    text = (sample / "episodes" / "s01e03-soap.md").read_text(encoding="utf-8")
    front = yaml.safe_load(text.split("\n---", 1)[0])
    assert (front["season"], front["episode"]) == (1, 3)
    assert [(line["line"], line["sec"]) for line in front["transcript"]] == [
        ("hello: everyone", 0),
        ("yes # no", 40),
        ("- dash and 'quotes'", 80),
    ]
    kept = sample / "episodes" / "captions" / "s01e03-soap.txt"
    assert kept.read_bytes() == listing.read_bytes()
    assert producer("build", "s01e03-soap", "--root", sample, "--no-audio").status == 0
    again = producer("new", "s01e03-soap", "--root", sample)
    assert again.status == 2
    assert "is there already" in again.err


@pytest.mark.parametrize("slug", ["_draft", ".hidden", "a/b", ""])
def test_names_that_cannot_be(sample: Path, producer: Run, slug: str) -> None:
    assert producer("new", slug, "--root", sample).status == 2


def test_new_without_captions_passes_the_check(sample: Path, producer: Run) -> None:
    assert producer("new", "empty", "--root", sample).status == 0
    assert producer("check", "empty", "--root", sample).status == 0


def test_what_is_left_out_of_a_file_is_said(sample: Path, producer: Run, tmp_path: Path) -> None:
    captions = tmp_path / "x.vtt"
    captions.write_text("WEBVTT\n\nnothing\n\n00:01.000 --> 00:02.000\n<v Ada>hi\n")
    made = producer("new", "x", "--from", captions, "--root", sample, cwd=sample)
    assert (made.status, made.err) == (0, f"{captions}: line 3: no cue; left out: 'nothing'\n")
    front = yaml.safe_load((sample / "episodes" / "x.md").read_text().split("\n---", 1)[0])
    assert front["transcript"] == [{"line": "hi", "sec": 1, "time": "0:01", "who": "Ada"}]


def test_a_file_that_is_no_transcript_starts_no_episode(
    sample: Path, producer: Run, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text("words")
    made = producer("new", "x", "--from", bad, "--root", sample)
    assert (made.status, made.out) == (2, "")
    assert made.err.startswith(f"producer: error: {bad}: not a transcript in a known format\n")
    assert not (sample / "episodes" / "x.md").exists()
    assert not (sample / "episodes" / "captions").exists()


def test_captions_of_that_name_are_not_overwritten(
    sample: Path, producer: Run, tmp_path: Path
) -> None:
    kept = sample / "episodes" / "captions" / "x.txt"
    kept.parent.mkdir()
    kept.write_text("0:00 other")
    listing = tmp_path / "captions.txt"
    listing.write_text("0:00 hi")
    made = producer("new", "x", "--from", listing, "--root", sample, cwd=sample)
    assert made.status == 2
    assert "episodes/captions/x.txt is there already, and differs" in made.err
    assert kept.read_text() == "0:00 other"
    assert not (sample / "episodes" / "x.md").exists()
    assert producer("new", "x", "--from", kept, "--root", sample, cwd=sample).status == 0
