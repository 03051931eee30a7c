"""Two machines give the same bytes, however they are set up."""

import os
import shutil
import subprocess
from pathlib import Path

from conftest import copy_sample

from build.trees import BINARY, tree

# Loaded by Python itself where it lies on the path: folders are listed backwards.
BACKWARDS = """
import os

_listdir, _scandir = os.listdir, os.scandir


class _Backwards:
    def __init__(self, entries):
        with entries:
            self.entries = sorted(entries, key=lambda entry: entry.name, reverse=True)

    def __iter__(self):
        return iter(self.entries)

    def __next__(self):
        if not self.entries:
            raise StopIteration
        return self.entries.pop(0)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def close(self):
        pass


os.listdir = lambda *args: sorted(_listdir(*args), reverse=True)
os.scandir = lambda *args: _Backwards(_scandir(*args))
"""


def build_on(root: Path, umask: int, *args: str, **env: str) -> tuple[int, str]:
    copy_sample(root)
    for number, name in enumerate(("x", "y", "z"), start=1):
        text = next(root.glob("episodes/s01e02*.md")).read_text("utf-8")
        text = text.replace("guid: ", f"guid: {number}", 1)
        (root / "episodes" / f"{name}.md").write_text(text, "utf-8")
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))}
    done = subprocess.run(
        [BINARY, "build", "--json", *args],
        cwd=root,
        env={**clean, **env},
        umask=umask,
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done.returncode, done.stdout.decode()


def test_another_machine_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(BACKWARDS)
    one = build_on(tmp_path / "one", 0o022, "--jobs", "1", LANG="C.UTF-8", TZ="UTC")
    other = build_on(
        tmp_path / "another root",
        0o077,
        *("--jobs", "3"),
        LC_ALL="tr_TR.ISO-8859-9",
        LANG="tr_TR.ISO-8859-9",
        TZ="Pacific/Kiritimati",
        PYTHONHASHSEED="1234",
        PYTHONPATH=str(tmp_path / "site"),
        HOME=str(tmp_path),
    )
    assert one == other
    wanted = tree(tmp_path / "one" / "build")
    assert len(wanted) > 50
    assert tree(tmp_path / "another root" / "build") == wanted
    shutil.rmtree(tmp_path / "one")
