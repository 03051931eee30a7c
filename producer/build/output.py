"""A planned output: where it goes, what it is made from, and how it is made."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from producer.build.fingerprint import digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A file to write. `path` is relative to the output folder, with forward slashes.

    `key` is the digest of everything that it is made from: while it stands, and the file is there,
    nothing is written. The content is `data`, or what `make` writes to the path that it is given,
    of which `content` is the digest if that is known before.

    `is_measured` is set where other outputs tell the size: a dry run then makes it aside.
    `about_bytes` is near enough where nothing else could come out the same.
    """

    path: str
    key: str
    make: Callable[[Path], object] = lambda target: None
    data: bytes | None = None
    content: str = ""
    is_measured: bool = False
    about_bytes: int = 1

    @classmethod
    def of_bytes(cls, path: str, data: bytes) -> "Output":
        """An output whose bytes are known."""
        return cls(path=path, key=digest(data), data=data)

    @classmethod
    def of_text(cls, path: str, text: str) -> "Output":
        """An output of text, as UTF-8."""
        return cls.of_bytes(path, text.encode())
