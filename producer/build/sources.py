"""What the files of a workspace hold at the moment, each looked at once in a build."""

import os
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
        self._prefix = f"{root}{os.sep}"
        self._media = media
        self._seen: dict[str, str | None] = {}

    def name(self, path: Path) -> str:
        """The name of a file: its path from the top of the workspace if it lies there."""
        text = str(path)
        if text.startswith(self._prefix):
            text = text[len(self._prefix) :]
        return text if os.sep == "/" else text.replace(os.sep, "/")

    def digest(self, name: str) -> str | None:
        """The digest of a file; None where there is none."""
        if name not in self._seen:
            self._seen[name] = self._look(name)
        return self._seen[name]

    def _look(self, name: str) -> str | None:
        path = os.path.join(self._prefix, name)  # noqa: PTH118 - ten thousand times in a build
        if not name.endswith(_READ_ALWAYS):
            return self._media.digest_at(path)
        try:
            return digest_source(path)
        except FileNotFoundError:
            return None
        except OSError:
            return UNREADABLE
