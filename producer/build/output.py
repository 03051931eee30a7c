"""A planned output: where it goes, what it is made from, and how it is made."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from producer.build.fingerprint import digest


@dataclass(frozen=True, slots=True)
class Output:
    """A file to write. `path` is relative to the output folder, with forward slashes.

    `key` is the digest of everything that it is made from: while it stands, and the file is there,
    nothing is written. `make` writes the content to the path that it is given.
    """

    path: str
    key: str
    make: Callable[[Path], object]

    @classmethod
    def of_bytes(cls, path: str, data: bytes) -> "Output":
        """An output whose bytes are known."""
        return cls(path, digest(data), lambda target: target.write_bytes(data))

    @classmethod
    def of_text(cls, path: str, text: str) -> "Output":
        """An output of text, as UTF-8."""
        return cls.of_bytes(path, text.encode())
