"""The build as a whole: only what changed, nothing half, the same bytes whatever the jobs."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import Run, copy_sample

ONE = "s01e01-a-podcast-in-a-git-repository"
TWO = "s01e02-wie-klingt-groesse"
CONTRACT = {
    "index.html",
    "chapters.txt",
    "youtube.txt",
    "chapters.json",
    "show-notes.md",
    "show-notes.html",
    "transcript.vtt",
    "transcript.srt",
    "transcript.json",
    "clips.json",
    "card.jpg",
    "share",
}


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".producer" not in path.parts
    }


def times(folder: Path) -> dict[str, int]:
    return {path: (folder / path).stat().st_mtime_ns for path in tree(folder)}


def test_everything_of_the_contract_is_there(built: Path) -> None:
    out = built / "build"
    assert {"feed.xml", "index.html", ONE, TWO} <= {path.name for path in out.iterdir()}
    for slug, ending in ((ONE, "mp3"), (TWO, "m4a")):
        folder = out / slug
        audio = folder / f"{slug}.{ending}"
        (published,) = folder.glob(f"{slug}-????????.{ending}")
        assert published.samefile(audio)
        assert {p.name for p in folder.iterdir()} == CONTRACT | {
            "clips",
            "transcript.html",
            audio.name,
            published.name,
            *(["soundbites.json"] if slug == ONE else []),
        }
        clips = sorted(path.name for path in (folder / "clips").iterdir())
        of_chapters = ["01-", "02-", "03-", "04-", "05-"]
        assert [name[:3] for name in clips[::2]] == of_chapters + ["sou"] * (slug == ONE)
        assert [Path(name).suffix for name in clips] == [".mp3", ".vtt"] * (len(clips) // 2)
        assert all(name.isascii() for name in clips)


def test_a_second_build_writes_nothing(built_copy: Path, producer: Run) -> None:
    before = times(built_copy / "build")
    again = producer("build", "--root", built_copy)
    assert again.status == 0
    assert "2 unchanged; nothing to do" in again.err
    assert times(built_copy / "build") == before


def test_a_checkout_with_new_times_builds_nothing(sample: Path, producer: Run) -> None:
    producer("build", "--root", sample, "--no-audio")
    for path in sample.rglob("*"):
        if "build" not in path.parts:
            os.utime(path, (1, 1))
    assert "nothing to do" in producer("build", "--root", sample, "--no-audio").err


def test_a_moved_header_cuts_only_the_clips_beside_it(built_copy: Path, producer: Run) -> None:
    before = tree(built_copy / "build")
    episode = built_copy / "episodes" / f"{ONE}.md"
    lines = episode.read_text(encoding="utf-8").splitlines(keepends=True)
    headers = [n for n, line in enumerate(lines) if line.startswith("- header:")]
    lines.insert(headers[2] + 1, "  sec: 30\n")
    episode.write_text("".join(lines), encoding="utf-8")
    assert producer("build", "--root", built_copy).status == 0
    after = tree(built_copy / "build")
    changed = {path for path in after if before.get(path) != after[path]}
    clips = {path for path in changed if path.endswith(".mp3") and "/clips/" in path}
    assert {Path(path).name[:2] for path in clips} == {"02", "03"}
    assert not any(path.startswith(TWO) for path in changed)
    assert f"{ONE}/chapters.json" in changed


def test_a_changed_show_title_cuts_no_clip_of_the_sound_it_left_alone(
    built_copy: Path, producer: Run
) -> None:
    before = times(built_copy / "build")
    config = built_copy / "podcast.yaml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("title: Workbench Radio", "title: Bench Radio"), "utf-8")
    assert producer("build", "--root", built_copy).status == 0
    after = times(built_copy / "build")
    assert all(after[path] == before[path] for path in after if "/clips/" in path)
    assert after["feed.xml"] != before["feed.xml"]


def test_a_renamed_episode_takes_its_outputs_along(sample: Path, producer: Run) -> None:
    producer("build", "--root", sample, "--no-audio")
    (sample / "episodes" / f"{ONE}.md").rename(sample / "episodes" / "renamed.md")
    producer("build", "--root", sample, "--no-audio")
    old = sample / "build" / ONE
    assert [path.name for path in old.iterdir()] == ["index.html"], "a page that leads on"
    assert "url=../renamed/" in (old / "index.html").read_text()
    assert (sample / "build" / "renamed" / "chapters.txt").is_file()


def test_a_deleted_episode_takes_its_outputs_along(sample: Path, producer: Run) -> None:
    producer("build", "--root", sample, "--no-audio")
    (sample / "episodes" / f"{ONE}.md").unlink()
    producer("build", "--root", sample, "--no-audio")
    assert not (sample / "build" / ONE).exists()


def test_a_deleted_output_is_made_again(built_copy: Path, producer: Run) -> None:
    before = tree(built_copy / "build")
    (built_copy / "build" / ONE / "chapters.txt").unlink()
    next((built_copy / "build" / ONE / "clips").glob("02-*.mp3")).unlink()
    (built_copy / "build" / "feed.xml").unlink()
    producer("build", "--root", built_copy)
    assert tree(built_copy / "build") == before


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"version": 1}', b"\xff"])
def test_a_damaged_manifest_is_built_over(sample: Path, producer: Run, damage: bytes) -> None:
    producer("build", "--root", sample, "--no-audio")
    before = tree(sample / "build")
    (sample / "build" / ".producer" / "state.sqlite3").write_bytes(damage)
    assert producer("build", "--root", sample, "--no-audio").status == 0
    assert tree(sample / "build") == before


def test_jobs_order_locale_and_place_change_no_byte(
    built: Path, tmp_path: Path, producer: Run
) -> None:
    other = copy_sample(tmp_path / "elsewhere")
    result = producer(
        "build",
        "--root",
        other,
        "--jobs",
        "2",
        TZ="Asia/Tokyo",
        LC_ALL="C",
        PYTHONHASHSEED="7",
    )
    assert result.status == 0
    assert tree(other / "build") == tree(built / "build")


def test_dry_run_says_what_a_build_writes_and_writes_nothing(sample: Path, producer: Run) -> None:
    promised = producer("build", "--root", sample, "--dry-run")
    assert not (sample / "build").exists()
    producer("build", "--root", sample)
    written = {f"write {path}" for path in tree(sample / "build")}
    assert {line.split("\t")[0] for line in promised.out.splitlines()} == written
    assert producer("build", "--root", sample, "--dry-run").out == ""


def test_one_bad_episode_does_not_stop_the_others(sample: Path, producer: Run) -> None:
    (sample / "episodes" / "bad.md").write_text("---\ntitle: a: b\n---\n", "utf-8")
    result = producer("build", "--root", sample, "--no-audio")
    assert result.status == 1
    assert "bad.md:2:9: error[F102]" in result.err
    assert (sample / "build" / TWO / "index.html").is_file()
    assert not (sample / "build" / "bad").exists()
    assert producer("build", "--root", sample, "--no-audio").status == 1, "until it is mended"


def test_an_episode_that_breaks_keeps_its_outputs(sample: Path, producer: Run) -> None:
    producer("build", "--root", sample, "--no-audio")
    before = tree(sample / "build" / ONE)
    (sample / "episodes" / f"{ONE}.md").write_text("---\ntitle: [\n---\n", "utf-8")
    assert producer("build", "--root", sample, "--no-audio").status == 1
    assert tree(sample / "build" / ONE) == before


def test_only_the_named_episode_is_built(sample: Path, producer: Run) -> None:
    producer("build", ONE, "--root", sample, "--no-audio")
    assert (sample / "build" / ONE).is_dir()
    assert not (sample / "build" / TWO).exists()


def test_without_sound_what_was_cut_stays(built_copy: Path, producer: Run) -> None:
    episode = built_copy / "episodes" / f"{ONE}.md"
    text = episode.read_text(encoding="utf-8")
    episode.write_text(text.replace("title: ", "title: New ", 1), "utf-8")
    before = times(built_copy / "build")
    producer("build", "--root", built_copy, "--no-audio")
    after = times(built_copy / "build")
    assert all(after[p] == before[p] for p in before if p.endswith((".mp3", ".m4a")))
    assert after[f"{ONE}/index.html"] != before[f"{ONE}/index.html"]
    assert b"<enclosure" in (built_copy / "build" / "feed.xml").read_bytes()


def test_kept_problems_name_files_from_where_the_user_is(sample: Path, producer: Run) -> None:
    (sample / "episodes" / "bad.md").write_text("no fence", "utf-8")
    for folder, path in ((sample, "episodes/bad.md"), (sample.parent, "show/episodes/bad.md")):
        for _ in range(2):
            result = producer("build", "--root", sample, "--no-audio", cwd=folder)
            assert f"\n{path}:1:1: error[F101]" in f"\n{result.err}"


def test_no_temporary_file_is_left(built: Path) -> None:
    assert not list(built.rglob(".producer-*"))


def test_a_show_that_cannot_be_read_touches_nothing(built_copy: Path, producer: Run) -> None:
    before = times(built_copy / "build")
    config = built_copy / "podcast.yaml"
    config.write_text("title: Workbench: Radio\n", "utf-8")
    result = producer("build", "--root", built_copy)
    assert result.status == 1
    assert "error[S102]" in result.err
    assert times(built_copy / "build") == before


def test_a_show_without_what_a_feed_needs_keeps_the_last_feed(sample: Path, producer: Run) -> None:
    producer("build", "--root", sample, "--no-audio")
    feed = (sample / "build" / "feed.xml").read_bytes()
    config = sample / "podcast.yaml"
    lines = config.read_text(encoding="utf-8").splitlines(keepends=True)
    config.write_text("".join(line for line in lines if not line.startswith("link:")), "utf-8")
    for _ in range(2):
        result = producer("build", "--root", sample, "--no-audio")
        assert result.status == 1
        assert "the feed needs `link`" in result.err
        assert (sample / "build" / "feed.xml").read_bytes() == feed


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_leaves_nothing_half_and_the_next_build_completes(
    sample: Path, built: Path, producer: Run, jobs: str
) -> None:
    binary = Path(sys.executable).with_name("producer")
    for delay_s in (0.25, 0.4, 0.55, 0.7, 0.85):
        process = subprocess.Popen(
            [binary, "build", "--root", sample, "--force", "--jobs", jobs],
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        time.sleep(delay_s)
        os.killpg(process.pid, signal.SIGINT)
        said = process.communicate(timeout=30)[1].decode()
        # Before the command has its own handler, Python's ends it; after the build, there is none.
        assert process.returncode in {0, 130, -signal.SIGINT}, said
        if process.returncode != -signal.SIGINT:
            assert "Traceback" not in said
        assert not list(sample.rglob(".producer-*.tmp"))
    assert producer("build", "--root", sample).status == 0
    assert tree(sample / "build") == tree(built / "build")
