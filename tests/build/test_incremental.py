"""Only what changed is written: held against the files that a build touches."""

import os
import shutil
from pathlib import Path

import pytest
from conftest import PROJECT, Run

from build.trees import (
    add_sound,
    changed,
    replace_in,
    run_build,
    small_show,
    stamps,
    touched,
    tree,
)

ONE = "s01e01-a-podcast-in-a-git-repository"
TWO = "s01e02-wie-klingt-groesse"


@pytest.fixture
def show(tmp_path: Path) -> Path:
    root = small_show(tmp_path / "show", 6)
    run_build(root)
    return root


def touched_by(root: Path, **settings: bool) -> set[str]:
    before = stamps(root / "build")
    report = run_build(root, **settings)
    found = touched(before, root / "build")
    assert set(report.written) == found, "what it says it wrote"
    return found


def mine(template: str) -> str:
    assert "{% block main %}" in template
    return template.replace("{% block main %}", "{% block main %}<!-- mine -->")


def test_a_build_with_nothing_to_do_touches_not_even_its_own_notes(show: Path) -> None:
    before = stamps(show)
    report = run_build(show)
    assert (report.unchanged, report.written, report.removed) == (6, {}, {})
    assert stamps(show) == before


def test_one_title_touches_its_episode_the_index_and_the_feed(sample: Path) -> None:
    run_build(sample)
    replace_in(sample / "episodes" / f"{ONE}.md", "title: A Podcast", "title: One Podcast")
    found = touched_by(sample)
    assert {path.split("/")[0] for path in found} == {ONE, "index.html", "feed.xml"}
    # Its clips name the episode as their album; their captions do not.
    assert not [path for path in found if path.endswith((".srt", ".vtt", "chapters.txt"))]


def test_a_line_touches_what_shows_lines(show: Path) -> None:
    path = show / "episodes" / "e003.md"
    first = path.read_text("utf-8").split("- line: ")[1].split()[0]
    replace_in(path, f"- line: {first}", f"- line: {first.upper()}")
    assert touched_by(show) == {
        "e003/index.html",
        *(f"e003/transcript.{ending}" for ending in ("html", "json", "srt", "vtt")),
    }


def test_the_page_template_touches_pages_only(sample: Path) -> None:
    run_build(sample)
    (sample / "templates").mkdir()
    text = (PROJECT / "templates" / "episode.html").read_text("utf-8")
    (sample / "templates" / "episode.html").write_text(mine(text), "utf-8")
    assert touched_by(sample) == {f"{ONE}/index.html", f"{TWO}/index.html"}


def test_the_index_template_touches_the_index_and_looks_at_no_episode(show: Path) -> None:
    (show / "templates").mkdir()
    text = (PROJECT / "templates" / "index.html").read_text("utf-8")
    (show / "templates" / "index.html").write_text(mine(text), "utf-8")
    before = stamps(show / "build")
    report = run_build(show)
    assert touched(before, show / "build") == {"index.html"}
    assert report.unchanged == 6
    assert report.written == {"index.html": "changed: templates/index.html"}


def test_a_template_that_is_included_is_seen(show: Path) -> None:
    (show / "templates").mkdir()
    (show / "templates" / "card.html").write_text("<b>one</b>", "utf-8")
    (show / "templates" / "index.html").write_text("{% include 'card.html' %}", "utf-8")
    run_build(show)
    (show / "templates" / "card.html").write_text("<b>two</b>", "utf-8")
    assert touched_by(show) == {"index.html"}
    assert (show / "build" / "index.html").read_text("utf-8") == "<b>two</b>\n"


def test_the_layout_touches_every_page(show: Path) -> None:
    (show / "templates").mkdir()
    text = (PROJECT / "templates" / "_layout.html").read_text("utf-8")
    (show / "templates" / "_layout.html").write_text(text + "<!-- mine -->", "utf-8")
    pages = {p for p in tree(show / "build") if p.endswith("index.html")}
    assert touched_by(show) == pages


def test_a_moved_header_cuts_the_clips_beside_it_again(sample: Path) -> None:
    run_build(sample)
    episode = sample / "episodes" / f"{ONE}.md"
    lines = episode.read_text("utf-8").splitlines(keepends=True)
    headers = [n for n, line in enumerate(lines) if line.startswith("- header:")]
    lines.insert(headers[2] + 1, "  sec: 30\n")
    episode.write_text("".join(lines), "utf-8")
    cut = {p.split("/")[2][:2] for p in touched_by(sample) if "/clips/" in p and p[-3:] == "mp3"}
    assert cut == {"02", "03"}


def test_the_shows_title_touches_no_clip(sample: Path) -> None:
    run_build(sample)
    replace_in(sample / "podcast.yaml", "title: Workbench Radio", "title: Bench Radio")
    found = touched_by(sample)
    assert {"feed.xml", "index.html", f"{ONE}/index.html", f"{TWO}/index.html"} <= found
    assert not [path for path in found if "/clips/" in path]


