"""What a target was given: a document that lies there, read before a publication, written after.

It may be lost, old or damaged, and is not believed where the target itself says otherwise.
"""

import json
from dataclasses import dataclass, field
from typing import Any

STATE_PATH = ".producer/published.json"
# Of a show with a hundred thousand files.
MAX_BYTES = 64 * 1024 * 1024
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Record:
    """A file as it was sent and verified.

    `tag` is the target's own mark of those bytes, if it has any (see `RemoteFile`). `headers` are
    those that it was sent with, as one text. `missing_since` is the moment, in seconds since 1970,
    when it was first found to be no part of the show any more; 0 while it is one.
    """

    size: int
    sha256: str
    tag: str = ""
    headers: str = ""
    missing_since: int = 0


@dataclass(slots=True)
class State:
    """The files by their paths."""

    files: dict[str, Record] = field(default_factory=dict)

    @classmethod
    def parse(cls, data: bytes | None) -> "State":
        """The state in a document; entries that make no sense are left out, or all of them."""
        try:
            document = json.loads(data or b"")
            if document["version"] != _VERSION:
                return cls()
            entries = dict(document["files"]).items()
        except (ValueError, KeyError, TypeError, RecursionError):
            return cls()
        return cls({p: r for p, entry in entries if is_safe(p) and (r := _record(entry))})

    def dump(self) -> bytes:
        """The document."""
        files = {
            path: {name: getattr(record, name) for name in Record.__slots__}
            for path, record in sorted(self.files.items())
        }
        return (json.dumps({"version": _VERSION, "files": files}, indent=1) + "\n").encode()


def is_safe(path: str) -> bool:
    """Whether a path stays below the target's top, and away from what is not published.

    The document may have been written by anybody, and `--prune` deletes by it.
    """
    parts = path.split("/")
    is_plain = all(part and not part.startswith(".") and "\\" not in part for part in parts)
    return is_plain and path.isprintable()


def _record(entry: Any) -> Record | None:
    if not isinstance(entry, dict):
        return None
    size, since = entry.get("size"), entry.get("missing_since", 0)
    texts = [entry.get(name, "") for name in ("sha256", "tag", "headers")]
    numbers = all(type(number) is int and 0 <= number < 1 << 62 for number in (size, since))
    if not numbers or not all(isinstance(text, str) for text in texts):
        return None
    sha256, tag, headers = texts
    return Record(entry["size"], sha256, tag, headers, since)
