"""A check of an archive holds no episode longer than it looks at it."""

import datetime
import gc
import shutil
import weakref
from pathlib import Path
from typing import Any

import pytest

from producer.build import checking
from producer.build.media_files import MediaFiles
from producer.io.workspace import Workspace
from producer.source.source import Source


def test_one_episode_at_a_time(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (first, *_) = sorted((sample / "episodes").glob("s*.md"))
    text = first.read_text(encoding="utf-8").replace(
        "transcript:\n", "# producer: silence P102\ntranscript:\n", 1
    )
    for number in range(8):
        shutil.copy(first, sample / "episodes" / f"copy-{number}.md")
        (sample / "episodes" / f"copy-{number}.md").write_text(text, encoding="utf-8")
    sources: list[weakref.ref[Source]] = []
    alive: list[int] = []
    load = checking.load_episode

    def watched(*arguments: Any) -> Any:
        gc.collect()
        alive.append(sum(source() is not None for source in sources))
        loaded = load(*arguments)
        assert loaded.derived is not None
        sources.append(weakref.ref(loaded.derived.episode.source))
        return loaded

    monkeypatch.setattr(checking, "load_episode", watched)
    workspace = Workspace.open(sample)
    now = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
    found = checking.check_workspace(
        workspace, workspace.episode_paths, MediaFiles({}), now, is_whole=True
    )
    assert len(alive) >= 10
    assert max(alive) <= 1
    # What was kept was enough to say where it stands, in each of the copies.
    codes = {problem.code for problem in found if "copy-" in problem.path}
    assert {"F110", "F111", "F112", "X101"} <= codes
