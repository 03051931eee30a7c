"""`producer align` as a user runs it, and captions from files."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import PROJECT, Result
from speech import conversation

from producer.captions.caption import Caption
from producer.captions.read import find_captions, read_captions
from producer.errors import InputError
from producer.times import format_clock

# The command is run through the module, so that this holds before it is in the table as well.
RUN = """
from producer.cli import main
main.COMMANDS.setdefault("align", "Give every line its time from the captions.")
main.run()
"""
Align = Callable[..., Result]


@pytest.fixture
def align() -> Align:
    def run(*args: str | Path, cwd: Path | None = None) -> Result:
        done = subprocess.run(
            [sys.executable, "-c", RUN, "align", *map(str, args)],
            cwd=cwd,
            env={**os.environ, "NO_COLOR": "1", "PYTHONPATH": str(PROJECT)},
            capture_output=True,
            timeout=120,
            check=False,
        )
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


LISTING = """\
0:00 hello and welcome to the show about
0:03 soap we have a guest today
0:06 thank you for having me it is
0:09 a pleasure to be here with you all
1:10 so how do you boil soap in a
1:13 kitchen without burning the whole house down
"""
EPISODE = """\
---
title: Soap # as it is
transcript:
- line: Hello, and welcome to the show about soap. We have a guest today.
  who: Ann
- line: Thank you for having me.
  who: Bob
- line: It's a pleasure to be here with you all.
  who: Bob
- header: Boiling
- line: This was never said, whatever the editor may remember of that evening.
  who: Ann
- line: So how do you boil soap in a kitchen, without burning the house down?
  who: Ann
