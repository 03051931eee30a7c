"""One build at a time into a folder, and each knows what the one before left half done."""

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from producer.build.manifest import FOLDER
from producer.errors import WriteError
from producer.io.files import write_bytes
from producer.io.outputs import PREFIX, SUFFIX

_LOCK = "lock"
_UNFINISHED = "unfinished"


class Lock:
    """A held lock. `waited` says whether another build held it before."""

    def __init__(self, out: Path, *, waited: bool) -> None:
        self.waited = waited
        self._out = out
        self._marker = out / FOLDER / _UNFINISHED
        self.is_after_death = self._marker.exists()
        noted = _places(self._marker)
        self._is_marker_lost = self.is_after_death and noted is None
        self._places: set[str] = set(noted or ())
        self._is_worker_lost = False

    def begin(self, places: Iterable[str]) -> None:
        """Note where files are going to be written, before any is. Raises WriteError.

        A place is a path in the output folder; one that ends in a slash, a folder of the build.
        """
        self._places |= set(places)
        write_bytes(self._marker, json.dumps(sorted(self._places)).encode())

    def note_lost_worker(self) -> None:
        """Note that a worker died, or could have: it leaves what it was writing."""
        self._is_worker_lost = True

    def finish(self, known: frozenset[str], slugs: Iterable[str]) -> None:
        """Delete what a build that died left in those places and is not known; forget them.

        Where it can no longer be read what they were, they are the folders of all episodes.
        """
        if self._is_marker_lost:
            self._places |= {f"{slug}/" for slug in slugs}
        if self.is_after_death:
            _sweep(self._out, self._places, known)
        if self._is_worker_lost:
            for place in self._places:
                _sweep_temporaries(self._out / place)
        self._marker.unlink(missing_ok=True)


def is_unfinished(out: Path) -> bool:
    """Whether a build into the folder died, or is at work."""
    return (out / FOLDER / _UNFINISHED).exists()


@contextlib.contextmanager
def locked(out: Path, on_wait: Callable[[], None]) -> Iterator[Lock]:
    """The only build into `out` for as long as the block lasts.

    Waits for another one to end, after a call of `on_wait`. Raises WriteError where there can be no
    lock.
    """
    from filelock import FileLock, Timeout

    waited = False
    try:
        (out / FOLDER).mkdir(parents=True, exist_ok=True)
        lock = FileLock(out / FOLDER / _LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            waited = True
            on_wait()
            lock.acquire()
    except OSError as error:
        raise WriteError(f"{out}: cannot be written to: {error.strerror}") from error
    try:
        held = Lock(out, waited=waited)
        if held.is_after_death:
            _sweep_temporaries(out)
        yield held
    finally:
        lock.release()


def _places(marker: Path) -> list[str] | None:
    """The places in a marker; None for one that is damaged or not there."""
    try:
        places = json.loads(marker.read_bytes())
    except (OSError, ValueError):
        return None
    is_one = isinstance(places, list) and all(isinstance(place, str) for place in places)
    return places if is_one else None


def _sweep_temporaries(folder: Path) -> None:
    for temporary in folder.rglob(f"{PREFIX}*{SUFFIX}"):
        temporary.unlink(missing_ok=True)


def _sweep(out: Path, places: Iterable[str], known: frozenset[str]) -> None:
    """Files of others stay, but for those in folders that the build has to itself."""
    for place in places:
        path = out / place
        if ".." in Path(place).parts or Path(place).is_absolute():
            continue
        inside = list(path.rglob("*")) if place.endswith("/") else [path]
        for file in inside:
            if file.is_file() and file.relative_to(out).as_posix() not in known:
                file.unlink(missing_ok=True)
        drop_empty(out, path if place.endswith("/") else path.parent)


def drop_empty(out: Path, folder: Path) -> None:
    """Delete folders that hold nothing, from the innermost up to `out`, which stays."""
    if folder == out:
        return
    below = sorted((p for p in folder.rglob("*") if p.is_dir()), reverse=True)
    around = [p for p in (folder, *folder.parents) if p.is_relative_to(out) and p != out]
    for each in (*below, *around):
        with contextlib.suppress(OSError):
            each.rmdir()
