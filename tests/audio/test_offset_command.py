import json
import shutil

import pytest
from click.testing import CliRunner
from sound import write_sound
from test_offset import RATE, talk

from producer.cli.main import cli

EPISODE = """---
title: One  # a comment
audio:
  file: one.mp3
transcript:
- line: Hello.
  sec: 6
---
Body.
"""


@pytest.fixture(scope="module")
def recordings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("recordings")
    video = talk(40)
    write_sound(folder / "video.m4a", video)
    write_sound(folder / "one.mp3", video[round(4.5 * RATE) :])
    write_sound(folder / "other.mp3", talk(40, seed=5))
    return folder


@pytest.fixture
def show(tmp_path, recordings):
    audio = tmp_path / "episodes" / "audio"
    audio.mkdir(parents=True)
    (tmp_path / "episodes" / "one.md").write_text(EPISODE, encoding="utf-8")
    shutil.copy(recordings / "one.mp3", audio)
    return tmp_path


def run(show, *arguments):
    return CliRunner().invoke(
        cli, ["offset", "one", "--root", str(show), *arguments], standalone_mode=False
    )


def test_it_is_printed(show, recordings):
    result = run(show, "--video-audio", str(recordings / "video.m4a"))
    assert result.exception is None
    offset, sure = result.stdout.split("  ")
    assert float(offset) == pytest.approx(4.5, abs=0.002)
    assert sure.endswith("% sure\n")
    assert (show / "episodes" / "one.md").read_text(encoding="utf-8") == EPISODE


def test_it_is_written_and_nothing_else(show, recordings):
    result = run(show, "--video-audio", str(recordings / "video.m4a"), "--write", "--json")
    found = json.loads(result.stdout)
    assert found["offset"] == pytest.approx(4.5, abs=0.002)
    assert 0.5 < found["confidence"] <= 1
    written = (show / "episodes" / "one.md").read_text(encoding="utf-8")
    line = f"  offset: {found['offset']}\n"
    assert written == EPISODE.replace("  file: one.mp3\n", f"  file: one.mp3\n{line}")


def test_recordings_that_are_not_alike_are_refused(show, recordings):
    result = run(show, "--video-audio", str(recordings / "other.mp3"), "--write")
    assert "are not alike" in str(result.exception)
    assert result.stdout == ""
    assert (show / "episodes" / "one.md").read_text(encoding="utf-8") == EPISODE


def test_an_episode_without_audio(show, recordings):
    (show / "episodes" / "audio" / "one.mp3").unlink()
    result = run(show, "--video-audio", str(recordings / "video.m4a"))
    assert "one has no audio to compare" in str(result.exception)
