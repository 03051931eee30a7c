"""Shows to publish, and places to publish them to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from publish.places import PLACES, Place


@pytest.fixture(params=list(PLACES))
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Each kind of target."""
    yield from PLACES[request.param](_made(tmp_path))


def _made(tmp_path: Path) -> Path:
    folder = tmp_path / "place"
    folder.mkdir()
    return folder


@pytest.fixture
def show(built_copy: Path) -> Path:
    """The sample show, built, to change at will."""
    return built_copy


def retitle(show: Path, title: str) -> str:
    """Give the first episode another title; its slug."""
    path = min((show / "episodes").glob("s01e01*.md"))
    text = path.read_text(encoding="utf-8")
    old = "title: A Podcast in a Git Repository"
    assert old in text
    path.write_text(text.replace(old, f"title: {title}"), encoding="utf-8")
    return path.stem
