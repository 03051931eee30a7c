"""`producer clean` deletes what builds have made, and nothing else."""

import shutil
from pathlib import Path

from conftest import Run

from build.trees import small_show, stamps, tree


def test_everything_goes(tmp_path: Path, producer: Run) -> None:
    root = small_show(tmp_path / "show", 3)
    before = stamps(root / "episodes")
    producer("build", "--root", root)
    count = len(tree(root / "build"))
    promised = producer("clean", "--root", root, "--dry-run")
    assert len(promised.out.splitlines()) == count
    assert len(tree(root / "build")) == count
    done = producer("clean", "--root", root)
    assert (done.status, done.out) == (0, "")
    assert f"{count} files deleted in " in done.err
    assert not (root / "build").exists()
    assert stamps(root / "episodes") == before


def test_what_others_put_there_stays(tmp_path: Path, producer: Run) -> None:
    root = small_show(tmp_path / "show", 2)
    producer("build", "--root", root)
    (root / "build" / "CNAME").write_text("show.example.org")
    (root / "build" / "e001" / "notes.txt").write_text("mine")
    assert producer("clean", "--root", root).status == 0
    assert tree(root / "build") == {"CNAME": b"show.example.org", "e001/notes.txt": b"mine"}
    assert not (root / "build" / ".producer").exists()


def test_without_notes_nothing_is_deleted(tmp_path: Path, producer: Run) -> None:
    root = small_show(tmp_path / "show", 2)
    assert producer("clean", "--root", root).err.startswith("0 files deleted")
    producer("build", "--root", root)
    shutil.rmtree(root / "build" / ".producer")
    before = stamps(root)
    assert producer("clean", "--root", root).status == 0
    assert stamps(root) == before
