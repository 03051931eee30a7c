"""A feed that breaks a rule does not take the place of one that is sound, whenever it was."""

import shutil
from pathlib import Path

import pytest
from conftest import Run
from PIL import Image

from build.trees import replace_in, run_build
from producer.build.report import BuildReport
from producer.problems import has_errors


@pytest.fixture
def show(sample: Path) -> Path:
    run_build(sample)
    return sample


def cover(root: Path, pixels: int) -> None:
    Image.new("RGB", (pixels, pixels), "red").save(root / "images" / "cover.jpg")


def title(root: Path, word: str) -> None:
    path = root / "podcast.yaml"
    text = path.read_text("utf-8")
    lines = [f"title: {word}" if n.startswith("title:") else n for n in text.splitlines()]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def feed(root: Path) -> bytes:
    return (root / "build" / "feed.xml").read_bytes()


def of_feed(report: BuildReport) -> list[tuple[str, str]]:
    return [(p.code, p.severity.value) for p in report.problems if p.path.endswith("feed.xml")]


def test_a_cover_gone_bad_keeps_the_feed(show: Path, producer: Run) -> None:
    before = feed(show)
    cover(show, 300)
    title(show, "Another")
    report = run_build(show)
    assert feed(show) == before
    assert ("R317", "error") in of_feed(report)
    said = producer("build", "--root", show)
    assert said.status == 1
    assert "error[R317]" in said.err
    assert "nothing to do" in said.err
    assert feed(show) == before


def test_a_cover_gone_bad_and_mended_lets_the_new_feed_through(show: Path) -> None:
    before = feed(show)
    cover(show, 300)
    title(show, "Another")
    run_build(show)
    cover(show, 1400)
    assert not has_errors(run_build(show).problems)
    assert b"<title>Another</title>" in feed(show)
    assert feed(show) != before


def test_the_same_feed_is_as_bad_with_a_bad_cover(show: Path) -> None:
    before = feed(show)
    cover(show, 300)
    assert ("R317", "error") in of_feed(run_build(show))
    assert feed(show) == before


def test_a_cover_that_was_always_bad_hinders_nothing(sample: Path) -> None:
    cover(sample, 300)
    assert ("R317", "warning") in of_feed(run_build(sample))
    for word in ("One", "Two"):
        title(sample, word)
        assert ("R317", "warning") in of_feed(run_build(sample))
        assert f"<title>{word}</title>".encode() in feed(sample)


def test_without_notes_the_feed_is_judged_by_its_text(show: Path) -> None:
    before = feed(show)
    shutil.rmtree(show / "build" / ".producer")
    cover(show, 300)
    title(show, "Another")
    assert ("R317", "error") in of_feed(run_build(show))
    assert feed(show) == before


def test_the_picture_is_read_once(show: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import producer.build.feed_guard as module

    read: list[str] = []
    real = module.read_image
    monkeypatch.setattr(module, "read_image", lambda *args: read.append(args[2]) or real(*args))
    replace_in(show / "podcast.yaml", "explicit: false", "explicit: false\nfeed: {page_size: 1}")
    run_build(show)
    assert len(list((show / "build").glob("feed*.xml"))) == 2
    assert read == ["images/cover.jpg"]


def test_the_check_of_the_own_feed_looks_at_the_picture(show: Path, producer: Run) -> None:
    assert producer("feed", "--check", "--root", show).status == 0
    cover(show, 300)
    run_build(show)
    said = producer("feed", "--check", "--root", show)
    assert said.status == 1
    assert "[R317]" in said.err
