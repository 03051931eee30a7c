"""Each kind of edit in each real file: exactly the lines of its key or entry change."""

import copy
import difflib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from producer.source.document import Document, plain_data
from producer.source.edit import Edit, Insert, Remove, Set, apply
from producer.source.front_matter import split
from producer.source.source import Source

EPISODES = Path(__file__).parents[2] / "shared" / "corpus" / "episodes"
LINE = {"line": "A line: its text", "sec": 75, "time": "1:15", "who": "Ann"}
HEADER = "Why? Because: it's new"
ANY = -1  # titles are folded over one line or more


def front_matter(source: Source) -> Any:
    return plain_data(Document.parse(source, split(source).front_matter, "F102").root)


def edits_of(data: Any) -> list[tuple[Edit, Callable[[Any], Any], int, int]]:
    """Edits, the same in plain Python, and how many lines go and come."""
    entries = data["transcript"]
    count = len(entries)
    timed = next(n for n, each in enumerate(entries) if n and {"sec", "line"} <= each.keys())
    who = next(n for n, each in enumerate(entries) if n > timed and list(each)[-1:] == ["who"])
    edits: list[tuple[Edit, Callable[[Any], Any], int, int]] = [
        (Set(("season",), 99), lambda d: d.update(season=99), 1, 1),
        (Set(("title",), "New: title"), lambda d: d.update({"title": "New: title"}), ANY, 1),
        (Set(("guid",), "x"), lambda d: d.update(guid="x"), 0, 1),
        (Remove(("season",)), lambda d: d.pop("season"), 1, 0),
        (Set(("ids", "youtube"), "-x"), lambda d: d["ids"].update(youtube="-x"), 1, 1),
        (Set(("ids", "new"), "x"), lambda d: d["ids"].update(new="x"), 0, 1),
        (Remove(("ids", "youtube")), lambda d: d["ids"].pop("youtube"), 1, 0),
        (
            Set(("audio", "offset"), 12.35, before=("transcript",)),
            lambda d: d.update(audio={"offset": 12.35}),
            0,
            2,
        ),
        (
            Set(("transcript", timed, "sec"), 9999),
            lambda d: d["transcript"][timed].update(sec=9999),
            1,
            1,
        ),
        (Remove(("transcript", timed, "sec")), lambda d: d["transcript"][timed].pop("sec"), 1, 0),
        (
            Set(("transcript", timed, "new"), "1:25", before=("sec",)),
            lambda d: d["transcript"][timed].update(new="1:25"),
            0,
            1,
        ),
        (Remove(("transcript", who, "who")), lambda d: d["transcript"][who].pop("who"), 1, 0),
    ]
    for index in (0, timed, count):
        edits.append(
            (
                Insert(("transcript",), index, LINE),
                lambda d, index=index: d["transcript"].insert(index, LINE),
                0,
                4,
            )
        )
    headers = [n for n, each in enumerate(entries) if list(each) == ["header"]]
    for index in headers[:1]:
        edits += [
            (
                Set(("transcript", index, "header"), HEADER),
                lambda d, index=index: d["transcript"][index].update(header=HEADER),
                ANY,
                1,
            ),
            (
                Remove(("transcript", index)),
                lambda d, index=index: d["transcript"].pop(index),
                ANY,
                0,
            ),
        ]
    return edits


@pytest.mark.skipif(not EPISODES.is_dir(), reason="the corpus of real episodes is not there")
@pytest.mark.parametrize("path", sorted(EPISODES.glob("*.md")), ids=lambda path: path.stem[:30])
def test_each_edit_changes_the_lines_of_its_key(path: Path) -> None:
    source = Source.decode(path.name, path.read_bytes())
    data = front_matter(source)
    old = source.text.splitlines(keepends=True)
    for edit, in_python, fewer, more in edits_of(data):
        wanted = copy.deepcopy(data)
        in_python(wanted)
        edited = apply(source, [edit])
        assert front_matter(edited) == wanted, edit
        new = edited.text.splitlines(keepends=True)
        gone, come = changed(old, new)
        assert (gone, come) == (gone if fewer == ANY else fewer, more), edit


def changed(old: list[str], new: list[str]) -> tuple[int, int]:
    """How many neighbouring lines of the old text gave way to how many of the new one."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return len(old) - start - end, len(new) - start - end


@pytest.mark.skipif(not EPISODES.is_dir(), reason="the corpus of real episodes is not there")
def test_many_edits_of_real_files_are_made_at_once() -> None:
    for path in sorted(EPISODES.glob("*.md"))[:5]:
        source = Source.decode(path.name, path.read_bytes())
        entries = front_matter(source)["transcript"]
        edits = [
            Set(("transcript", number, "sec"), each["sec"] + 1)
            for number, each in enumerate(entries)
            if "sec" in each
        ]
        edited = apply(source, edits)
        diff = difflib.ndiff(source.text.splitlines(), edited.text.splitlines())
        came = [line for line in diff if line.startswith("+ ")]
        assert len(came) == len(edits)
        assert all(line.lstrip("+ -").startswith("sec: ") for line in came)
        back = [Set(each.path, each.value - 1) for each in edits]
        assert apply(edited, back) == source
