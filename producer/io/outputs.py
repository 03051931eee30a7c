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


def place_bytes(path: str, data: bytes) -> os.stat_result:
    """Replace or create an output; what is known of the new file. Raises WriteError."""
    with placing(path) as temporary, open(temporary, "xb") as file:  # noqa: PTH123
        file.write(data)
        file.flush()
        return os.fstat(file.fileno())


@contextlib.contextmanager
def placing(path: str) -> Iterator[str]:
    """The name of a file to make beside `path`, which takes its place if the block ends well.

    Raises WriteError, also for an OSError inside of the block.
    """
    folder, _, name = path.rpartition("/")
    ending = os.path.splitext(name)[1]  # noqa: PTH122
    temporary = f"{folder}/{PREFIX}{os.getpid()}-{next(_numbers)}{ending}{SUFFIX}"
    try:
        try:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            yield temporary
            os.replace(temporary, path)  # noqa: PTH105
        finally:
            # Also after a replacement: a link to the same file is left where it was.
            with contextlib.suppress(FileNotFoundError):
                os.unlink(temporary)  # noqa: PTH108
    except OSError as error:
        raise WriteError(
            f"{path}: cannot be written: {error.strerror or type(error).__name__}",
            hint="is there space, and may you write there?",
        ) from error
