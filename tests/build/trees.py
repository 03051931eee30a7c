"""Shows to build in, and what lies in a folder: shared by the tests of builds."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

from conftest import PROJECT, copy_sample

from producer.build.engine import build
from producer.build.report import BuildReport
from producer.build.writer import BuildSettings
from producer.io.workspace import Workspace

BINARY = Path(sys.executable).with_name("producer")
WORDS = ("organ", "git", "lasagne", "commit", "branch", "pipe", "reed", "merge", "stop", "table")


def tree(folder: Path) -> dict[str, bytes]:
    """What a build leaves for others, by paths."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".producer" not in path.relative_to(folder).parts
    }


def stamps(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Everything in a folder, the build's own notes included, with what a write changes."""
    return {
        path.relative_to(folder).as_posix(): (s.st_ino, s.st_mtime_ns, s.st_size)
        for path in sorted(folder.rglob("*"))
        if (s := path.stat())
    }


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """The paths that hold something else now, or are there now and were not."""
    return {path for path, data in after.items() if before.get(path) != data}


def touched(before: dict[str, tuple[int, int, int]], folder: Path) -> set[str]:
    """The outputs that were written since, to whatever content."""
    now = stamps(folder)
    files = {p for p in now if (folder / p).is_file() and not p.startswith(".producer")}
    return {path for path in files if before.get(path) != now[path]}


def episode_text(rng: random.Random, number: int, headers: int = 3) -> str:
    """A small episode in the words of this project."""
    lines = [
        f"title: {rng.choice(WORDS)} and {rng.choice(WORDS)} {number}",
        f"episode: {number}",
        f"dateadded: 2026-01-{number % 28 + 1:02}",
        f"guid: 4ae5a070-3295-4931-a09d-{number:012}",
        "guests:",
        "- desmondpike",
        "ids:",
        f"  youtube: abcdefg{number:04}",
        "transcript:",
    ]
    second = 0
    for _ in range(headers):
        lines.append(f"- header: {' '.join(rng.sample(WORDS, 3))}")
        for _ in range(3):
            text = " ".join(rng.choices(WORDS, k=8))
            lines += [f"- line: {text}.", f"  sec: {second}", "  who: Maren"]
            second += rng.randint(4, 9)
    return "\n".join(["---", *lines, "---", "", "A [link](https://example.org).", ""])


def small_show(root: Path, count: int, seed: int = 0) -> Path:
    """A show of some small episodes without sound, with the people and the cover of the sample."""
    copy_sample(root)
    shutil.rmtree(root / "episodes")
    (root / "episodes").mkdir()
    rng = random.Random(seed)
    for number in range(1, count + 1):
        path = root / "episodes" / f"e{number:03}.md"
        path.write_text(episode_text(rng, number), "utf-8")
    return root


def add_sound(
    root: Path, slug: str, name: str = "s01e01-a-podcast-in-a-git-repository.mp3"
) -> Path:
    """Give an episode the sound of one of the sample's."""
    target = root / "episodes" / "audio" / f"{slug}{Path(name).suffix}"
    target.parent.mkdir(exist_ok=True)
    shutil.copy(PROJECT / "episodes" / "audio" / name, target)
    return target


def run_build(root: Path, *, out: Path | None = None, **settings: bool) -> BuildReport:
    """A build in this process."""
    workspace = Workspace(root, root)
    return build(workspace, BuildSettings(out or root / "build", **settings))


def replace_in(path: Path, old: str, new: str) -> None:
    """Change a file; what is to be replaced must be there."""
    text = path.read_text("utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), "utf-8")


def start(root: Path, *args: str, **env: str) -> "subprocess.Popen[bytes]":
    """A build in a process of its own."""
    return subprocess.Popen(
        [BINARY, "build", "--root", root, *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "NO_COLOR": "1", **env},
    )