def test_a_person_touches_the_episodes_that_name_them(sample: Path) -> None:
    run_build(sample)
    replace_in(sample / "people" / "desmondpike.md", "title: Desmond", "title: Des")
    before = stamps(sample / "build")
    report = run_build(sample)
    assert report.unchanged == 1
    assert {p.split("/")[0] for p in touched(before, sample / "build")} == {
        ONE,
        "index.html",
        "feed.xml",
    }


def test_a_comment_in_a_person_touches_nothing(sample: Path) -> None:
    run_build(sample)
    replace_in(sample / "people" / "desmondpike.md", "---\n", "---\n# a word\n")
    assert touched_by(sample) == set()


@pytest.mark.parametrize("kept", ["", ".producer/state.sqlite3"])
def test_without_its_notes_a_build_writes_the_same_again(show: Path, kept: str) -> None:
    before = tree(show / "build")
    if kept:
        (show / "build" / kept).unlink()
    else:
        shutil.rmtree(show / "build" / ".producer")
    report = run_build(show)
    assert set(report.written) == set(before)
    assert tree(show / "build") == before


@pytest.mark.parametrize("seed", range(12))
def test_damaged_notes_are_noticed(sample: Path, seed: int) -> None:
    import random

    run_build(sample, with_audio=False)
    wanted = tree(sample / "build")
    path = sample / "build" / ".producer" / "state.sqlite3"
    rng = random.Random(seed)
    data = bytearray(path.read_bytes())
    for _ in range(rng.choice((1, 5, 200))):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    path.write_bytes(data[: rng.choice((len(data), len(data), len(data) // 2))])
    replace_in(sample / "episodes" / f"{ONE}.md", "title: A Podcast", "title: One Podcast")
    run_build(sample, with_audio=False)
    replace_in(sample / "episodes" / f"{ONE}.md", "title: One Podcast", "title: A Podcast")
    run_build(sample, with_audio=False)
    assert tree(sample / "build") == wanted


def test_an_output_that_somebody_changed_is_made_again(show: Path) -> None:
    wanted = tree(show / "build")
    path = show / "build" / "e002" / "chapters.txt"
    path.write_bytes(path.read_bytes().swapcase())
    os.utime(path, (1, 1))
    report = run_build(show)
    assert report.written == {"e002/chapters.txt": "the output is missing or was changed"}
    assert tree(show / "build") == wanted


def test_a_copied_build_stands(show: Path, tmp_path: Path) -> None:
    for path in show.rglob("*"):
        os.utime(path, (5, 5))
    assert run_build(show).written == {}
    other = shutil.copytree(show, tmp_path / "other", copy_function=shutil.copyfile)
    assert run_build(other).written == {}
    before = stamps(other)
    assert run_build(other).written == {}
    assert stamps(other) == before


def test_sound_is_read_once(show: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audio = add_sound(show, "e001")
    run_build(show)
    read: list[Path] = []
    import producer.build.media_files as module

    monkeypatch.setattr(module, "digest_file", lambda path: read.append(path) or "")
    run_build(show)
    assert read == []
    os.utime(audio, (7, 7))
    run_build(show)
    assert read == [audio]


def test_sound_of_another_time_is_read_once_more_and_then_trusted(
    show: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    audio = add_sound(show, "e001")
    run_build(show)
    os.utime(audio, (7, 7))
    assert run_build(show).written == {}
    before = stamps(show)
    assert run_build(show).written == {}
    assert stamps(show) == before


def test_another_folder_to_build_from_changes_nothing(sample: Path, producer: Run) -> None:
    assert producer("build", "--root", sample, "--no-audio", cwd=sample).status == 0
    before = stamps(sample)
    again = producer("build", "--root", sample, "--no-audio", cwd=sample.parent)
    assert "2 unchanged; nothing to do" in again.err
    assert stamps(sample) == before


def test_nothing_to_do_imports_little(sample: Path) -> None:
    import subprocess
    import sys

    run_build(sample)
    code = (
        "import sys; from producer.cli.main import run\n"
        f"sys.argv = ['producer', 'build', '--root', {str(sample)!r}]\n"
        "try: run()\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "print(*sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    heavy = {"av", "PIL", "distributed", "feedgen", "filelock", "jinja2", "lxml", "pyromark"}
    heavy |= {"multiprocessing", "mutagen", "nh3", "pydub", "rich", "uharfbuzz", "yaml"}
    assert loaded & heavy == set()


def test_changes_are_those_of_the_tree(show: Path) -> None:
    """The helper of these tests can fail: what differs is what `changed` says."""
    before = tree(show / "build")
    (show / "build" / "e001" / "chapters.txt").write_bytes(b"?")
    assert changed(before, tree(show / "build")) == {"e001/chapters.txt"}
