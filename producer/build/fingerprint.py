"""Digests of what outputs are made from: SHA-256, cut to 128 bits.

Processors have instructions for it: it is more than twice as fast as BLAKE2b there.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

_LENGTH = 32


def digest(data: bytes) -> str:
    """The digest of bytes, as hex."""
    return hashlib.sha256(data).hexdigest()[:_LENGTH]


def digest_of(value: Any) -> str:
    """The digest of plain data."""
    return digest(json.dumps(value, ensure_ascii=False, sort_keys=True).encode())


def digest_file(path: Path) -> str:
    """The digest of a file's content, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:_LENGTH]


def digest_source(path: str) -> str:
    """The digest of a source file, which every build reads anew, in one piece."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - ten thousand times in a build
        return digest(file.read())
