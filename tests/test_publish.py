"""Publishing to a folder: order, only differences, and an old feed that stands on failure."""

from pathlib import Path

from conftest import Run


def files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and ".producer" not in p.parts
    }


def test_all_of_the_build_media_first_feed_last(built: Path, producer: Run, tmp_path: Path) -> None:
    target = tmp_path / "www"
    result = producer("publish", target, "--root", built)
    assert result.status == 0
    assert files(target) == files(built / "build")
    order = result.out.splitlines()
    assert order[-1] == "feed.xml"
    kinds = ["media" if p.endswith((".mp3", ".m4a", ".jpg")) else "text" for p in order]
    assert kinds == sorted(kinds)
    assert producer("publish", target, "--root", built).out == ""


def test_only_what_differs_is_copied(built: Path, producer: Run, tmp_path: Path) -> None:
    target = tmp_path / "www"
    producer("publish", target, "--root", built)
    (target / "feed.xml").write_text("old")
    (target / "kept.txt").write_text("not ours")
    dry = producer("publish", target, "--root", built, "--dry-run")
    assert dry.out == "feed.xml\n"
    assert (target / "feed.xml").read_text() == "old"
    assert producer("publish", target, "--root", built).out == "feed.xml\n"
    assert (target / "kept.txt").read_text() == "not ours"


def test_the_old_feed_stands_when_something_cannot_be_copied(
    built: Path, producer: Run, tmp_path: Path
) -> None:
    target = tmp_path / "www"
    (target / "index.html").mkdir(parents=True)
    (target / "feed.xml").write_text("old")
    result = producer("publish", target, "--root", built)
    assert result.status == 2
    assert "index.html: cannot be written" in result.err
    assert (target / "feed.xml").read_text() == "old"


def test_without_a_build(sample: Path, producer: Run, tmp_path: Path) -> None:
    result = producer("publish", tmp_path / "www", "--root", sample)
    assert result.status == 2
    assert "nothing is built there" in result.err
