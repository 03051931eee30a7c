"""Deleting what builds have made: the outputs, and what was kept of them."""

import contextlib
import shutil
from collections.abc import Callable
from pathlib import Path

from producer.build.lock import drop_empty, locked
from producer.build.manifest import FOLDER, Manifest
from producer.io.files import remove


def clean(out: Path, *, dry_run: bool, on_wait: Callable[[], None]) -> list[str]:
    """Delete every output that is known; the paths of those that were there, in order.

    Files of others stay, and so does a folder that holds one. What a build that was killed left
    half done goes, too. Raises WriteError where a file cannot be deleted.
    """
    if not (out / FOLDER).is_dir():
        return []
    if dry_run:
        return _there(out)
    with locked(out, on_wait) as lock:
        paths = _there(out)
        for path in paths:
            remove(out / path)
        with Manifest.load(out) as manifest:
            lock.finish(frozenset(), manifest.episodes)
        for path in manifest.known_outputs:
            drop_empty(out, (out / path).parent)
    shutil.rmtree(out / FOLDER, ignore_errors=True)
    with contextlib.suppress(OSError):  # there is something of others in it
        out.rmdir()
    return paths


def _there(out: Path) -> list[str]:
    with Manifest.load(out) as manifest:
        return sorted(path for path in manifest.known_outputs if (out / path).is_file())
