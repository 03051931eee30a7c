"""`fix` by the full diff that a user sees: one directory of input and output for each case.

`input/` is a workspace; `expected.diff` what stdout says, and `expected.txt` stderr.
"""

import json
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st

from producer.build.fixing import FixedFile, write_fixed
from producer.cli.main import cli
from producer.clock_style import clock_style
from producer.derive.derived import derive
from producer.errors import EditError
from producer.fix.file_name import mended_slug
from producer.fix.fixes import FIXES, Fixed, fix_episode
from producer.model.show import Show
from producer.read.episode import read_episode
from producer.source.edit import dump
from producer.source.source import Source
from producer.times import format_clock

HERE = Path(__file__).parent / "fixes"
CASES = sorted(path for path in HERE.iterdir() if path.is_dir())


def run_fix(*args: str) -> tuple[str, str, int]:
    result = CliRunner().invoke(cli, ["fix", *args], standalone_mode=False)
    assert result.exception is None, result.exception
    # click gives back bytes as they are, and text without the CR of line ends.
    return result.stdout_bytes.decode(), result.stderr, result.return_value


def contents(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_every_kind_of_mend_has_a_case() -> None:
    kinds = {fix.__name__.removeprefix("mend_") for fix in FIXES} | {"file_name", "show_guid"}
    assert kinds == {case.name.split("-")[0] for case in CASES} - {"nothing"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update_golden: bool
) -> None:
    root = tmp_path / "show"
    shutil.copytree(case / "input", root)
    monkeypatch.chdir(root)
    before = contents(root)

    diff, _, dry_status = run_fix("--dry-run")
    assert contents(root) == before, "a dry run writes nothing"
    shown, said, status = run_fix()

    assert (shown, status) == (diff, dry_status)
    for name, text in (("expected.diff", diff), ("expected.txt", said)):
        if update_golden:
            (case / name).write_text(text, newline="")
        assert text == (case / name).read_bytes().decode()
    assert bool(diff) == (contents(root) != before)
    after = contents(root)
    again, _, _ = run_fix()
    assert (again, contents(root)) == ("", after), "a second run changes nothing"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_git_applies_the_diff_to_the_same_end(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mended, patched = tmp_path / "mended", tmp_path / "patched"
    for root in (mended, patched):
        shutil.copytree(case / "input", root)
    monkeypatch.chdir(mended)
    diff, _, _ = run_fix()
    if diff:
        git = ["git", "apply", "--whitespace=nowarn", "-"]
        subprocess.run(git, cwd=patched, input=diff.encode(), check=True, timeout=60)
    assert contents(patched) == contents(mended)


EXAMPLES = int(os.environ.get("PRODUCER_EXAMPLES", "200"))
ENTRY = st.fixed_dictionaries(
    {},
    optional={
        "header": st.sampled_from(["A", "B", "C"]),
        "line": st.sampled_from(["one two three", "four"]),
        "sec": st.one_of(st.integers(0, 100), st.sampled_from(["x", None, 1.5])),
        "time": st.sampled_from(["0:00", "0:30", "1:10", "00:01:00", "0:3x", None]),
        "who": st.sampled_from(["Ada", "Ben"]),
        "note": st.just("kept"),
    },
)
CLIP = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["A", "B", "D", None]),
        "startOffset": st.one_of(st.integers(0, 100), st.just("x")),
        "url": st.sampled_from(["https://youtu.be/abcdefghijk?t=30", "none"]),
        "endOffset": st.one_of(st.integers(0, 100), st.just(None)),
        "mood": st.just("kept"),
    },
)
FRONT = st.fixed_dictionaries(
    {"transcript": st.lists(ENTRY, max_size=8)},
    optional={
        "title": st.just("x"),
        "guid": st.sampled_from(["1", None, ["x"]]),
        "ids": st.sampled_from([None, {}, {"youtube": "abcdefghijk"}, {"youtube": "?"}, "x"]),
        "links": st.sampled_from(
            [None, {}, {"youtube": "https://youtu.be/abcdefghijl"}, {"youtube": None}, ["x"]]
        ),
        "duration": st.sampled_from(["PT1M", "x", 75, None, ["x"]]),
        "quotableClips": st.one_of(st.lists(CLIP, max_size=5), st.just("x")),
        "custom": st.just({"kept": [1, 2]}),
    },
)


