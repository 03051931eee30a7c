"""Reading and writing files, each whole or not at all."""

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from producer.errors import InputError, TooLargeError, WriteError

# Nothing that a show keeps as text is larger; a bigger file is a mistake, and would fill memory.
MAX_TEXT_BYTES = 64 * 1024 * 1024


def read_bytes(path: Path, *, limit: int | None = MAX_TEXT_BYTES) -> bytes:
    """The file's bytes. Raises InputError where it is missing, unreadable or over the limit.

    TooLargeError says the last.
    """
    try:
        if limit is not None and path.stat().st_size > limit:
            raise TooLargeError(f"{path}: larger than {limit >> 20} MiB; is it a text file?")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {_reason(error)}") from error


def write_bytes(path: Path, data: bytes) -> None:
    """Replace or create a file in one step: a reader, or a crash, sees the old bytes or the new.

    A symlink is followed and stays one; an existing file keeps its mode. Raises WriteError.
    """
    with replacing(path) as temporary:
        temporary.write_bytes(data)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary file beside `path` that takes its place when the block ends without an error."""
    temporary: Path | None = None
    try:
        target = path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(
            prefix=".producer-", suffix=f"{path.suffix}.tmp", dir=target.parent
        )
        os.close(handle)
        temporary = Path(name)
        yield temporary
        _keep_mode(target, temporary)
        _flush(temporary)
        temporary.replace(target)
        temporary = None
    except OSError as error:
        raise WriteError(
            f"{path}: cannot be written: {_reason(error)}",
            hint="is there space, and may you write there?",
        ) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def link_or_copy(source: Path, target: Path) -> None:
    """Make `target` a second name of the file; a copy where the file system has no such thing."""
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def rename(path: Path, target: Path) -> None:
    """Give a file another name in one step. Raises WriteError; nothing is ever written over."""
    if os.path.lexists(target):
        raise WriteError(f"{path}: cannot be renamed: {target} is there already")
    try:
        path.rename(target)
    except OSError as error:
        raise WriteError(f"{path}: cannot be renamed: {_reason(error)}") from error


def remove(path: Path) -> None:
    """Delete a file that may be gone already. Raises WriteError."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise WriteError(f"{path}: cannot be deleted: {_reason(error)}") from error


def _keep_mode(target: Path, temporary: Path) -> None:
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        mode = 0o666 & ~umask
    temporary.chmod(mode)


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
