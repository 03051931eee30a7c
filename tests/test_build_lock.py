"""Builds that meet, and builds that are killed."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import Run, copy_sample


def tree(folder: Path) -> dict[str, bytes]:
    """What a build leaves for others, and what it should not leave at all."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".producer" not in path.parts
    }


def start(root: Path, *args: str) -> subprocess.Popen[bytes]:
    binary = Path(sys.executable).with_name("producer")
    command = [str(binary), "build", "--root", str(root), *args]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_builds_at_once_take_turns(tmp_path: Path, built: Path) -> None:
    root = copy_sample(tmp_path / "show")
    running = [start(root) for _ in range(3)]
    said = [process.communicate(timeout=120)[1].decode() for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], said
    assert sum("nothing to do" in text for text in said) == 2
    assert tree(root / "build") == tree(built / "build")


@pytest.mark.parametrize("seed", range(6))
def test_the_build_after_one_that_was_killed_is_a_clean_one(
    tmp_path: Path, built: Path, producer: Run, seed: int
) -> None:
    rng = random.Random(seed)
    root = copy_sample(tmp_path / "show")
    episodes = {path: path.read_bytes() for path in (root / "episodes").glob("*.md")}
    wanted = tree(built / "build")
    for _ in range(2):
        process = start(root)
        time.sleep(rng.uniform(0.2, 1.6))
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        for name, data in tree(root / "build").items():
            if not Path(name).name.startswith(".producer-"):
                assert wanted[name] == data, f"{name}: half a file under its own name"
    assert producer("build", "--root", root).status == 0
    assert tree(root / "build") == wanted
    assert {path: path.read_bytes() for path in episodes} == episodes


def test_what_a_killed_build_left_goes_and_what_others_left_stays(
    sample: Path, producer: Run
) -> None:
    assert producer("build", "--root", sample, "--no-audio").status == 0
    before = tree(sample / "build")
    slug = next(path.name for path in (sample / "build").iterdir() if path.is_dir())
    (sample / "build" / ".producer" / "unfinished").touch()
    (sample / "build" / slug / "clips").mkdir(exist_ok=True)
    (sample / "build" / slug / "clips" / "01-old-title.vtt").touch()
    (sample / "build" / slug / ".producer-x.tmp").touch()
    (sample / "build" / "CNAME").write_text("show.example.org")
    assert producer("build", "--root", sample, "--no-audio").status == 0
    assert tree(sample / "build") == {**before, "CNAME": b"show.example.org"}
