"""How the files of a workspace stand, so that a change shows without reading them."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from producer.io.workspace import CONFIG_NAME

# Besides the episodes: what a change of may change all of them.
_FOLDERS = ("people", "templates", "images", "captions")
_OF_EPISODES = ("audio", "captions")

Stamp = tuple[int, int, int]


@dataclass(frozen=True)
class Snapshot:
    """`shared` is of all files but the episodes' own; `episodes` of those, by slug."""

    shared: tuple[tuple[str, Stamp], ...]
    episodes: Mapping[str, Stamp]

    def changed_since(self, before: "Snapshot") -> tuple[str, ...]:
        """The slugs of the episodes that changed, came or went."""
        slugs = {**before.episodes, **self.episodes}
        return tuple(s for s in slugs if before.episodes.get(s) != self.episodes.get(s))


def take_snapshot(root: Path) -> Snapshot:
    """The size, the time of change and the inode of every file that counts."""
    folder = root / "episodes" if (root / "episodes").is_dir() else root
    episodes = {
        name.removesuffix(".md"): stamp
        for name, stamp in _stamps(folder)
        if name.endswith(".md") and not name.startswith(("_", "."))
    }
    shared: list[tuple[str, Stamp]] = []
    if (config := stamp_of(root / CONFIG_NAME)) is not None:
        shared.append((CONFIG_NAME, config))
    folders = [root / name for name in _FOLDERS] + [folder / name for name in _OF_EPISODES]
    for each in dict.fromkeys(folders):
        shared += ((f"{each}/{name}", stamp) for name, stamp in _stamps(each))
    return Snapshot(tuple(sorted(shared)), dict(sorted(episodes.items())))


def _stamps(folder: Path) -> Iterator[tuple[str, Stamp]]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                try:
                    stat = entry.stat()
                except OSError:  # gone meanwhile, or a link that leads nowhere
                    continue
                if not entry.name.startswith(".producer-"):
                    yield entry.name, (stat.st_mtime_ns, stat.st_size, stat.st_ino)
    except OSError:
        return


def stamp_of(path: Path) -> Stamp | None:
    """The size, the time of change and the inode of a file; None for one that is not there."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino
