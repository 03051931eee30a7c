"""Analyses kept by the content of the recording, so that each recording is measured once.

A file is one line of JSON and then bytes: the line says how many, and their digest. One that is
damaged, or of another version, counts as none.
"""

import contextlib
import hashlib
import json
from dataclasses import fields
from pathlib import Path
from typing import Any

from producer.audio.analysis import Analysis, analyse
from producer.errors import WriteError
from producer.io.files import write_bytes

_FOLDER = "analysis"
# Raised when an analysis of the same recording would come out otherwise.
_VERSION = 1
_BYTES = ("peaks", "levels")
# 100 hours at three bytes for 10 ms, and room.
_MAX_BYTES = 128 << 20


def cached_analysis(path: Path, digest: str, folder: Path, *, may_write: bool = True) -> Analysis:
    """The analysis of the recording at `path`, whose content has this digest.

    It is taken from `folder`, the `.producer/` of an output folder, and put there where it was not,
    unless `may_write` is off. A folder that cannot be written to does no harm but that the next
    call takes as long. Raises AudioError where there is nothing to decode.
    """
    kept = folder / _FOLDER / f"{digest}.bin"
    found = _read(kept)
    if found is None:
        found = analyse(path)
        if may_write:
            with contextlib.suppress(WriteError):
                write_bytes(kept, to_bytes(found))
    return found


def to_bytes(analysis: Analysis) -> bytes:
    """The analysis as the bytes of a file."""
    values: dict[str, Any] = {each.name: getattr(analysis, each.name) for each in fields(analysis)}
    parts = [values.pop(name) for name in _BYTES]
    head = {
        "version": _VERSION,
        "values": values,
        "sizes": [len(part) for part in parts],
        "digest": _digest(values, parts),
    }
    return b"".join([json.dumps(head).encode(), b"\n", *parts])


def from_bytes(data: bytes) -> Analysis | None:
    """The analysis in a file's bytes; None where they are not what `to_bytes` made."""
    try:
        line, _, rest = data.partition(b"\n")
        head = json.loads(line)
        if head["version"] != _VERSION or sum(head["sizes"]) != len(rest):
            return None
        size = head["sizes"][0]
        parts = [rest[:size], rest[size:]]
        if head["digest"] != _digest(head["values"], parts):
            return None
        values: dict[str, Any] = {**head["values"], **dict(zip(_BYTES, parts, strict=True))}
        return Analysis(**values)
    except (ValueError, LookupError, TypeError, RecursionError):
        return None


def _digest(values: dict[str, Any], parts: list[bytes]) -> str:
    whole = b"".join([json.dumps(values, sort_keys=True).encode(), b"\n", *parts])
    return hashlib.blake2b(whole, digest_size=16).hexdigest()


def _read(path: Path) -> Analysis | None:
    try:
        if path.stat().st_size > _MAX_BYTES:
            return None
        return from_bytes(path.read_bytes())
    except OSError:
        return None
