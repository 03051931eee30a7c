"""Kills builds at random moments, and holds what is left against builds that were let alone.

    python tests/kills.py --count 100 [--seed 0]

Each round edits, renames or deletes episodes of a show with sound, starts a build and kills it with
SIGKILL (the whole group, or the first process alone). Under every final name there must be a whole
file, the old or the new; episode files must be as they were; and a build that is let alone must end
where one from nothing does.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from build.trees import add_sound, replace_in, run_build, small_show, start, tree

# Longer than a build of the show takes, so that some are not killed at all.
_LONGEST_S = 2.5


class KillsError(AssertionError):
    """Something that must hold does not."""


def kill_builds(folder: Path, count: int, seed: int, say: Callable[[str], None]) -> None:
    """Kill `count` builds of a show in `folder`. Raises KillsError."""
    rng = random.Random(seed)
    root = small_show(folder / "show", 5, seed)
    for slug in ("e001", "e002"):
        add_sound(root, slug)
    run_build(root)
    for number in range(count):
        edit = _edit(root, rng, number)
        episodes = tree(root / "episodes")
        whole = [tree(root / "build"), _clean(root, folder / "clean")]
        delay_s = rng.uniform(0.05, _LONGEST_S)
        is_group = rng.random() < 0.5
        killed = _kill(root, rng, delay_s, is_group=is_group, whole=whole)
        _expect(tree(root / "episodes") == episodes, "an episode file changed")
        if rng.random() < 0.7:  # else the next build is killed over what this one left
            done = start(root)
            said = done.communicate(timeout=120)[1].decode()
            _expect(done.returncode in {0, 1}, f"the next build: {said}")
            there = tree(root / "build")
            differing = {p for p in {*there, *whole[1]} if there.get(p) != whole[1].get(p)}
            _expect(not differing, f"not as a clean build: {sorted(differing)}")
        say(f"{number + 1}/{count}: {edit}; {killed} after {delay_s:.2f} s")


def _kill(
    root: Path, rng: random.Random, delay_s: float, *, is_group: bool, whole: list[dict[str, bytes]]
) -> str:
    jobs = str(rng.choice((1, 2)))
    binary = Path(sys.executable).with_name("producer")
    process = subprocess.Popen(
        [binary, "build", "--root", root, "--jobs", jobs],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    end_s = time.monotonic() + delay_s
    while time.monotonic() < end_s and process.poll() is None:
        _look(root / "build", whole)  # as a server that publishes the folder would
    if process.poll() is None:
        (os.killpg if is_group else os.kill)(process.pid, signal.SIGKILL)
    process.wait(timeout=60)
    _look(root / "build", whole)
    killed = process.returncode == -signal.SIGKILL
    return f"{'group' if is_group else 'process'} killed ({jobs} jobs)" if killed else "finished"


def _look(build: Path, whole: list[dict[str, bytes]]) -> None:
    # Folders may go while one looks, which this does not mind.
    for path in (Path(folder, name) for folder, _, names in os.walk(build) for name in names):
        name = path.relative_to(build).as_posix()
        if name.startswith(".producer") or path.name.startswith(".producer-"):
            continue
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            continue
        known = [each[name] for each in whole if name in each]
        _expect(data in known, f"{name}: neither the old file nor the new")


def _clean(root: Path, out: Path) -> dict[str, bytes]:
    shutil.rmtree(out, ignore_errors=True)
    run_build(root, out=out)
    return tree(out)


def _edit(root: Path, rng: random.Random, number: int) -> str:
    """Change something; renamed episodes lose their guid, so that no page is left at the old name
    that a build from nothing would not know of."""
    kind = rng.choice(("title", "title", "rename", "delete", "header", "show", "sound"))
    episodes = sorted((root / "episodes").glob("*.md"))
    path = rng.choice(episodes)
    if kind == "title":
        replace_in(path, "title: ", f"title: {rng.choice('ABC')} ")
    elif kind == "rename":
        text = path.read_text("utf-8").splitlines()
        path.write_text("\n".join(t for t in text if not t.startswith("guid:")) + "\n", "utf-8")
        target = path.with_name(f"r{number:03}.md")
        path.rename(target)
        sound = root / "episodes" / "audio" / f"{path.stem}.mp3"
        if sound.exists():
            sound.rename(sound.with_name(f"{target.stem}.mp3"))
    elif kind == "delete" and len(episodes) > 3:
        path.unlink()
    elif kind == "header":
        replace_in(path, "- header: ", f"- header: {rng.choice('ABC')} ")
    elif kind == "show":
        replace_in(root / "podcast.yaml", "title: ", f"title: {rng.choice('ABC')}")
    elif kind == "sound":
        add_sound(root, path.stem)
    return kind


def _expect(holds: bool, message: str) -> None:
    if not holds:
        raise KillsError(message)


def main() -> None:
    """Kill, and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kill_builds(Path(folder), options.count, options.seed, print)
    print(f"{options.count} kills: every file whole, every build after it as one from nothing")


if __name__ == "__main__":
    main()
