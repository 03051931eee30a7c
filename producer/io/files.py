"""Reading and writing files, each whole or not at all."""

import contextlib
import os
import secrets
import shutil
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from producer.errors import InputError, TooLargeError, WriteError

# Nothing that a show keeps as text is larger; a bigger file is a mistake, and would fill memory.
MAX_TEXT_BYTES = 64 * 1024 * 1024
_HAS_WRITEV = hasattr(os, "writev")
# Every system takes as many at once.
_MOST_PARTS = 1024


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
        _flush(temporary)


def write_parts(path: Path, parts: Sequence[bytes | memoryview]) -> None:
    """Fill a file, one that is not yet in its place, with parts that follow one another.

    They are not gathered first: that takes as long as reading them did. Raises OSError.
    """
    with path.open("wb", buffering=0) as file:
        for first in range(0, len(parts), _MOST_PARTS):
            group = parts[first : first + _MOST_PARTS]
            written = os.writev(file.fileno(), group) if _HAS_WRITEV else 0
            if written < sum(map(len, group)):  # no such call, or the disk is nearly full
                rest = memoryview(b"".join(group))[written:]
                while rest:
                    rest = rest[file.write(rest) :]


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary file beside `path` that takes its place when the block ends without an error.

    It is whole for every reader, whatever kills the program. Unlike `write_bytes` it does not wait
    for the disk, which takes longer than making most outputs: when the machine itself stops, the
    last seconds' files may be lost. That is for what can be made again. File systems write a file's
    length after its content, and new names in their order, so that what was lost is missing or
    shorter than a list of sizes which is flushed after it says.
    """
    temporary: Path | None = None
    try:
        target = path.resolve() if path.is_symlink() else path
        mode = _mode_of(target)
        temporary = _create_beside(target, path.suffix, is_private=mode is not None)
        yield temporary
        if mode is not None:
            temporary.chmod(mode)
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


def _mode_of(path: Path) -> int | None:
    """The mode of a file; None where there is none."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return None


def _create_beside(target: Path, suffix: str, *, is_private: bool) -> Path:
    """A new, empty file in the target's folder, which is made if it is not there.

    One that is not private has the mode that the user's umask leaves to any new file.
    """
    while True:
        temporary = target.with_name(f".producer-{secrets.token_hex(4)}{suffix}.tmp")
        try:
            flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
            os.close(os.open(temporary, flags, 0o600 if is_private else 0o666))
        except FileExistsError:
            continue
        except FileNotFoundError:
            target.parent.mkdir(parents=True, exist_ok=True)
            continue
        return temporary


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
