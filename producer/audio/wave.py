"""WAV files with an ID3 tag in a chunk of its own."""

import struct
from collections.abc import Sequence
from io import SEEK_END, BytesIO
from typing import BinaryIO

from producer.audio import id3
from producer.audio.tags import ChapterMark, Tags

_CHUNK = struct.Struct("<4sI")
_RIFF_BYTES = 12
_BUFFER_BYTES = 1 << 20


def copy_wave(
    source: BinaryIO, target: BinaryIO, tags: Tags, chapters: Sequence[ChapterMark]
) -> None:
    """Copy a WAV file with the ID3 chunk, if it has one, replaced by a new one at the end.

    A chunk that claims more than the file holds, as recorders that crashed leave it, gets its
    real length. Raises ValueError for RF64, which files over 4 GiB are.
    """
    size = source.seek(0, SEEK_END)
    source.seek(0)
    riff = source.read(_RIFF_BYTES)
    if riff[:4] != b"RIFF":
        raise ValueError("only WAV files below 4 GiB can be tagged")
    target.write(riff)
    old_tag = b""
    while len(head := source.read(_CHUNK.size)) == _CHUNK.size:
        name, length = _CHUNK.unpack(head)
        length = min(length, size - source.tell())
        if name.lower() == b"id3 ":
            old_tag = source.read(length)
        else:
            target.write(_CHUNK.pack(name, length))
            _copy(source, target, length)
            target.write(b"\0" * (length % 2))
        source.seek(length % 2, 1)
    tag = id3.render(BytesIO(old_tag), tags, chapters)
    target.write(_CHUNK.pack(b"id3 ", len(tag)) + tag + b"\0" * (len(tag) % 2))
    end = target.tell()
    target.seek(4)
    target.write(struct.pack("<I", end - _CHUNK.size))


def _copy(source: BinaryIO, target: BinaryIO, length: int) -> None:
    while length and (data := source.read(min(length, _BUFFER_BYTES))):
        target.write(data)
        length -= len(data)