@given(FRONT, st.sampled_from([None, 90_000]))
@settings(max_examples=EXAMPLES)
def test_a_second_fix_changes_nothing_and_a_first_one_only_what_it_says(
    front: dict[str, Any], audio_ms: int | None
) -> None:
    text = f"---\n{dump(front)}---\nbody\n"

    fixed = fix_text(text, audio_ms)
    again = fix_text(fixed.after.text, audio_ms)

    assert not fixed.refused
    assert (again.after, again.mends) == (fixed.after, ())
    touched = {str(edit.path[0]) for mend in fixed.mends for edit in mend.edits}
    before, after = data_of(fixed.before), data_of(fixed.after)
    assert {k for k in before.keys() | after.keys() if before.get(k) != after.get(k)} <= touched
    assert touched <= {"guid", "ids", "links", "duration", "quotableClips", "transcript"}


@given(FRONT)
@settings(max_examples=EXAMPLES // 2)
def test_fixing_loses_no_line_and_no_key_of_ones_own(front: dict[str, Any]) -> None:
    fixed = fix_text(f"---\n{dump(front)}---\n", None)

    def kept(source: Source) -> list[Any]:
        entries = data_of(source)["transcript"] or []
        return [
            {k: v for k, v in entry.items() if k not in ("sec", "time")}
            for entry in entries
            if "line" in entry or "note" in entry
        ]

    assert kept(fixed.after) == kept(fixed.before)


def fix_text(text: str, audio_ms: int | None) -> Fixed:
    episode, _ = read_episode("x", "x.md", text.encode())
    assert episode is not None
    return fix_episode(derive(episode, Show(), {}, audio_ms))


def data_of(source: Source) -> dict[str, Any]:
    episode, _ = read_episode("x", "x.md", source.encode())
    assert episode is not None
    return dict(episode.data)


def test_a_file_that_changed_meanwhile_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    text = "---\ntitle: x\ntranscript: []\n---\n"
    path.write_text(text + "changed\n")
    file = FixedFile(path, fix_text(text, None))

    with pytest.raises(EditError, match="changed since it was read"):
        write_fixed(file)

    assert path.read_text() == text + "changed\n"


@pytest.mark.parametrize(
    ("slug", "wanted"),
    [
        ("s01e01-a_b", "s01e01-a_b"),
        ("--odd--but-plain", "--odd--but-plain"),
        ("a.md", "a"),
        ("a.MD.md", "a"),
        ("a b", "a-b"),
        ("a - b", "a-b"),
        ("Ep. 3: What's up?", "Ep-3-Whats-up"),
        ("crème brûlée", "creme-brulee"),
        ("größe", None),
        ("日本", None),
        ("!!!", None),
        (".md", None),
    ],
)
def test_names_of_files(slug: str, wanted: str | None) -> None:
    assert mended_slug(slug) == wanted


@given(st.text(max_size=20))
def test_a_mended_name_needs_no_mending(slug: str) -> None:
    mended = mended_slug(slug)
    assert mended is None or mended_slug(mended) == mended


@given(
    st.lists(st.integers(0, 20_000_000), min_size=1, max_size=20),
    st.sampled_from(
        [
            format_clock,
            lambda ms: format_clock(ms, hours=True),
            lambda ms: format_clock(ms, hours=False),
            lambda ms: format_clock(ms, hours=True).zfill(8),
        ]
    ),
)
def test_times_are_written_as_the_file_writes_them(
    times: list[int], write: Callable[[int], str]
) -> None:
    learned = clock_style(map(write, times))
    assert [learned(ms) for ms in times] == [write(ms) for ms in times]


def test_everything_on_the_corpus(corpus: Path, tmp_path: Path, producer: Run) -> None:
    root = tmp_path / "corpus"
    shutil.copytree(corpus, root)
    mendable = {"C107", "F109", "Q101", "Q102", "Q103", "Q104", "Q106", "T106", "L106"}

    def found() -> Counter[str]:
        problems = json.loads(producer("check", "--json", "--root", root).out)
        return Counter(problem["code"] for problem in problems)

    before = found()
    assert before.keys() >= {"C107", "F109", "Q101", "Q103", "Q104", "Q105", "T107", "T108"}
    producer("fix", "--root", root)
    after = found()

    assert {code: count for code, count in after.items() if code in mendable} == {}
    assert after == Counter({c: n for c, n in before.items() if c not in mendable})
    fixed = contents(root)
    assert producer("fix", "--root", root).out == ""
    assert contents(root) == fixed
