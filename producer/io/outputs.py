"""Writing what can be made again: whole or not at all, but not waiting for the disk.

A process that is killed leaves the old file or the new one. A machine that loses power may leave an
empty one, which the next build sees and makes anew; waiting for the disk after each of ten thousand
files would take longer than making them.
"""

import contextlib
import itertools
import os
from collections.abc import Iterator

from producer.errors import WriteError

PREFIX = ".producer-"
SUFFIX = ".tmp"
_numbers = itertools.count()
# Windows would make other line ends.
_BINARY = getattr(os, "O_BINARY", 0)


def place_bytes(path: str, data: bytes) -> os.stat_result:
    """Replace or create an output; what is known of the new file. Raises WriteError."""
    temporary = _beside(path)
    try:
        try:
            found = _create(temporary, data)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
            found = _create(temporary, data)
        os.replace(temporary, path)  # noqa: PTH105
    except BaseException as error:
        with contextlib.suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108
        if isinstance(error, OSError):
            raise _write_error(path, error) from error
        raise
    return found


@contextlib.contextmanager
def placing(path: str) -> Iterator[str]:
    """The name of a file to make beside `path`, which takes its place if the block ends well.

    Raises WriteError, also for an OSError inside of the block.
    """
    temporary = _beside(path)
    try:
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
            yield temporary
            os.replace(temporary, path)  # noqa: PTH105
        finally:
            # Also after a replacement: a link to the same file is left where it was.
            with contextlib.suppress(FileNotFoundError):
                os.unlink(temporary)  # noqa: PTH108
    except OSError as error:
        raise _write_error(path, error) from error


def _beside(path: str) -> str:
    """A name that no other file has, in the same folder, and with the same ending for encoders."""
    folder, _, name = path.rpartition("/")
    ending = os.path.splitext(name)[1]  # noqa: PTH122
    return f"{folder}/{PREFIX}{os.getpid()}-{next(_numbers)}{ending}{SUFFIX}"


def _create(path: str, data: bytes) -> os.stat_result:
    """Make a new file. There are dozens of each episode: no buffer, no object for the file."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(file, rest) :]
        return os.fstat(file)
    finally:
        os.close(file)


def _write_error(path: str, error: OSError) -> WriteError:
    return WriteError(
        f"{path}: cannot be written: {error.strerror or type(error).__name__}",
        hint="is there space, and may you write there?",
    )
