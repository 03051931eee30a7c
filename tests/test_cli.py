"""Exit statuses and one-line failures of the real command, and nothing half-written after them."""

import json
import os
from pathlib import Path

import pytest
from conftest import PROJECT, Run

from producer.cli.main import COMMANDS

ONE = "s01e01-a-podcast-in-a-git-repository"


def write(root: Path, name: str, text: str | bytes) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_help_shows_every_command_with_its_own_first_line(producer: Run) -> None:
    shown = producer("--help").out
    for name, line in COMMANDS.items():
        assert f"  {name} " in shown
        help_text = producer(name, "--help")
        assert help_text.status == 0
        assert line in " ".join(help_text.out.split())
        assert "Examples:" in help_text.out


def test_version(producer: Run) -> None:
    from producer import __version__

    assert producer("--version").out == f"producer, version {__version__}\n"


@pytest.mark.parametrize(
    ("args", "status", "said"),
    [
        (["chapter"], 2, "No such command 'chapter'. Did you mean chapters?"),
        (["chapters"], 2, "Missing argument 'EPISODE'."),
        (["chapters", ONE, "--format", "xml"], 2, "'xml' is not one of"),
        (["build", "--jobs", "0"], 2, "0 is not in the range"),
        (["chapters", "s01e01-a-podcast-in-a-git-repo"], 2, f"did you mean {ONE}?"),
        (["chapters", ONE, "--root", "/nowhere"], 2, "/nowhere: there is no such folder"),
        (["cut", ONE, "--audio", "missing.wav"], 2, "missing.wav"),
    ],
)
def test_what_cannot_run(producer: Run, args: list[str], status: int, said: str) -> None:
    result = producer(*args, cwd=PROJECT)
    assert (result.status, result.out) == (status, "")
    assert said in result.err


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        ("", "F101", "1:1"),
        ("# Title\n\ntext\n", "F101", "1:1"),
        ("---\ntitle: x\n", "F101", "1:1"),
        ("---\ntitle: a: b\n---\n", "F102", "2:9"),
        ("---\nids:\n\tyoutube: x\n---\n", "F102", "3:1"),
        ("---\n- a\n- b\n---\n", "F103", "2:1"),
        ("---\ntitle: x\ntranscript: hello\n---\n", "F104", "3:13"),
        ("---\ntitle: x\nids: [a]\n---\n", "F104", "3:6"),
        ("---\ntitle: x\ntranscript:\n- line: a\n  sec: -3\n---\n", "T103", "5:8"),
        ("---\ntitle: x\ntranscript:\n- line: a\n  sec: soon\n---\n", "T103", "5:8"),
        (b"---\ntitle: \xff\xfe\n---\n", "F107", "2:8"),
        (b"\xff\xfe-\x00-\x00-\x00", "F107", "1:1"),
        ("---\ntitle: \x00\n---\n", "F102", "2:8"),
    ],
)
def test_bad_episodes_are_problems_at_their_place(
    tmp_path: Path, producer: Run, content: str | bytes, code: str, place: str
) -> None:
    path = write(tmp_path, "episodes/bad.md", content)
    before = path.read_bytes()
    for command in ("check", "build", "chapters", "notes", "clips"):
        one = [] if command in {"check", "build"} else ["bad"]
        result = producer(command, *one, "--root", tmp_path, cwd=tmp_path)
        assert result.status == 1, command
        assert f"episodes/bad.md:{place}: error[{code}]: " in result.err
        assert "^" in result.err
    assert path.read_bytes() == before


def test_an_episode_by_its_path_finds_its_workspace(built: Path, producer: Run) -> None:
    by_path = producer("chapters", built / "episodes" / f"{ONE}.md")
    assert by_path.out == producer("chapters", ONE, "--root", built).out
    beside = producer("chapters", f"{ONE}.md", cwd=built / "episodes")
    assert beside.out == by_path.out


