"""What keeps a build from going on: one clear line each, the status, and nothing half."""

import os
import resource
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from build.trees import BINARY, add_sound, replace_in, run_build, small_show, tree
from producer.errors import InputError, WriteError

# Root may write anywhere; these tests change what the build sees instead of permissions.
FULL = "No space left on device"


@pytest.fixture
def show(tmp_path: Path) -> Path:
    return small_show(tmp_path / "show", 6)


def said_by(root: Path, *args: str, limit_bytes: int | None = None) -> tuple[int, list[str]]:
    """The status and what was said, problems left out."""

    def limited() -> None:
        if limit_bytes is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))

    done = subprocess.run(
        [BINARY, "build", "--root", root, *args],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=limited,
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert "Traceback" not in done.stderr, done.stderr
    lines = done.stderr.splitlines()
    failures = [number for number, line in enumerate(lines) if line.startswith("producer:")]
    return done.returncode, [line for n in failures for line in lines[n : n + 2]]


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("ending", ["mp3", "m4a", "opus", "flac", "wav"])
def test_files_that_grow_too_large_stop_it_in_one_line(show: Path, jobs: str, ending: str) -> None:
    """What a file system without room does, from outside: a write fails in the middle."""
    _convert(add_sound(show, "e004"), ending)
    status, said = said_by(show, "--jobs", jobs, limit_bytes=60_000)
    assert status == 2
    assert len(said) == 2, said
    assert said[0].startswith("producer: error: ")
    assert "cannot be written" in said[0]
    assert not list((show / "build").rglob(".producer-*.tmp"))
    assert said_by(show)[1] == []
    run_build(show, out=show.parent / "clean")
    assert tree(show / "build") == tree(show.parent / "clean")


def _convert(path: Path, ending: str) -> None:
    """The sound in another format, longer than the limit of these tests in each."""
    if ending == "mp3":
        return
    import av

    target = path.with_suffix(f".{ending}")
    codec = {"m4a": "aac", "opus": "libopus", "flac": "flac", "wav": "pcm_s16le"}[ending]
    with av.open(str(path)) as old, av.open(str(target), "w") as new:
        stream = new.add_stream(codec, rate=48000)
        for frame in old.decode(audio=0):
            frame.pts = None
            resampled = av.AudioResampler(stream.format, "stereo", 48000).resample(frame)
            for each in resampled:
                new.mux(stream.encode(each))
        new.mux(stream.encode(None))
    path.unlink()
    assert target.stat().st_size > 100_000


def test_notes_that_cannot_be_kept_stop_it_in_one_line(show: Path) -> None:
    status, said = said_by(show, "--jobs", "1", limit_bytes=9_000)
    assert (status, len(said)) == (2, 2), said


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A disk that is full for the paths that hold one of the words in the list."""
    words: list[str] = []
    real = os.replace

    def replace(source: str, target: str) -> None:
        if any(word in str(target) for word in words):
            raise OSError(28, FULL)
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    return words


@pytest.mark.parametrize(
    "name", ["e003/index.html", "feed.xml", "build/index.html", "images/cover.jpg"]
)
def test_a_full_disk_keeps_what_stood(show: Path, full: list[str], name: str) -> None:
    run_build(show)
    before = tree(show / "build")
    replace_in(show / "podcast.yaml", "title: Workbench", "title: Bench")
    shutil.copy(show / "images" / "cover.jpg", show / "images" / "other.jpg")
    (show / "images" / "cover.jpg").write_bytes((show / "images" / "other.jpg").read_bytes() + b" ")
    full.append(name)
    with pytest.raises(WriteError) as error:
        run_build(show)
    assert error.value.message.endswith(f"{name}: cannot be written: {FULL}")
    assert error.value.hint == "is there space, and may you write there?"
    place = name.removeprefix("build/")
    assert (show / "build" / place).read_bytes() == before[place]
    assert (show / "build" / "feed.xml").read_bytes() == before["feed.xml"]
    full.clear()
    run_build(show)
    run_build(show, out=show.parent / "clean")
    assert tree(show / "build") == tree(show.parent / "clean")


def test_what_was_built_before_the_disk_was_full_is_not_built_again(
    show: Path, full: list[str]
) -> None:
    full.append("e004/index.html")
    with pytest.raises(WriteError):
        run_build(show)
    full.clear()
    report = run_build(show)
    assert report.unchanged == 3


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_read_only_for_somebody(show: Path) -> None:
    run_build(show)
    replace_in(show / "podcast.yaml", "title: Workbench", "title: Bench")
    (show / "build").chmod(0o555)
    assert said_by(show)[0] == 2
    (show / "build").chmod(0o755)


def test_a_folder_that_is_read_only(show: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_build(show)
    assert run_build(show).written == {}
    replace_in(show / "podcast.yaml", "title: Workbench", "title: Bench")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(WriteError, match="cannot be written to"):
        run_build(show)


def test_notes_that_are_read_only(show: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **settings: object) -> object:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(sqlite3, "connect", refuse)
    monkeypatch.setattr("producer.build.store.Store.empty", FakeStore)
    with pytest.raises(WriteError) as error:
        run_build(show)
    assert error.value.message.endswith("cannot be written: attempt to write a readonly database")


class FakeStore:
    def all(self, kind: str) -> list[tuple[str, object]]:
        return []

    def close(self) -> None:
        pass


def test_an_episode_that_goes_between_listing_and_reading(
    show: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import producer.build.worker as module

    real = module.build_episode

    def build_episode(workspace: object, templates: object, settings: object, slug: str,
                      path: Path, *rest: object) -> object:  # fmt: skip
        if slug == "e003":
            path.unlink()
        return real(workspace, templates, settings, slug, path, *rest)

    monkeypatch.setattr(module, "build_episode", build_episode)
    report = run_build(show)
    assert [f"{type(f).__name__}: {f.message}" for f in report.failures] == [
        f"InputError: {show}/episodes/e003.md: there is no such file"
    ]
    assert (show / "build" / "e004" / "index.html").is_file()
    assert not (show / "build" / "e003").exists()
    assert InputError.exit_status == 2
    assert run_build(show).failures == []


def test_a_link_to_nothing_is_no_episode(show: Path) -> None:
    path = show / "episodes" / "e003.md"
    path.unlink()
    path.symlink_to("e003.md")  # to itself
    assert said_by(show) == (0, [])
    assert not (show / "build" / "e003").exists()


def test_a_picture_that_goes_leaves_a_problem(show: Path) -> None:
    run_build(show)
    (show / "images" / "cover.jpg").unlink()
    report = run_build(show)
    assert "A105" in {p.code for p in report.problems}
    assert "images/cover.jpg" in report.removed


@pytest.mark.parametrize("data", [b"", b"no sound at all", b"\xff\xfb" + bytes(4000)])
def test_sound_that_cannot_be_read_is_a_problem_of_its_episode(show: Path, data: bytes) -> None:
    (show / "episodes" / "audio").mkdir()
    (show / "episodes" / "audio" / "e002.mp3").write_bytes(data)
    report = run_build(show)
    errors = [p for p in report.problems if p.severity == "error"]
    assert [(p.code, p.path) for p in errors] == [("A102", "episodes/e002.md")]
    assert len(report.written) == len(tree(show / "build"))
    assert said_by(show)[0] == 1
    again = run_build(show)
    assert (again.written, again.problems) == ({}, report.problems)


def test_an_out_folder_that_is_a_file(show: Path) -> None:
    (show / "build").write_text("mine")
    status, said = said_by(show)
    assert status == 2
    assert said == [
        f"producer: error: {show}/build: is not a folder",
        "  = hint: name another one with --out",
    ]
    assert (show / "build").read_text() == "mine"
