"""Publishing to a folder: media first, then documents, pages, and the feed last.

Whoever reads the feed at any moment finds all that it names: it is replaced only when everything
else lies in its place, and each file arrives whole.
"""

import filecmp
from collections.abc import Callable
from pathlib import Path

from producer.audio.formats import SUFFIXES
from producer.errors import WorkspaceError
from producer.feed.rss import FEED_NAME
from producer.io.files import read_bytes, write_bytes

_IMAGES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg")


def publish_folder(
    build: Path, target: Path, *, dry_run: bool, on_file: Callable[[str], None]
) -> int:
    """Copy what differs by content; the number of files copied (or, dry, to copy).

    Nothing is deleted from `target`. Raises WorkspaceError without a build, WriteError where a
    file cannot be written: then the feed that stood there stands.
    """
    if not (build / "index.html").is_file():
        raise WorkspaceError(f"{build}: nothing is built there", hint="run `producer build` first")
    if target.resolve().is_relative_to(build.resolve()):
        raise WorkspaceError(f"{target}: lies inside of the build", hint="name another folder")
    count = 0
    for path in sorted(_files(build), key=lambda path: (_turn(path), path.as_posix())):
        there = target / path
        if there.is_file() and filecmp.cmp(build / path, there, shallow=False):
            continue
        if not dry_run:
            write_bytes(there, read_bytes(build / path, limit=None))
        on_file(path.as_posix())
        count += 1
    return count


def _files(build: Path) -> list[Path]:
    """The outputs, without what the build keeps for itself."""
    paths = (path.relative_to(build) for path in build.rglob("*") if path.is_file())
    return [path for path in paths if not any(part.startswith(".") for part in path.parts)]


def _turn(path: Path) -> int:
    """What is named goes before what names it."""
    if path.name == FEED_NAME:
        return 3
    if path.suffix == ".html":
        return 2
    return 0 if path.suffix.lower() in (*SUFFIXES, *_IMAGES) else 1
