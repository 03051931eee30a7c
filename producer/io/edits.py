"""Writing an edited file back, unless somebody else changed it meanwhile."""

from pathlib import Path

from producer.errors import EditError
from producer.io.files import read_bytes, write_bytes
from producer.source.source import Source


def write_edit(path: Path, before: Source, after: Source) -> bool:
    """Replace the file by the edited source; False where nothing changed and nothing was written.

    Raises EditError if the file is not what `before` was read from any more.
    """
    if before == after:
        return False
    if read_bytes(path) != before.encode():
        raise EditError(
            f"{path}: changed since it was read; nothing was written", hint="run it again"
        )
    write_bytes(path, after.encode())
    return True
