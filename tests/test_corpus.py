"""Real episodes of a real show: everything is built or refused with its place, and rules hold."""

import difflib
import json
import re
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Run

SLUG = "open-source-and-volunteering-in-ai-for-data-ml-career-growth"


@pytest.fixture(scope="module")
def out(corpus: Path, producer: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("corpus") / "out"
    result = producer("build", "--root", corpus, "--out", out)
    assert result.status in (0, 1), result.err
    for line in result.err.splitlines():
        if ": error[" in line:
            assert re.match(r".+\.md:\d+:\d+: error\[[A-Z]\d{3}\]: ", line), line
    return out


def front_matter(path: Path) -> dict[str, Any]:
    text = path.read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text.split("\n---", 1)[0], Loader=yaml.CSafeLoader)
    return data


def test_all_files_are_built(corpus: Path, out: Path) -> None:
    for path in (corpus / "episodes").glob("*.md"):
        folder = out / path.name.removesuffix(".md")
        names = {file.name for file in folder.iterdir()}
        assert names >= {
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
        }, path.name
    assert (out / "index.html").is_file()
    assert not (out / "feed.xml").exists(), "there is no podcast.yaml to make a feed of"
    assert not list(out.rglob("*.tmp"))


def test_chapters_agree_with_the_published_clips(corpus: Path, out: Path) -> None:
    published = agreed = 0
    for path in (corpus / "episodes").glob("*.md"):
        chapters = json.loads((out / path.name.removesuffix(".md") / "chapters.json").read_text())
        starts = {c["title"]: c["startTime"] for c in chapters["chapters"]}
        for clip in front_matter(path).get("quotableClips") or []:
            published += 1
            agreed += starts.get(" ".join(clip["name"].split())) == clip["startOffset"]
    assert published == 710
    assert agreed / published >= 0.95


def test_no_chapter_is_lost_or_empty(corpus: Path, out: Path) -> None:
    for path in (corpus / "episodes").glob("*.md"):
        chapters = json.loads((out / path.name.removesuffix(".md") / "chapters.json").read_text())
        listed = chapters["chapters"]
        headers = [e["header"] for e in front_matter(path)["transcript"] if "header" in e]
        assert {c["title"] for c in listed} == {" ".join(h.split()) for h in headers}
        if headers:
            assert listed[-1]["title"] == " ".join(headers[-1].split())
        for chapter, following in pairwise(listed):
            assert chapter["startTime"] < chapter["endTime"] == following["startTime"]
        assert all(chapter["endTime"] > chapter["startTime"] for chapter in listed)


def test_the_duration_is_never_the_published_mistake(corpus: Path, out: Path) -> None:
    for path in (corpus / "episodes").glob("*.md"):
        segments = json.loads(
            (out / path.name.removesuffix(".md") / "transcript.json").read_text()
        )["segments"]
        seconds = [e["sec"] for e in front_matter(path)["transcript"] if "sec" in e]
        assert segments[-1]["endTime"] > max(seconds)
        assert json.loads((out / path.name.removesuffix(".md") / "clips.json").read_text())[
            "durationIsEstimate"
        ]


def test_youtube_list_of_an_hour(corpus: Path, producer: Run) -> None:
    pasted = producer("chapters", SLUG, "--root", corpus)
    assert pasted.status == 0
    lines = pasted.out.splitlines()
    assert len(lines) == 24
    assert lines[0] == "0:00:00 Podcast Introduction"
    assert lines[-1] == "1:00:24 Closing Remarks and How to Connect"
    as_json = json.loads(producer("chapters", SLUG, "--root", corpus, "--format", "json").out)
    starts = [int(c["startTime"]) for c in as_json["chapters"]]
    clocks = [line.split()[0].split(":") for line in lines]
    assert starts == [int(h) * 3600 + int(m) * 60 + int(s) for h, m, s in clocks]
    assert [line.split(" ", 1)[1] for line in lines] == [c["title"] for c in as_json["chapters"]]


def test_clips_write_touches_only_its_own_lines(
    corpus: Path, producer: Run, tmp_path: Path
) -> None:
    root = tmp_path / "show"
    shutil.copytree(corpus, root, copy_function=shutil.copyfile)
    for folder in (root, *root.iterdir()):
        folder.chmod(0o755)
    for path in sorted((root / "episodes").glob("*.md")):
        before = path.read_bytes()
        slug = path.name.removesuffix(".md")
        result = producer("clips", slug, "--root", root, "--write")
        after = path.read_bytes()
        if b"- header: " not in before:
            assert (result.status, after) == (2, before)
            continue
        assert result.status in (0, 1)
        assert producer("clips", slug, "--root", root, "--write").status == result.status
        assert path.read_bytes() == after, "a second run changes nothing"
        _assert_only_clips_changed(before.decode(), after.decode())


def _assert_only_clips_changed(before: str, after: str) -> None:
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    changes = [
        change
        for change in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if change[0] != "equal"
    ]
    allowed_old, allowed_new = _clip_lines(old), _clip_lines(new)
    for _, old_start, old_end, new_start, new_end in changes:
        assert set(range(old_start, old_end)) <= allowed_old
        assert set(range(new_start, new_end)) <= allowed_new


def _clip_lines(lines: list[str]) -> set[int]:
    inside, found = False, set()
    for number, line in enumerate(lines):
        if line.startswith("quotableClips:"):
            inside = True
        elif (inside and not line.startswith((" ", "-"))) or line.startswith("---"):
            inside = False
        if inside:
            found.add(number)
    return found


def test_what_check_finds_by_code(corpus: Path, producer: Run, update_golden: bool) -> None:
    """The counts as a table; a change of a rule shows here as a diff of numbers."""
    table = producer("check", "--root", corpus, "--format", "table").out
    expected = Path(__file__).parent / "golden" / "corpus-codes.md"
    if update_golden:
        expected.write_text(table)
    assert table == expected.read_text()


def test_check_finds_what_is_known_to_be_wrong(corpus: Path, producer: Run) -> None:
    """Each defect found here by a few plain lines must be a problem of the same file."""
    found: dict[str, set[str]] = {}
    for problem in json.loads(producer("check", "--root", corpus, "--json").out):
        found.setdefault(problem["code"], set()).add(Path(problem["path"]).name)
    wrong: dict[str, set[str]] = {"Q105": set(), "Q101": set(), "T107": set(), "T108": set()}
    for path in (corpus / "episodes").glob("*.md"):
        front = front_matter(path)
        lines = [entry for entry in front["transcript"] if "line" in entry]
        seconds = [line["sec"] for line in lines if "sec" in line]
        if "duration" in front:
            wrong["Q105"].add(path.name)  # every one of them is the last minus the first
        if any(after < before for before, after in pairwise(seconds)):
            wrong["T107"].add(path.name)
        if any("who" in line and "sec" not in line for line in lines):
            wrong["T108"].add(path.name)
        stored = {" ".join(clip["name"].split()) for clip in front.get("quotableClips") or []}
        headers = [" ".join(e["header"].split()) for e in front["transcript"] if "header" in e]
        if stored and headers[-1] not in stored:
            wrong["Q101"].add(path.name)
    assert {code: found.get(code, set()) for code in wrong} == wrong
    assert found["F109"] == {path.name for path in (corpus / "episodes").glob("*.md.md")}
