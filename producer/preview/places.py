"""Which files may be served: those of the workspace, with links followed before judging."""

from pathlib import Path

from producer.audio.formats import SUFFIXES


def inside(folder: Path, path: Path) -> Path | None:
    """The real place of a regular file that lies in a folder; None for anything else.

    Links are followed and `..` is worked out first, so that neither leads outside.
    """
    try:
        real = path.resolve(strict=True)
        if real.is_relative_to(folder.resolve(strict=True)) and real.is_file():
            return real
    except (OSError, RuntimeError, ValueError):  # a loop of links, a NUL in a name
        return None
    return None


def media_file(root: Path, path: Path) -> Path | None:
    """A sound file of the workspace, by its real place."""
    real = inside(root, path)
    return real if real is not None and real.suffix.lower() in SUFFIXES else None


def output_file(root: Path, out: Path, name: str) -> Path | None:
    """A file that was built, by its address; what tools keep for themselves is none."""
    if any(part.startswith(".") for part in name.split("/")):
        return None
    path = out / name
    if name == "" or name.endswith("/"):
        path /= "index.html"
    real = inside(out, path)
    return real if real is not None and inside(root, real) is not None else None
