"""Boxes of MP4 files: what is in one, and making one. ISO/IEC 14496-12, section 4.2."""

import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

_HEAD = struct.Struct(">I4s")
_LARGE = struct.Struct(">Q")


class Box(NamedTuple):
    """A box: its type, and where what it holds begins and ends."""

    kind: bytes
    start: int
    end: int


def boxes_of_file(file: BinaryIO, size: int) -> Iterator[Box]:
    """The outermost boxes of a file, as far as they are whole."""
    at = 0
    while at + _HEAD.size <= size:
        file.seek(at)
        box = _box(file.read(_HEAD.size + _LARGE.size), 0, size - at)
        if box is None:
            return
        yield Box(box.kind, at + box.start, at + box.end)
        at += box.end


def boxes(data: bytes, start: int, end: int) -> Iterator[Box]:
    """The boxes one after another in a part of `data`, as far as they are whole."""
    while start < end:
        box = _box(data, start, end)
        if box is None:
            return
        yield box
        start = box.end


def find(data: bytes, box: Box, *path: bytes) -> Box | None:
    """The first box of a type in a box, and in that the first of the next type."""
    found: Box | None = box
    for kind in path:
        if found is None:
            return None
        found = next((b for b in boxes(data, found.start, found.end) if b.kind == kind), None)
    return found


def make_box(kind: bytes, *parts: bytes) -> bytes:
    """A box of some parts, such as other boxes."""
    return _HEAD.pack(_HEAD.size + sum(map(len, parts)), kind) + b"".join(parts)


def make_full_box(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    """A box with a version and flags."""
    return make_box(kind, (version << 24 | flags).to_bytes(4), *parts)


def _box(data: bytes, at: int, end: int) -> Box | None:
    if end - at < _HEAD.size or len(data) - at < _HEAD.size:
        return None
    size, kind = _HEAD.unpack_from(data, at)
    start = at + _HEAD.size
    if size == 1:  # the size follows, in 64 bits
        if len(data) - start < _LARGE.size:
            return None
        (size,) = _LARGE.unpack_from(data, start)
        start += _LARGE.size
    elif not size:  # up to the end
        size = end - at
    return Box(kind, start, at + size) if start - at <= size <= end - at else None
