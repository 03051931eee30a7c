"""Silencing: where a comment counts, what it covers, and which commands heed it."""

import json
from pathlib import Path

import pytest
from conftest import Run

from producer.check.silence import audible, comment_silencings
from producer.problems import Problem, severity_of
from producer.read.episode import read_episode


def silencings(text: str) -> list[tuple[str, tuple[int, ...]]]:
    episode, problems = read_episode("x", "x.md", text.encode())
    assert episode is not None, problems
    assert episode.document is not None
    return [(each.code, each.lines) for each in comment_silencings(episode.document)]


@pytest.mark.parametrize(
    ("front", "found"),
    [
        ("title: x # producer: silence T107", [("T107", (2,))]),
        (
            "title: x #producer:silence: T107,T108 C101",
            [(c, (2,)) for c in ("T107", "T108", "C101")],
        ),
        ("a: 1\n# producer: silence T107\n\n# more\nb: 2", [("T107", (6,))]),
        ("# producer: silence F109\ntitle: x", [("F109", (1, 3))]),
        ("\n# a comment\n# producer: silence F109\ntitle: x", [("F109", (1, 5))]),
        ("a:\n- b\n  # producer: silence T107\n- c", [("T107", (5,))]),
        ("a: |\n  text\n# producer: silence T107\nb: 1", [("T107", (5,))]),
        ("a: b # producer: silence", []),
        ("a: b # producer: silences T107", []),
        ("a: b # consumer: silence T107", []),
        # Text is no comment.
        ("a: 'x # producer: silence T107'", []),
        ("a: |\n  # producer: silence T107", []),
        ("a: >-\n  x\n  # producer: silence T107\n  y", []),
    ],
)
def test_comments(front: str, found: list[tuple[str, tuple[int, ...]]]) -> None:
    assert silencings(f"---\n{front}\n---\n# producer: silence T107\n") == found
    windows = f"---\n{front}\n---\n".replace("\n", "\r\n")
    assert silencings(windows) == found


def problem(code: str, line: int, path: str = "x.md") -> Problem:
    return Problem(code, severity_of(code), "m", path, line, 1)


def test_a_comment_covers_its_code_in_its_file_at_its_line() -> None:
    episode, _ = read_episode("x", "x.md", b"---\ntitle: x # producer: silence T107, F102\n---\n")
    assert episode is not None
    assert episode.document is not None
    found = comment_silencings(episode.document)
    covered = problem("T107", 2)
    others = (
        problem("T107", 3),
        problem("T108", 2),
        problem("T107", 2, "y.md"),
        problem("F102", 2),
    )
    assert audible((covered, *others), found) == others


EPISODE = """---
title: x
dateadded: 2026-01-02
guid: 1
{top}transcript:
- header: A
- line: one two
  sec: 50
- line: three
  sec: 20 {comment}
---
"""


@pytest.fixture
def show(tmp_path: Path) -> Path:
    (tmp_path / "episodes").mkdir()
    (tmp_path / "podcast.yaml").write_text(
        "title: S\nlink: https://x.example.org\ndescription: d\n"
        "image: https://x.example.org/c.jpg\nbase_url: https://x.example.org\n"
        "guid: 117b864c-3aaa-5afc-a716-101518675caa\n"
        "check: {silence: [C105, C106, F108, L101, R101, T109]}\n"
    )
    return tmp_path


def codes(producer: Run, root: Path, *args: str) -> list[str]:
    return [p["code"] for p in json.loads(producer("check", "--json", *args, "--root", root).out)]


def test_check_is_silent_and_says_which_silencing_has_no_effect(show: Path, producer: Run) -> None:
    path = show / "episodes" / "x.md"
    path.write_text(EPISODE.format(top="", comment=""))
    assert codes(producer, show) == ["T107"]
    path.write_text(EPISODE.format(top="", comment="# producer: silence T107"))
    assert codes(producer, show) == []
    path.write_text(EPISODE.format(top="# producer: silence T112\n", comment=""))
    assert codes(producer, show) == ["T107", "X101"]
    # Of one episode alone there is no telling what the show's silencings are for.
    path.write_text(EPISODE.format(top="", comment="").replace("line:", "who: a\n  line:"))
    assert codes(producer, show) == ["T107", "X101"]
    assert codes(producer, show, "x") == ["T107"]


def test_other_commands_are_silent_too(show: Path, producer: Run) -> None:
    path = show / "episodes" / "x.md"
    path.write_text(EPISODE.format(top="", comment="").replace("guid: 1\n", ""))
    assert "R103" in producer("build", "--root", show).err
    assert "C106" not in producer("chapters", "x", "--root", show).err
    config = show / "podcast.yaml"
    config.write_text(config.read_text().replace("R101", "R103, R101"))
    result = producer("build", "--root", show)
    assert (result.status, "R103" in result.err) == (0, False)
    (row,) = json.loads(producer("status", "--json", "--root", show).out)
    assert row["problems"] == []
    assert producer("fix", "--root", show).out == ""
