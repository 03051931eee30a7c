"""`producer feed --check` as a user runs it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Run
from feed_check.faults_cases import BASE, patched

FAULT = BASE.parent / "faults" / "R304-yes.patch"
WARNING = BASE.parent / "faults" / "R338-artwork.patch"


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    path = tmp_path / "feed.xml"
    path.write_text(patched(FAULT)[0], encoding="utf-8")
    return path


def test_a_good_file(producer: Run, tmp_path: Path) -> None:
    result = producer("feed", "--check", BASE, cwd=tmp_path)
    assert (result.status, result.out) == (0, "")
    assert result.err == f"{BASE} checked: nothing to mend\n"


def test_a_file_with_an_error(producer: Run, faulty: Path) -> None:
    result = producer("feed", "--check", "feed.xml", cwd=faulty.parent)
    assert (result.status, result.out) == (1, "")
    assert result.err == (
        'feed.xml:32:22: error[R304]: "yes" is refused: explicit is true or false (explicit)\n'
        "   |\n"
        "32 |     <itunes:explicit>yes</itunes:explicit>\n"
        "   |                      ^^^\n"
        "   = hint: write `<itunes:explicit>true</itunes:explicit>` "
        "(Apple: Podcast RSS feed requirements)\n"
        "feed.xml checked: 1 error\n"
    )


def test_formats_for_programs(producer: Run, faulty: Path) -> None:
    result = producer("feed", "--check", "--json", "feed.xml", cwd=faulty.parent)
    (problem,) = json.loads(result.out)
    assert (result.status, result.err) == (1, "")
    assert {key: problem[key] for key in ("code", "severity", "path", "line", "column")} == {
        "code": "R304",
        "severity": "error",
        "path": "feed.xml",
        "line": 32,
        "column": 22,
    }
    assert problem["hint"].endswith("(Apple: Podcast RSS feed requirements)")
    sarif = producer("feed", "--check", "--format", "sarif", "feed.xml", cwd=faulty.parent)
    assert json.loads(sarif.out)["runs"][0]["results"][0]["ruleId"] == "R304"
    github = producer("feed", "--check", "--format", "github", "feed.xml", cwd=faulty.parent)
    assert github.out.startswith("::error file=feed.xml,line=32,col=22,endColumn=25,title=R304::")


def test_strict(producer: Run, tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(patched(WARNING)[0], encoding="utf-8")
    assert producer("feed", "--check", path).status == 0
    assert producer("feed", "--check", "--strict", path).status == 1


def test_stdin(faulty: Path) -> None:
    binary = Path(sys.executable).with_name("producer")
    with faulty.open("rb") as feed:
        args = [str(binary), "feed", "--check", "--json", "-"]
        done = subprocess.run(args, stdin=feed, capture_output=True, timeout=60, check=False)
    assert done.returncode == 1
    assert [(p["path"], p["code"]) for p in json.loads(done.stdout)] == [("stdin", "R304")]


@pytest.mark.parametrize(
    "args",
    [
        ["feed.xml"],
        ["--online"],
        ["--strict"],
        ["--json"],
        ["--format", "sarif"],
    ],
)
def test_only_with_check(producer: Run, faulty: Path, args: list[str]) -> None:
    result = producer("feed", *args, cwd=faulty.parent)
    assert result.status == 2
    assert "that goes with --check: without it, the feed is written" in result.err


def test_a_file_that_is_not_there(producer: Run, tmp_path: Path) -> None:
    result = producer("feed", "--check", "nowhere.xml", cwd=tmp_path)
    assert (result.status, result.out) == (2, "")
    assert result.err == "producer: error: nowhere.xml: there is no such file\n"


def test_a_folder(producer: Run, tmp_path: Path) -> None:
    assert producer("feed", "--check", tmp_path).status == 2


def test_the_own_feed(producer: Run, sample: Path) -> None:
    assert producer("build", "--no-audio", "--root", sample).status in {0, 1}
    feed = sample / "build" / "feed.xml"
    text = feed.read_text(encoding="utf-8")
    text = text.replace(">false</itunes:explicit>", ">no</itunes:explicit>", 1)
    feed.write_text(text, encoding="utf-8")
    result = producer("feed", "--check", "--json", cwd=sample)
    problems = json.loads(result.out)
    assert result.status == 1
    assert [p["path"] for p in problems if p["code"] == "R304"] == ["build/feed.xml"]
    assert "out of date" in result.err


def test_a_feed_that_is_not_built_is_not_called_good(producer: Run, sample: Path) -> None:
    result = producer("feed", "--check", cwd=sample)
    assert result.status == 1
    assert "out of date" in result.err
    assert "nothing to mend" not in result.err
