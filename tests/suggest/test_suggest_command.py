"""`producer suggest`: what it prints, that it writes nothing, and the command that is asked."""

import json
import sys
from pathlib import Path

import pytest
from conftest import Run

WHO = ("Maren", "Ada")


@pytest.fixture
def show(tmp_path: Path) -> Path:
    topics = ("bread yeast oven", "pipe organ bellows", "honey hive swarm")
    lines = "".join(
        f"- line: {(topics[at // 8] + ' ') * 14}\n  sec: {at * 10}\n  who: {WHO[at % 2]}\n"
        for at in range(24)
    )
    (tmp_path / "episodes").mkdir()
    (tmp_path / "episodes" / "x.md").write_text(f"---\ntitle: X\ntranscript:\n{lines}---\n")
    return tmp_path


def test_as_json(show: Path, producer: Run) -> None:
    before = (show / "episodes" / "x.md").read_bytes()
    result = producer("suggest", "x", "--root", show, "--count", "2", "--json")
    assert (result.status, result.err) == (0, "")
    rows = json.loads(result.out)
    assert [(row["index"], row["line"], row["start"], row["who"]) for row in rows] == [
        (8, 28, 80, "Maren"),
        (16, 52, 160, "Maren"),
    ]
    assert set(rows[0]["terms"]) == {"pipe", "organ", "bellows"}
    assert set(rows[0]) == {"index", "line", "start", "who", "words", "terms"}
    assert (show / "episodes" / "x.md").read_bytes() == before


def test_as_a_table(show: Path, producer: Run) -> None:
    head, first, second = producer("suggest", "x", "--root", show, "--count", "2").out.splitlines()
    assert head.split() == ["line", "time", "words", "hints"]
    assert first.split()[:5] == ["28", "1:20", "pipe", "organ", "bellows"]
    assert second.split()[:2] == ["52", "2:40"]


def test_there_is_nothing_that_writes(show: Path, producer: Run) -> None:
    assert producer("suggest", "x", "--root", show, "--write").status == 2


def test_no_further_place(sample: Path, producer: Run) -> None:
    slug = "s01e01-a-podcast-in-a-git-repository"
    result = producer("suggest", slug, "--root", sample)
    assert (result.status, result.out) == (0, "")
    assert "no further place for a header: it has 5 headers in" in result.err
    assert producer("suggest", slug, "--root", sample, "--json").out == "[]\n"


def ask(code: str) -> str:
    return f"'{sys.executable}' -c \"{code}\""


def test_asked_titles_are_hints(show: Path, producer: Run) -> None:
    code = (
        "import json,sys; parts = json.load(sys.stdin)['parts']; "
        "[print(part['start'], len(part['text'].split()), sorted(part)) for part in parts]"
    )
    args = ("suggest", "x", "--root", show, "--count", "2", "--ask", ask(code))
    rows = json.loads(producer(*args, "--json").out)
    assert [row["title"] for row in rows] == [
        "80 336 ['start', 'terms', 'text']",
        "160 336 ['start', 'terms', 'text']",
    ]
    assert "; asked: 80 336" in producer(*args).out


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/nowhere/at-all", "--ask: /nowhere/at-all cannot be run: No such file or directory"),
        (ask("print(1)"), f"--ask: {sys.executable} printed 1 lines for 2 parts"),
        (
            ask("import sys; sys.exit('no key')"),
            f"--ask: {sys.executable} failed with status 1: no key",
        ),
        ("", "--ask: no command is named"),
        ("'", "--ask: cannot be split into words: No closing quotation"),
    ],
)
def test_a_command_that_fails_costs_a_line(
    show: Path, producer: Run, command: str, said: str
) -> None:
    result = producer("suggest", "x", "--root", show, "--count", "2", "--ask", command)
    assert result.status == 2
    assert result.err.splitlines()[0] == f"producer: error: {said}"
    assert len(result.out.splitlines()) == 3, "the proposals are there all the same"
