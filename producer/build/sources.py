"""What the files of a workspace hold at the moment, each looked at once in a build."""

from pathlib import Path

from producer.build.fingerprint import digest_source
from producer.build.media_files import MediaFiles

_READ_ALWAYS = (".md", ".yaml")
# The digest of a file that is there and cannot be read: it equals no other, and no missing file.
UNREADABLE = "unreadable"


class Sources:
    """Digests of files by their names: paths from the top of the workspace, else absolute.

    Text is read each time: size and times of a file say nothing for certain after a checkout, and
    reading ten thousand episodes takes less time than looking at what was made from them. Sound and
    pictures are trusted as `MediaFiles` does.

    The first look counts. What is built is read later, so a file that changes in between is built
    again by the next build, and never taken for one that stands.
    """

    def __init__(self, root: Path, media: MediaFiles) -> None:
        self._root = root
        self._media = media
        self._seen: dict[str, str | None] = {}

    def name(self, path: Path) -> str:
        """The name of a file."""
        return source_name(self._root, path)

    def digest(self, name: str) -> str | None:
        """The digest of a file; None where there is none."""
        if name not in self._seen:
            self._seen[name] = self._look(name)
        return self._seen[name]

    def _look(self, name: str) -> str | None:
        path = name if name.startswith("/") else str(self._root / name)
        if not name.endswith(_READ_ALWAYS):
            return self._media.digest_at(path)
        try:
            return digest_source(path)
        except FileNotFoundError:
            return None
        except OSError:
            return UNREADABLE


def source_name(root: Path, path: Path) -> str:
    """The name of a file: its path from the top of the workspace if it lies there."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
