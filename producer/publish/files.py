"""The files of a build that are published, and their digests."""

import hashlib
import json
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from producer.errors import InputError, ProducerError
from producer.io.files import write_bytes
from producer.publish.headers import is_versioned

_CHUNK_BYTES = 1 << 20
_DRAFTS = "share"
# Beside what the build keeps for itself; deleting it costs time, nothing else.
_CACHE = Path(".producer") / "digests.json"


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file to publish: its path at the target, where it lies here, its length and its digest.

    `path` has forward slashes and no part that begins with a dot.
    """

    path: str
    source: Path
    size: int
    sha256: str


def build_files(out: Path, on_bytes: Callable[[int], None] = lambda count: None) -> list[LocalFile]:
    """The outputs, in the order of their paths.

    Without what is no listener's: what the build keeps for itself, the drafts, and the second name
    of each recording.

    Raises InputError where one cannot be read.
    """
    known = _load(out)
    kept: dict[str, list[Any]] = {}
    files = []
    try:
        paths = sorted(path for path in out.rglob("*") if path.is_file())
        for source in paths:
            relative = source.relative_to(out)
            if not _is_public(relative.parts):
                continue
            status = source.stat()
            facts = [status.st_size, status.st_mtime_ns, status.st_ino]
            path = relative.as_posix()
            entry = known.get(path)
            sha256 = entry[3] if entry and entry[:3] == facts else digest_of_file(source, on_bytes)
            kept[path] = [*facts, sha256]
            files.append(LocalFile(path, source, status.st_size, sha256))
    except OSError as error:
        raise InputError(f"{out}: cannot be read: {error.strerror}") from error
    if kept != known:
        _save(out, kept)
    sent = {
        (file.sha256, PurePosixPath(file.path).parent) for file in files if is_versioned(file.path)
    }
    return [file for file in files if not _is_own_copy(file, sent)]


def _is_own_copy(file: LocalFile, sent: Set[tuple[str, PurePosixPath]]) -> bool:
    """Whether it is `<slug>/<slug>.<ext>`, and goes out under the name that the feed has for it."""
    path = PurePosixPath(file.path)
    return path.stem == path.parent.name and (file.sha256, path.parent) in sent


def _is_public(parts: Sequence[str]) -> bool:
    hidden = any(part.startswith(".") for part in parts)
    return not hidden and (len(parts) != 3 or parts[1] != _DRAFTS)


def digest_of_file(path: Path, on_bytes: Callable[[int], None] = lambda count: None) -> str:
    """The SHA-256 of a file, in hexadecimal. Raises OSError."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
            on_bytes(len(chunk))
    return digest.hexdigest()


def _load(out: Path) -> dict[str, list[Any]]:
    try:
        data = json.loads((out / _CACHE).read_bytes())
        return {
            path: entry
            for path, entry in data.items()
            if isinstance(entry, list) and len(entry) == 4 and isinstance(entry[3], str)
        }
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}


def _save(out: Path, kept: dict[str, list[Any]]) -> None:
    try:
        write_bytes(out / _CACHE, json.dumps(kept, ensure_ascii=False).encode())
    except ProducerError:
        # A build that may only be read can be published; its digests are made anew each time.
        return
