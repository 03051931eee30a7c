"""`fetch` and `new --video`, with a server on the loopback in the place of YouTube."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from youtube_server import VIDEO, Track, YouTube, serve, session_for

from producer.cli.main import run

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def youtube(monkeypatch: pytest.MonkeyPatch) -> Iterator[YouTube]:
    with serve(YouTube()) as running:
        monkeypatch.setattr(
            "producer.captions.youtube.PoliteSession", lambda: session_for(running, [])
        )
        yield running


@pytest.fixture
def producer_here(
    sample: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Runs a command in this process, in the sample show."""
    monkeypatch.chdir(sample)

    def call(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["producer", *args])
        with pytest.raises(SystemExit) as stopped:
            run()
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return int(stopped.value.code or 0), out, err

    return call


@pytest.fixture
def soap(sample: Path) -> Path:
    """An episode of that video."""
    path = sample / "episodes" / "s01e03-soap.md"
    path.write_text(f"---\ntitle: Soap\nids:\n  youtube: {VIDEO}\n---\n")
    return path


@pytest.mark.parametrize(
    "name",
    ["s01e03-soap", "episodes/s01e03-soap.md", VIDEO, f"https://youtu.be/{VIDEO}?t=3"],
)
def test_fetch_by_episode_id_or_url(
    youtube: YouTube, producer_here: Command, soap: Path, name: str
) -> None:
    status, out, err = producer_here("fetch", name)
    assert (status, out) == (0, "episodes/captions/s01e03-soap.json\n")
    assert err == "2 captions, English (made by people): written\n"
    data = json.loads((soap.parent / "captions" / "s01e03-soap.json").read_bytes())
    assert data["videoId"] == VIDEO
    assert data["fetchedAt"].endswith("Z")


def test_fetch_of_a_video_without_an_episode_is_named_after_it(
    youtube: YouTube, producer_here: Command
) -> None:
    assert producer_here("fetch", VIDEO)[:2] == (0, f"episodes/captions/{VIDEO}.json\n")


def test_fetch_again_and_when_it_changed(
    youtube: YouTube, producer_here: Command, soap: Path
) -> None:
    producer_here("fetch", VIDEO)
    path = soap.parent / "captions" / "s01e03-soap.json"
    first = path.read_bytes()
    assert producer_here("fetch", VIDEO)[2].endswith(": unchanged\n")
    youtube.captions = [("0", "1", "other")]
    status, out, err = producer_here("fetch", VIDEO)
    assert (status, out) == (2, "")
    assert err == (
        "producer: error: episodes/captions/s01e03-soap.json is there already, and differs\n"
        "  = hint: look at it, then delete it or use `producer fetch --force`\n"
    )
    assert path.read_bytes() == first
    assert producer_here("fetch", VIDEO, "--force")[0] == 0
    assert json.loads(path.read_bytes())["captions"] == [
        {"start": 0.0, "duration": 1.0, "text": "other"}
    ]


def test_fetch_for_programs(youtube: YouTube, producer_here: Command) -> None:
    youtube.tracks = [Track("en", "English", generated=True)]
    status, out, err = producer_here("fetch", VIDEO, "--json", "--translate", "de")
    assert (status, err) == (0, "")
    assert json.loads(out) == {
        "path": f"episodes/captions/{VIDEO}.json",
        "status": "written",
        "videoId": VIDEO,
        "languageCode": "de",
        "isGenerated": True,
        "captions": 2,
    }


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("nothing",), "there is no episode 'nothing'"),
        ((VIDEO, "--language", " , "), "--language takes codes such as en,de"),
        (
            (VIDEO, "--language", "fr"),
            f"{VIDEO}: it has none in the language fr",
        ),
    ],
)
def test_fetch_that_cannot_be(
    youtube: YouTube, producer_here: Command, args: tuple[str, ...], said: str
) -> None:
    status, out, err = producer_here("fetch", *args)
    assert (status, out) == (2, "")
    assert said in err


def test_fetch_of_an_episode_without_a_video(
    youtube: YouTube, producer_here: Command, soap: Path
) -> None:
    soap.write_text("---\ntitle: Soap\n---\n")
    status, _, err = producer_here("fetch", "s01e03-soap")
    assert status == 2
    assert err.startswith("producer: error: episodes/s01e03-soap.md names no video\n")
    assert youtube.requests == []


def test_new_keeps_the_captions_and_drafts_from_them(
    youtube: YouTube, producer_here: Command, sample: Path
) -> None:
    status, out, _ = producer_here("new", "s01e03-soap", "--video", f"youtu.be/{VIDEO}")
    assert (status, out) == (0, "episodes/s01e03-soap.md\n")
    kept = json.loads((sample / "episodes" / "captions" / "s01e03-soap.json").read_bytes())
    assert [caption["text"] for caption in kept["captions"]] == ["hello & welcome", "second\npart"]
    text = (sample / "episodes" / "s01e03-soap.md").read_text(encoding="utf-8")
    front = yaml.safe_load(text.split("\n---", 1)[0])
    assert front["ids"]["youtube"] == VIDEO
    assert front["transcript"] == [
        {"line": "hello & welcome", "sec": 0, "time": "0:00", "who": "TODO"},
        {"line": "second part", "sec": 31, "time": "0:31"},
    ]


def test_new_without_captions_to_be_had_writes_nothing(
    youtube: YouTube, producer_here: Command, sample: Path
) -> None:
    youtube.has_captions = False
    status, _, err = producer_here("new", "x", "--video", VIDEO)
    assert status == 2
    assert "it has no captions, or they are disabled" in err
    assert not (sample / "episodes" / "x.md").exists()
    assert not (sample / "episodes" / "captions").exists()
