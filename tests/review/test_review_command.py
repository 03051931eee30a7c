"""`producer transcript`: out for review, and back."""

import io
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from conftest import Run

ONE = "s01e01-a-podcast-in-a-git-repository"


@pytest.mark.parametrize("name", ["vtt", "srt", "json"])
def test_captions_are_those_of_the_build(built: Path, producer: Run, name: str) -> None:
    expected = (built / "build" / ONE / f"transcript.{name}").read_text(encoding="utf-8")
    assert producer("transcript", ONE, "--format", name, cwd=built).out == expected
    if name == "vtt":
        assert producer("transcript", ONE, cwd=built).out == expected


def test_a_document_to_stdout_is_that_in_a_file(sample: Path, producer: Run) -> None:
    done = producer("transcript", ONE, "--out", "review.docx", cwd=sample)
    assert (done.status, done.out) == (0, "")
    binary = Path(sys.executable).with_name("producer")
    piped = subprocess.run(
        [binary, "transcript", ONE, "--format", "docx"], cwd=sample, capture_output=True, check=True
    )
    assert piped.stdout == (sample / "review.docx").read_bytes()


def edit(path: Path, old: str, new: str) -> None:
    document = docx.Document(io.BytesIO(path.read_bytes()))
    paragraph = next(each for each in document.paragraphs if old in each.text)
    paragraph.text = paragraph.text.replace(old, new)
    document.save(str(path))


def test_an_edited_document_comes_back(sample: Path, producer: Run) -> None:
    episode = sample / "episodes" / f"{ONE}.md"
    before = episode.read_text(encoding="utf-8")
    review = sample / "review.docx"
    producer("transcript", ONE, "--out", review, cwd=sample)

    same = producer("transcript", ONE, "--import", review, "--write", cwd=sample)
    assert (same.status, same.out) == (0, "")
    assert same.err == f"episodes/{ONE}.md: transcript unchanged\n"
    assert episode.read_text(encoding="utf-8") == before

    edit(review, "The folder called final", "The folder: final # 2")
    shown = producer("transcript", ONE, "--import", review, cwd=sample)
    assert (shown.status, shown.err) == (0, "")
    changes = [line for line in shown.out.splitlines() if line[:1] in "+-"]
    assert changes == [
        f"--- a/episodes/{ONE}.md",
        f"+++ b/episodes/{ONE}.md",
        "-- header: The folder called final",
        "+- header: 'The folder: final # 2'",
    ]
    assert episode.read_text(encoding="utf-8") == before

    written = producer("transcript", ONE, "--import", review, "--write", cwd=sample)
    assert (written.status, written.out) == (0, shown.out)
    assert written.err == f"episodes/{ONE}.md: transcript written\n"
    assert episode.read_text(encoding="utf-8") == before.replace(
        "- header: The folder called final", "- header: 'The folder: final # 2'"
    )
    again = producer("transcript", ONE, "--import", review, cwd=sample)
    assert (again.out, again.err) == ("", f"episodes/{ONE}.md: nothing changed\n")


def test_a_document_that_somebody_edited_is_not_overwritten(sample: Path, producer: Run) -> None:
    review = sample / "review.docx"
    for _ in range(2):
        assert producer("transcript", ONE, "--out", review, cwd=sample).status == 0
    edit(review, "The folder", "A folder")
    data = review.read_bytes()
    done = producer("transcript", ONE, "--out", review, cwd=sample)
    assert done.status == 2
    assert done.err.startswith(f"producer: error: {review} is there already, and differs\n")
    assert review.read_bytes() == data
    assert producer("transcript", ONE, "--out", review, "--force", cwd=sample).status == 0
    assert review.read_bytes() != data


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--write",), "--write goes with --import only"),
        (("--import", "x.docx", "--format", "srt"), "--import goes with neither"),
        (("--import", "no.docx"), "no.docx: there is no such file"),
        (("--import", "podcast.yaml"), "podcast.yaml: not a transcript in a known format"),
        (("--import", "x.vtt"), "x.vtt: captions have neither the headers nor the paragraphs"),
        (("--out", "x.pdf"), "x.pdf: name the format with --format"),
    ],
)
def test_what_cannot_be(sample: Path, producer: Run, args: tuple[str, ...], said: str) -> None:
    (sample / "x.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nhi\n")
    done = producer("transcript", ONE, *args, cwd=sample)
    assert (done.status, done.out) == (2, "")
    assert said in done.err


def test_new_from_a_document_is_the_transcript_again(sample: Path, producer: Run) -> None:
    review = sample / "review.docx"
    producer("transcript", ONE, "--out", review, cwd=sample)
    assert producer("new", "copy", "--from", review, cwd=sample).status == 0
    again = sample / "again.docx"
    producer("transcript", "copy", "--out", again, cwd=sample)
    texts = [
        [each.text for each in docx.Document(io.BytesIO(path.read_bytes())).paragraphs[1:]]
        for path in (review, again)
    ]
    assert texts[0] == texts[1]
