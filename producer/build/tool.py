"""The tool as one of the things that outputs are made from: its source, and its libraries."""

import os
import sys
from functools import cache
from pathlib import Path

from producer import __version__
from producer.build.fingerprint import digest, digest_of

_PACKAGE = Path(__file__).parent.parent
# Libraries whose next version may give other bytes, by the parts of the product that use them.
_LIBRARIES = {
    "audio": ("audioop_lts", "av", "mutagen", "pydub"),
    "": (
        *("audioop_lts", "av", "mutagen", "pydub"),
        *("feedgen", "jinja2", "lxml", "manimgx_fonts", "manimgx_fonts_cjk", "markupsafe"),
        *("nh3", "pillow", "pyromark", "python_bidi", "python_slugify", "pyyaml", "uharfbuzz"),
    ),
}


@cache
def tool_digest(part: str = "") -> str:
    """The digest of a part of the product, of all of it by default.

    So that no output of an older one is kept. Parts are `audio` and the whole.
    """
    sources = [[name, digest(data)] for name, data in _sources(str(_PACKAGE / part))]
    python = [sys.implementation.name, *sys.version_info[:2]]
    return digest_of([__version__, sources, _versions(_LIBRARIES[part]), python])


def _sources(folder: str) -> list[tuple[str, bytes]]:
    """The Python files below a folder by their relative paths, in order."""
    found = []
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in {"__pycache__", "templates"}]
        for name in files:
            if name.endswith(".py"):
                path = os.path.join(parent, name)  # noqa: PTH118 - at every start
                with open(path, "rb") as file:  # noqa: PTH123
                    found.append((os.path.relpath(path, folder).replace(os.sep, "/"), file.read()))
    return sorted(found)


def _versions(libraries: tuple[str, ...]) -> list[str]:
    """The installed versions, by the names of their metadata folders.

    `importlib.metadata` opens a file for each, and takes longer to import than a build with nothing
    to do may take in all.
    """
    found: dict[str, str] = {}
    for place in sys.path:
        try:
            names = os.listdir(place or ".")  # noqa: PTH208
        except OSError:
            continue
        for name in names:
            stem, dot, _ = name.partition(".dist-info")
            library, _, version = stem.partition("-")
            library = library.lower().replace("-", "_").replace(".", "_")
            if dot and library in libraries:
                found.setdefault(library, f"{library} {version}")
    return sorted(found.values())
