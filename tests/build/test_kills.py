"""Builds that are killed, and builds that meet; tests/kills.py kills them by the hundred."""

import subprocess
from pathlib import Path

import pytest
from kills import kill_builds

from build.trees import BINARY, add_sound, replace_in, run_build, small_show, stamps, start, tree
from producer.build.lock import locked


@pytest.mark.parametrize("seed", range(2))
def test_killed_at_random_moments(tmp_path: Path, seed: int) -> None:
    kill_builds(tmp_path, 3, 1000 + seed, lambda line: None)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_builds_at_once_end_as_one(tmp_path: Path, jobs: str) -> None:
    root = small_show(tmp_path / "show", 4)
    add_sound(root, "e001")
    running = [start(root, "--jobs", jobs) for _ in range(2)]
    said = [process.communicate(timeout=120)[1].decode() for process in running]
    assert [process.returncode for process in running] == [0, 0], said
    assert sorted("nothing to do" in text for text in said) == [False, True]
    run_build(root, out=tmp_path / "clean")
    assert tree(root / "build") == tree(tmp_path / "clean")


def test_a_rename_after_a_kill_leaves_nothing_behind(tmp_path: Path) -> None:
    """What the killed build wrote was never noted, and its episode is not there any more."""
    root = small_show(tmp_path / "show", 3)
    run_build(root)
    notes = root / "build" / ".producer"
    before = {path: path.read_bytes() for path in notes.iterdir()}
    text = (root / "episodes" / "e001.md").read_text("utf-8")
    new = text.replace("guid: 4ae5a070", "guid: 5ae5a070")
    (root / "episodes" / "x001.md").write_text(new, "utf-8")
    run_build(root)
    # As if the build had been killed before it noted anything but where it was going to write.
    for path, data in before.items():
        path.write_bytes(data)
    (notes / "unfinished").write_text('["x001/"]')
    (root / "build" / "x001" / ".producer-1-1.md.tmp").write_text("half")
    (root / "episodes" / "x001.md").rename(root / "episodes" / "y001.md")
    (root / "build" / "CNAME").write_text("show.example.org")
    run_build(root)
    assert not (root / "build" / "x001").exists()
    (root / "build" / "CNAME").unlink()
    run_build(root, out=tmp_path / "clean")
    assert tree(root / "build") == tree(tmp_path / "clean")


@pytest.mark.parametrize("marker", [b"", b"{", b"[1]", b'["../episodes/"]', b'["/tmp/"]', b"\xff"])
def test_a_damaged_marker_deletes_nothing_of_others(tmp_path: Path, marker: bytes) -> None:
    root = small_show(tmp_path / "show", 2)
    run_build(root)
    wanted = tree(root)
    (root / "build" / ".producer" / "unfinished").write_bytes(marker)
    (root / "build" / "e001" / "half.tmp").touch()
    run_build(root)
    (root / "build" / "e001" / "half.tmp").unlink(missing_ok=True)
    assert tree(root) == wanted


def test_a_folder_that_stands_is_not_waited_for(tmp_path: Path) -> None:
    root = small_show(tmp_path / "show", 2)
    run_build(root)
    before = stamps(root / "build" / "e001")
    with locked(root / "build", lambda: None):
        assert run_build(root).unchanged == 2
    assert stamps(root / "build" / "e001") == before


def test_a_build_that_waits_looks_again(tmp_path: Path) -> None:
    root = small_show(tmp_path / "show", 2)
    run_build(root)
    replace_in(root / "episodes" / "e001.md", "title: ", "title: New ")
    with locked(root / "build", lambda: None):
        waiting = start(root)
        assert waiting.stderr is not None
        assert b"waiting" in waiting.stderr.readline()
        replace_in(root / "episodes" / "e002.md", "title: ", "title: New ")
    assert waiting.wait(timeout=60) == 0
    waiting.communicate()
    assert run_build(root).written == {}
    assert "New" in (root / "build" / "e002" / "index.html").read_text("utf-8")


def test_ctrl_c_on_a_cluster_of_processes_is_quick(tmp_path: Path) -> None:
    import os
    import signal
    import time

    root = small_show(tmp_path / "show", 40)
    process = subprocess.Popen(
        [BINARY, "build", "--root", root, "--jobs", "2"],
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    while not list((root / "build").glob("*/index.html")):
        assert process.poll() is None
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    said = process.communicate(timeout=30)[1].decode()
    assert process.returncode == 130, said
    assert "stopped" in said
    assert not list(root.rglob(".producer-*.tmp"))
    run_build(root)
    run_build(root, out=tmp_path / "clean")
    assert tree(root / "build") == tree(tmp_path / "clean")