def test_a_bare_folder_of_episodes_works_without_a_show(tmp_path: Path, producer: Run) -> None:
    episode = (PROJECT / "episodes" / f"{ONE}.md").read_text(encoding="utf-8")
    write(tmp_path, f"{ONE}.md", episode)
    write(tmp_path, "README.md", "# Not an episode\n")
    result = producer("build", cwd=tmp_path)
    assert result.status == 0
    assert (tmp_path / "build" / ONE / "chapters.txt").is_file()
    assert not (tmp_path / "build" / "README").exists()
    assert not (tmp_path / "build" / "feed.xml").exists()
    feed = producer("feed", cwd=tmp_path)
    assert (feed.status, feed.out) == (2, "")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission(sample: Path, producer: Run, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    result = producer("build", "--root", sample, "--out", locked / "out")
    assert result.status == 2
    assert len(result.err.splitlines()) <= 2


def test_an_output_folder_that_is_a_file(sample: Path, producer: Run, tmp_path: Path) -> None:
    out = write(tmp_path, "out", "a file")
    for target in (out, out / "below"):
        result = producer("build", "--root", sample, "--out", target)
        assert (result.status, result.out) == (2, "")
        assert result.err.startswith("producer: error: ")
        assert len(result.err.splitlines()) <= 2
    assert out.read_text() == "a file"


def test_an_output_that_cannot_be_replaced_leaves_nothing_half(sample: Path, producer: Run) -> None:
    (sample / "build" / ONE / "chapters.txt").mkdir(parents=True)
    result = producer("build", "--root", sample, "--no-audio", "--jobs", "1")
    assert result.status == 2
    assert "chapters.txt: cannot be written" in result.err
    assert not list(sample.rglob(".producer-*.tmp"))
    (sample / "build" / ONE / "chapters.txt").rmdir()
    assert producer("build", "--root", sample, "--no-audio").status == 0


def test_building_over_the_episodes_is_refused(sample: Path, producer: Run) -> None:
    result = producer("build", "--root", sample, "--out", sample / "episodes")
    assert result.status == 2
    assert "holds the episodes" in result.err


def test_audio_that_is_missing(sample: Path, producer: Run) -> None:
    for path in (sample / "episodes" / "audio").iterdir():
        path.unlink()
    built = producer("build", "--root", sample)
    assert built.status == 0, "texts need no sound; the feed says what it leaves out"
    assert built.err.count("warning[R101]") == 2
    cut = producer("cut", ONE, "--root", sample)
    assert (cut.status, cut.out) == (2, "")
    assert "has no audio" in cut.err


def test_audio_that_ends_before_the_last_clip(sample: Path, producer: Run) -> None:
    import wave

    path = next((sample / "episodes" / "audio").glob(f"{ONE}.*"))
    path.unlink()
    with wave.open(str(path.with_suffix(".wav")), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(2 * 8000 * 40))
    result = producer("cut", ONE, "--root", sample)
    assert result.status == 1
    assert result.err.count("error[A103]") == 2
    # Three clips, and what the audio holds of the soundbite.
    assert len(result.out.splitlines()) == 4
    assert all(Path(line).stat().st_size > 0 for line in result.out.splitlines())
    clips = json.loads(
        (producer("build", "--root", sample).status == 1)
        and (sample / "build" / ONE / "clips.json").read_text(encoding="utf-8")
    )["clips"]
    assert [clip["file"] is None for clip in clips] == [False, False, False, True, True]
    assert clips[2]["audio"]["end"] == 40


def test_cut_from_another_file_to_another_folder(
    sample: Path, producer: Run, tmp_path: Path
) -> None:
    master = next((sample / "episodes" / "audio").glob(f"{ONE}.*")).rename(tmp_path / "m.mp3")
    result = producer("cut", ONE, "--root", sample, "--audio", master, "--out", tmp_path / "c")
    assert result.status == 0
    assert [Path(line).parent for line in result.out.splitlines()] == [tmp_path / "c"] * 6


def test_check_strict_and_json(sample: Path, producer: Run) -> None:
    clean = producer("check", "--root", sample, "--strict")
    assert (clean.status, clean.err) == (0, "2 episodes checked: nothing to mend\n")
    config = sample / "people" / "desmondpike.md"
    config.unlink()
    assert producer("check", "--root", sample).status == 0
    assert producer("check", "--root", sample, "--strict").status == 1
    problems = json.loads(producer("check", "--root", sample, "--json").out)
    assert [(p["code"], p["severity"]) for p in problems] == [("P201", "warning")]
    assert set(problems[0]) == {
        "code",
        "severity",
        "message",
        "path",
        "line",
        "column",
        "length",
        "text",
        "hint",
    }


def test_status(built: Path, producer: Run) -> None:
    lines = producer("status", "--root", built).out.splitlines()
    assert lines == [
        f"{ONE}: 1:33, 5 chapters; complete",
        "s01e02-wie-klingt-groesse: 1:25, 5 chapters; complete",
    ]
    rows = json.loads(producer("status", "--root", built, "--json").out)
    assert [(row["missing"], row["durationIsEstimate"]) for row in rows] == [([], False)] * 2


def test_feed_check(sample: Path, producer: Run) -> None:
    assert producer("feed", "--check", "--root", sample).status == 1
    written = producer("feed", "--root", sample)
    assert (written.status, written.out) == (0, f"{sample / 'build' / 'feed.xml'}\n")
    assert producer("feed", "--check", "--root", sample).status == 0
    (sample / "build" / "feed.xml").unlink()
    assert producer("feed", "--check", "--root", sample).status == 1


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(producer: Run, shell: str) -> None:
    assert "_PRODUCER_COMPLETE" in producer("completion", shell).out


def test_completion_knows_commands_and_episodes(built: Path, producer: Run) -> None:
    words = producer(
        cwd=built, _PRODUCER_COMPLETE="bash_complete", COMP_WORDS="producer cha", COMP_CWORD="1"
    )
    assert words.out == "plain,chapters\n"
    slugs = producer(
        cwd=built,
        _PRODUCER_COMPLETE="bash_complete",
        COMP_WORDS="producer chapters s01e01",
        COMP_CWORD="2",
    )
    assert slugs.out == f"plain,{ONE}\n"


def test_a_closed_pipe_is_no_failure(built: Path) -> None:
    import subprocess
    import sys

    binary = Path(sys.executable).with_name("producer")
    done = subprocess.run(
        f"'{binary}' chapters {ONE} --root '{built}' | true",
        shell=True,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_colour_only_where_it_is_wanted(tmp_path: Path, producer: Run) -> None:
    write(tmp_path, "episodes/bad.md", "no fence")
    assert "\x1b[" not in producer("check", "--root", tmp_path, NO_COLOR="", FORCE_COLOR="").err
    coloured = producer("check", "--root", tmp_path, NO_COLOR="", FORCE_COLOR="1", TERM="xterm")
    assert "\x1b[" in coloured.err
    assert "\x1b[" not in producer("check", "--root", tmp_path, FORCE_COLOR="1").err