---
Body.
"""


@pytest.fixture
def show(tmp_path: Path) -> Path:
    (tmp_path / "episodes" / "captions").mkdir(parents=True)
    (tmp_path / "episodes" / "soap.md").write_text(EPISODE)
    (tmp_path / "episodes" / "captions" / "soap.txt").write_text(LISTING)
    return tmp_path


def written(show: Path) -> str:
    return (show / "episodes" / "soap.md").read_text()


def test_the_table_shows_what_would_be_written(show: Path, align: Align) -> None:
    result = align("soap", cwd=show)
    assert result.status == 0
    rows = [line.split(None, 4) for line in result.out.splitlines()]
    assert rows[0] == ["line", "time", "new", "sure", "words"]
    assert [row[:3] for row in rows[1:]] == [
        ["4", "-", "0:00"],
        ["6", "-", "0:06"],
        ["8", "-", "0:06"],
        ["11", "-", "-"],
        ["13", "-", "1:10"],
    ]
    assert rows[1][3:] == ["100%", "Hello, and welcome to the show about soap. We…"]
    first, *_, last = result.err.splitlines()
    assert first == (
        "episodes/soap.md:11:3: advice[T115]: not found in the captions: "
        '"This was never said, whatever the editor may…"'
    )
    assert last == "1 of 5 lines could not be placed and keep what they have"
    assert written(show) == EPISODE


def test_write_changes_sec_and_time_alone(show: Path, align: Align) -> None:
    result = align("soap", "--write", cwd=show)
    assert (result.status, result.out) == (0, "")
    assert result.err.startswith("episodes/soap.md: times written\n")
    times = (
        "  sec: 0\n  time: '0:00'\n",
        "  sec: 6\n  time: '0:06'\n",
        "  sec: 70\n  time: '1:10'\n",
    )
    wanted = EPISODE.replace("today.\n", "today.\n" + times[0], 1)
    wanted = wanted.replace("me.\n", "me.\n" + times[1], 1)
    wanted = wanted.replace("all.\n", "all.\n" + times[1], 1)
    wanted = wanted.replace("down?\n", "down?\n" + times[2], 1)
    assert written(show) == wanted
    again = align("soap", "--write", cwd=show)
    assert again.err.startswith("episodes/soap.md: times unchanged\n")
    assert written(show) == wanted


def test_own_times_of_paragraphs(show: Path, align: Align) -> None:
    result = align("soap", "--paragraph-times", "own", "--json", cwd=show)
    rows = json.loads(result.out)
    assert [row["after"] for row in rows] == [0, 6, 9, None, 70]
    assert list(rows[3]) == [
        "index",
        "line",
        "who",
        "text",
        "before",
        "after",
        "confidence",
        "elsewhere",
    ]
    assert (rows[3]["index"], rows[3]["line"], rows[3]["confidence"]) == (4, 11, 0)


def test_json_with_write_does_both(show: Path, align: Align) -> None:
    result = align("soap", "--json", "--write", cwd=show)
    assert len(json.loads(result.out)) == 5
    assert "sec: 70\n" in written(show)


def test_only_missing_and_from_line(show: Path, align: Align) -> None:
    path = show / "episodes" / "soap.md"
    path.write_text(EPISODE.replace("today.\n", "today.\n  sec: 2\n  time: 0:02\n"))
    align("soap", "--only-missing", "--write", cwd=show)
    assert "today.\n  sec: 2\n  time: 0:02\n  who" in written(show)
    assert "me.\n  sec: 6\n" in written(show)
    path.write_text(EPISODE)
    align("soap", "--from-line", "13", "--write", cwd=show)
    assert written(show) == EPISODE.replace("down?\n", "down?\n  sec: 70\n  time: '1:10'\n")
    assert align("soap", "--from-line", "0", cwd=show).status == 2


def test_with_times_it_is_a_check(show: Path, align: Align) -> None:
    align("soap", "--write", cwd=show)
    path = show / "episodes" / "soap.md"
    path.write_text(written(show).replace("sec: 70\n  time: '1:10'", "sec: 670\n  time: '11:10'"))
    result = align("soap", cwd=show)
    assert result.status == 0
    assert (
        ": warning[T114]: the time 11:10 is 599 s late: the captions have it at 1:10\n"
    ) in result.err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (None, "", "soap has no captions"),
        ("a.txt", "no time\n", "a.txt: not a transcript in a known format"),
        ("a.txt", "", "a.txt: the file is empty"),
        ("a.txt", b"\xff\xfe", "a.txt: not a transcript in a known format"),
        ("a.docx", "x", "a.docx: not a whole .docx file"),
        ("a.json", "[", "a.json: not a transcript in a known format"),
        ("a.json", "[]", "a.json: JSON, but none of a transcript"),
        ("a.json", "[" * 100_000, "a.json: JSON that cannot be read: it nests too deep"),
        ("missing.txt", None, "missing.txt: there is no such file"),
        ("folder.txt", None, "folder.txt: cannot be read"),
    ],
)
def test_what_cannot_run(
    show: Path, align: Align, name: str | None, content: str | bytes | None, said: str
) -> None:
    (show / "episodes" / "captions" / "soap.txt").unlink()
    args = []
    if name:
        args = ["--captions", name]
        if content is not None:
            data = content.encode() if isinstance(content, str) else content
            (show / name).write_bytes(data)
        elif name.startswith("folder"):
            (show / name).mkdir()
    result = align("soap", *args, cwd=show)
    assert (result.status, result.out) == (2, "")
    assert said in result.err
    assert written(show) == EPISODE


def test_a_hint_says_where_captions_are_looked_for(show: Path, align: Align) -> None:
    (show / "episodes" / "captions" / "soap.txt").unlink()
    assert "episodes/captions/ has none of soap.json, " in align("soap", cwd=show).err


def test_an_episode_that_cannot_be_read(show: Path, align: Align) -> None:
    (show / "episodes" / "soap.md").write_text("---\ntitle: a: b\n---\n")
    result = align("soap", cwd=show)
    assert (result.status, result.out) == (1, "")
    assert "error[F102]" in result.err


def test_an_episode_of_an_hour(tmp_path: Path, align: Align) -> None:
    spoken, captions = conversation(21, 150)
    text = "".join(f"- line: {line.text!r}\n  who: {line.who}\n" for line in spoken)
    (tmp_path / "hour.md").write_text(f"---\ntitle: x\ntranscript:\n{text}---\n")
    listing = "\n".join(f"{format_clock(c.start_ms)} {c.text}" for c in captions)
    (tmp_path / "hour.txt").write_text(listing)
    result = align("hour", "--captions", "hour.txt", "--json", cwd=tmp_path)
    found = [row["after"] for row in json.loads(result.out)]
    right = [
        after is not None and abs(after - (line.start_ms or 0) / 1000) < 2
        for after, line in zip(found, spoken, strict=True)
    ]
    assert sum(right) >= 0.97 * len(right)


def test_captions_are_read_by_the_ending_of_their_file(tmp_path: Path) -> None:
    (tmp_path / "a.TXT").write_text("\ufeff0:01 one\n\n1:00:02 two")
    assert read_captions(tmp_path / "a.TXT") == (Caption(1000, "one"), Caption(3_602_000, "two"))
    with pytest.raises(InputError, match="there is no such file"):
        read_captions(tmp_path / "b.json")


def test_captions_with_fractions_are_taken_before_listings(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    assert find_captions([tmp_path, other], "a") is None
    (other / "a.json").write_text("")
    assert find_captions([tmp_path, other], "a") == other / "a.json"
    (tmp_path / "a.txt").write_text("")
    assert find_captions([tmp_path, other], "a") == tmp_path / "a.txt"
    (tmp_path / "a.json").write_text("")
    assert find_captions([tmp_path, other], "a") == tmp_path / "a.json"
