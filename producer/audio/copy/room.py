"""Files that are made in memory, without what a buffer costs that grows.

Room that nothing is written to takes no memory: the system gives it page by page. That takes a
quarter of the time that copying FLAC takes, which is saved where memory is used again.
"""

from functools import cache
from io import BytesIO

# glibc gives blocks over 32 MiB back to the system as soon as they are free, whatever came before,
# and makes them longer without a copy.
_ROOM_BYTES = 33 << 20
_MAX_REUSED_BYTES = 31 << 20


def file_with_room(size_bytes: int = _ROOM_BYTES) -> BytesIO:
    """A file in memory to write into, and to truncate behind the last byte.

    `size_bytes` is how long it will be at most, if that is known well: then the memory of a file
    that is no longer needed can be used for it as a whole.
    """
    if size_bytes > _MAX_REUSED_BYTES:
        return BytesIO(bytes(_ROOM_BYTES))
    _keep_blocks()
    return BytesIO(bytes(size_bytes))


@cache
def _keep_blocks() -> None:
    """Have glibc keep what is freed: it does so with blocks no larger than one freed before."""
    bytes(_MAX_REUSED_BYTES)
