"""One build at a time into a folder, and each knows whether the one before came to its end."""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from producer.build.manifest import FOLDER
from producer.errors import WriteError

_LOCK = "lock"
_UNFINISHED = "unfinished"
_TEMPORARY = ".producer-*.tmp"


@contextlib.contextmanager
def locked(out: Path, on_wait: Callable[[], None]) -> Iterator[bool]:
    """The only build into `out` for as long as the block lasts; yields whether the last one died.

    Waits for another one to end, after a call of `on_wait`. Raises WriteError where there can be no
    lock.
    """
    from filelock import FileLock, Timeout

    folder = out / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / _LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            on_wait()
            lock.acquire()
        marker = folder / _UNFINISHED
        died = marker.exists()
        marker.touch()
    except OSError as error:
        raise WriteError(f"{out}: cannot be written to: {error.strerror}") from error
    try:
        yield died
        marker.unlink(missing_ok=True)
    finally:
        lock.release()


def sweep(out: Path, slugs: Iterable[str], known: frozenset[str]) -> None:
    """Delete what a build that died left half done in the folders of episodes.

    `known` are the outputs that stand, by their paths in `out`. Files of others stay.
    """
    for temporary in out.rglob(_TEMPORARY):
        temporary.unlink(missing_ok=True)
    for slug in slugs:
        for path in (out / slug).rglob("*"):
            if path.is_file() and path.relative_to(out).as_posix() not in known:
                path.unlink(missing_ok=True)
