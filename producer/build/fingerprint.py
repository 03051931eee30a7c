"""Digests of what outputs are made from."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from producer import __version__

_PACKAGE = Path(__file__).parent.parent


def digest(data: bytes) -> str:
    """The digest of bytes, as hex."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def digest_of(value: Any) -> str:
    """The digest of plain data."""
    return digest(json.dumps(value, ensure_ascii=False, sort_keys=True).encode())


def digest_file(path: Path) -> str:
    """The digest of a file's content, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


@cache
def code_digest(folder: str = "") -> str:
    """The version of the product, and its source, so that no output of an older one is kept."""
    sources = sorted((_PACKAGE / folder).rglob("*.py"))
    return digest_of([__version__, [digest(path.read_bytes()) for path in sources]])
