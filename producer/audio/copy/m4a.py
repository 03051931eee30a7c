"""Cutting AAC and ALAC in M4A between packets, with an edit list that says what is heard.

Two packets before the clip come along, for the decoder's overlap; the edit list begins after what
they give. The last packet's duration, and with it the edit, ends with the clip. The packets are
found by the file's index: nothing between the clips is read.
"""

import os
import sys
from array import array
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import BinaryIO

from producer.audio.copy.mp4_boxes import make_box, make_full_box
from producer.audio.copy.mp4_index import Mp4Index, read_index
from producer.audio.copy.parts import Parts
from producer.audio.length import Length

_CODECS = frozenset({b"mp4a", b"alac"})
_PREROLL_PACKETS = 2
_BRANDS = b"M4A \0\0\2\0M4A isomiso2"
_UNITY = (0x10000).to_bytes(4)
_MATRIX = b"".join(n.to_bytes(4) for n in (0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000))
_NO_LANGUAGE = 0x55C4
_ENABLED, _SELF_CONTAINED = 3, 1
_TRACK = 1


def copy_m4a(path: Path, spans_ms: Sequence[tuple[int, int]]) -> Iterator[Parts]:
    """Give the bytes of an M4A file for each span, and none for one that holds no sound."""
    with path.open("rb", buffering=0) as file:
        index = read_index(file, os.fstat(file.fileno()).st_size)
        if index is not None and index.codec in _CODECS:
            for start_ms, end_ms in spans_ms:
                yield _cut(file, index, start_ms, end_ms)
            return
    # In fragments, with several edits, or damaged: FFmpeg makes more of it. It takes longer.
    from producer.audio.copy.m4a_packets import copy_packets

    yield from copy_packets(path, spans_ms)


def count_m4a(path: Path) -> Length | None:
    """The length of an M4A file, if all that its index says of it is there."""
    with path.open("rb", buffering=0) as file:
        index = read_index(file, os.fstat(file.fileno()).st_size)
    if index is None or index.codec not in _CODECS or not index.is_all_there:
        return None
    start, end = index.heard
    return Length(end - start, index.rate)


def _cut(file: BinaryIO, index: Mp4Index, start_ms: int, end_ms: int) -> Parts:
    first_heard, end_heard = index.heard
    start = first_heard + start_ms * index.rate // 1000
    end = min(first_heard + end_ms * index.rate // 1000, end_heard)
    if start >= end:
        return ()
    heard = index.packet_at(start)
    first = max(heard - _PREROLL_PACKETS, 0)
    after = index.packet_at(end - 1) + 1
    # If only one is heard, the next one comes along too, though nothing of it is: FFmpeg finds no
    # sound at all in a file whose edit list begins and ends in the last packet.
    silent = after - heard == 1 and after < index.packets
    starts = [index.start_of(number) for number in range(first, after)]
    lengths = [later - earlier for earlier, later in pairwise((*starts, end))]
    if silent:
        after += 1
        lengths.append(0)
    sizes = index.sizes(first, after).tolist()
    edit = start - starts[0], end - start
    sound = b"".join(_read(file, *place) for place in index.places(first, after))
    head = make_box(b"ftyp", _BRANDS)
    # The index says where the sound is, which is behind the index: of a length known by now.
    size = len(head) + len(_movie(index, lengths, sizes, edit, 0)) + 8
    movie = _movie(index, lengths, sizes, edit, size)
    return head, movie, make_box(b"mdat", sound)


def _read(file: BinaryIO, start: int, end: int) -> bytes:
    file.seek(start)
    return file.read(end - start)


def _movie(
    index: Mp4Index, lengths: list[int], sizes: list[int], edit: tuple[int, int], place: int
) -> bytes:
    """The `moov` box of a file whose sound is at a place. Times count samples throughout."""
    start, duration = edit
    total = sum(lengths)
    edits = make_full_box(b"elst", _u32(1, duration, start), _UNITY)
    track = make_box(
        b"trak",
        make_full_box(
            b"tkhd",
            _u32(0, 0, _TRACK, 0, duration, 0, 0, 0x10000, 0x01000000),
            _MATRIX,
            _u32(0, 0),
            flags=_ENABLED,
        ),
        make_box(b"edts", edits),
        make_box(
            b"mdia",
            make_full_box(
                b"mdhd", _u32(0, 0, index.rate, total), _NO_LANGUAGE.to_bytes(2), bytes(2)
            ),
            make_full_box(b"hdlr", bytes(4), b"soun", bytes(12), b"SoundHandler\0"),
            _media(index, lengths, sizes, place),
        ),
    )
    header = make_full_box(
        b"mvhd",
        _u32(0, 0, index.rate, duration, 0x10000, 0x01000000, 0, 0),
        _MATRIX,
        bytes(24),
        _u32(_TRACK + 1),
    )
    return make_box(b"moov", header, track)


def _media(index: Mp4Index, lengths: list[int], sizes: list[int], place: int) -> bytes:
    runs = [(sum(1 for _ in group), length) for length, group in groupby(lengths)]
    roll = b""
    if index.codec == b"mp4a":  # a packet is right once the one before it was decoded
        roll = make_full_box(b"sgpd", b"roll", _u32(2, 1), (-1).to_bytes(2, signed=True), version=1)
        roll += make_full_box(b"sbgp", b"roll", _u32(1, len(sizes), 1))
    reference = make_full_box(b"url ", flags=_SELF_CONTAINED)
    return make_box(
        b"minf",
        make_full_box(b"smhd", bytes(4)),
        make_box(b"dinf", make_full_box(b"dref", _u32(1), reference)),
        make_box(
            b"stbl",
            index.description,
            make_full_box(b"stts", _u32(len(runs), *(n for run in runs for n in run))),
            make_full_box(b"stsc", _u32(1, 1, len(sizes), 1)),
            make_full_box(b"stsz", _u32(0, len(sizes), *sizes)),
            make_full_box(b"stco", _u32(1, place)),
            roll,
        ),
    )


def _u32(*values: int) -> bytes:
    numbers = array("I", values)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers.tobytes()
