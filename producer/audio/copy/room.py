"""Files that are made in memory, without what a buffer costs that grows."""

from io import BytesIO

# Room that nothing is written to takes no memory: the system gives it page by page. A block of that
# size is shortened, or made longer, without a copy, and goes back to the system when it is free.
_ROOM_BYTES = 33 << 20


def file_with_room() -> BytesIO:
    """A file in memory to write into from its beginning, and to truncate behind the last byte."""
    return BytesIO(bytes(_ROOM_BYTES))
