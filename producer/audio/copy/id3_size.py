"""ID3v2 tags, as far as one has to know them to pass them."""

from typing import BinaryIO

_HEADER_BYTES = 10
_HAS_FOOTER = 0x10
# Some programs put a tag before the tag that is there, but not many times.
_MAX_TAGS = 64


def skip_id3(file: BinaryIO, at: int) -> int:
    """Where the tags end that begin at the byte `at`, which is `at` if there are none.

    May lie behind the end of the file (ID3v2.4 structure, 3.1: sizes have 7 bits a byte).
    """
    for _ in range(_MAX_TAGS):
        file.seek(at)
        header = file.read(_HEADER_BYTES)
        if len(header) < _HEADER_BYTES or header[:3] != b"ID3" or max(header[6:]) > 0x7F:
            break
        size = 0
        for byte in header[6:]:
            size = size << 7 | byte
        at += _HEADER_BYTES * (2 if header[5] & _HAS_FOOTER else 1) + size
    return at
