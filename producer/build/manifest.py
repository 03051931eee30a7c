"""What the last build made, and from what. It may be deleted or damaged: then all is built anew."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from producer.io.files import write_bytes

FOLDER = ".producer"
_NAME = "manifest.json"
# Raised when the shape below changes; a manifest of another shape counts as none.
_VERSION = 2


@dataclass(frozen=True, slots=True)
class OutputRecord:
    """A file that was written: its size, and the digest of what it was made from."""

    size: int
    key: str


@dataclass(slots=True)
class EpisodeRecord:
    """An episode as it was last built. Paths of outputs are relative to the output folder."""

    fingerprint: str = ""
    with_audio: bool = False
    inputs: dict[str, str | None] = field(default_factory=dict)
    outputs: dict[str, OutputRecord] = field(default_factory=dict)
    problems: list[dict[str, Any]] = field(default_factory=list)
    item: dict[str, Any] | None = None
    entry: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A media file whose digest holds as long as size, modification time and inode do."""

    size: int
    mtime_ns: int
    inode: int
    digest: str
    duration_ms: int | None = None


@dataclass(slots=True)
class Manifest:
    """The state of an output folder."""

    episodes: dict[str, EpisodeRecord] = field(default_factory=dict)
    site: dict[str, OutputRecord] = field(default_factory=dict)
    files: dict[str, FileRecord] = field(default_factory=dict)
    feed_problems: list[dict[str, Any]] = field(default_factory=list)
    redirects: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, out: Path) -> "Manifest":
        """The manifest of an output folder; an empty one where there is none that can be read."""
        try:
            data = json.loads((out / FOLDER / _NAME).read_bytes())
            if data["version"] != _VERSION:
                return cls()
            return cls(
                {slug: _episode(record) for slug, record in data["episodes"].items()},
                {path: OutputRecord(**record) for path, record in data["site"].items()},
                {path: FileRecord(**record) for path, record in data["files"].items()},
                list(data["feed_problems"]),
                dict(data["redirects"]),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls()

    @property
    def known_outputs(self) -> frozenset[str]:
        """Every output that was written, by its path in the output folder."""
        of_episodes = (path for record in self.episodes.values() for path in record.outputs)
        return frozenset((*of_episodes, *self.site))

    def save(self, out: Path) -> None:
        """Write the manifest, unless it stands there already."""
        path = out / FOLDER / _NAME
        data = json.dumps({"version": _VERSION, **asdict(self)}, ensure_ascii=False, indent=1)
        encoded = data.encode()
        if not path.is_file() or path.read_bytes() != encoded:
            write_bytes(path, encoded)


def _episode(record: dict[str, Any]) -> EpisodeRecord:
    outputs = {path: OutputRecord(**output) for path, output in record["outputs"].items()}
    return EpisodeRecord(**{**record, "outputs": outputs})
