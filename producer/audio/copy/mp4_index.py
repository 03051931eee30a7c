"""The index of an M4A file: where its packets are, how long they last, and what of them is heard.

ISO/IEC 14496-12: the tables of a track (8.6.1.2, 8.7.3 to 8.7.5) and its edit list (8.6.6). Only
files of the usual kind are understood: an index in one piece, packets of one codec, and one edit.
"""

import struct
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import BinaryIO

from producer.audio.copy.mp4_boxes import Box, boxes, boxes_of_file, find

_MAX_INDEX_BYTES = 1 << 27
_MAX_TIME = (1 << 32) - 1  # a day and more, at any rate in use
_FULL_BYTES = 4  # a version and flags
_ENTRY_RATE_AT = 32
_NO_TIME = -1
_NORMAL_SPEED = 0x10000
# Boxes of tables that say what is not understood here: times of display, encryption.
_ODD_TABLES = frozenset({b"ctts", b"senc", b"saiz", b"saio"})
# What players heed besides the edit list; written by iTunes.
_GAPLESS = b"iTunSMPB"


@dataclass(frozen=True, slots=True)
class Mp4Index:
    """The packets of a file's sound. Times are in samples, from the first packet's start.

    `is_all_there` is whether the packets last as long as is said to be heard of them.
    """

    rate: int
    codec: bytes
    description: bytes  # the box that says how to decode it
    heard: tuple[int, int]
    is_all_there: bool
    _sizes: "array[int]"
    _time_runs: tuple[list[int], list[int], list[int]]  # first packet, time, length of each
    _chunks: tuple[list[int], "array[int]"]  # first packet and place of each
    _ends: list[int]  # bytes of all packets up to each

    @property
    def packets(self) -> int:
        """How many packets there are."""
        return len(self._sizes)

    def start_of(self, packet: int) -> int:
        """When a packet begins; that after the last begins at the end of all."""
        firsts, times, lengths = self._time_runs
        run = bisect_right(firsts, packet) - 1
        return times[run] + (packet - firsts[run]) * lengths[run]

    def packet_at(self, time: int) -> int:
        """The packet that holds a moment; the number of packets behind their end."""
        firsts, times, lengths = self._time_runs
        run = bisect_right(times, time) - 1
        return min(firsts[run] + (time - times[run]) // (lengths[run] or 1), self.packets)

    def sizes(self, first: int, end: int) -> "array[int]":
        """The bytes that packets take, from `first` to before `end`."""
        return self._sizes[first:end]

    def places(self, first: int, end: int) -> Iterator[tuple[int, int]]:
        """Where in the file the packets are: from byte, to before byte, one after another."""
        firsts, offsets = self._chunks
        chunk = bisect_right(firsts, first) - 1
        while first < end:
            after = firsts[chunk + 1] if chunk + 1 < len(firsts) else self.packets
            last = min(after, end)
            base = offsets[chunk] - self._bytes_before(firsts[chunk])
            yield base + self._bytes_before(first), base + self._bytes_before(last)
            first = last
            chunk += 1

    def _bytes_before(self, packet: int) -> int:
        return self._ends[packet - 1] if packet else 0


def read_index(file: BinaryIO, size: int) -> Mp4Index | None:
    """The index of a file, or None if it has none of the usual kind, or a broken one."""
    top = list(boxes_of_file(file, size))
    box = next((box for box in top if box.kind == b"moov"), None)
    if box is None or box.end - box.start > _MAX_INDEX_BYTES or any(b.kind == b"moof" for b in top):
        return None
    file.seek(box.start)
    data = file.read(box.end - box.start)
    movie = Box(b"moov", 0, len(data))
    if find(data, movie, b"mvex") or _GAPLESS in data:
        return None
    try:
        return _read(data, movie, size)
    except (struct.error, ValueError, IndexError):
        return None


def _read(data: bytes, movie: Box, size: int) -> Mp4Index | None:
    track = next((b for b in boxes(data, *movie[1:]) if _is_sound(data, b)), None)
    table = track and find(data, track, b"mdia", b"minf", b"stbl")
    header = track and find(data, track, b"mdia", b"mdhd")
    scale = find(data, movie, b"mvhd")
    if track is None or table is None or header is None or scale is None:
        return None
    tables = {box.kind: box for box in boxes(data, *table[1:])}
    rate = _timescale(data, header)
    described = tables.get(b"stsd")
    if described is None or _ODD_TABLES & tables.keys() or not rate:
        return None
    codec = _codec(data, described, rate)
    sizes = _sizes(data, tables.get(b"stsz"))
    if not codec or not sizes:
        return None
    ends = list(accumulate(sizes))
    runs = _time_runs(data, tables.get(b"stts"), len(sizes))
    chunks = _chunks(data, tables, len(sizes))
    if runs is None or chunks is None or not _within(chunks, ends, size):
        return None
    description = data[described.start - 8 : described.end]
    heard = _heard(data, find(data, track, b"edts", b"elst"), rate, _timescale(data, scale))
    if heard is None:
        return None
    firsts, times, lengths = runs
    total = times[-1] + (len(sizes) - firsts[-1]) * lengths[-1]
    if total > _MAX_TIME:
        return None
    start, length = heard
    end = start + length if length else total
    sound = start, min(end, total)
    return Mp4Index(rate, codec, description, sound, end <= total, sizes, runs, chunks, ends)


def _is_sound(data: bytes, box: Box) -> bool:
    handler = find(data, box, b"mdia", b"hdlr") if box.kind == b"trak" else None
    return handler is not None and data[handler.start + 8 : handler.start + 12] == b"soun"


def _timescale(data: bytes, box: Box) -> int:
    """Units a second, in a header of a movie or of a track's sound."""
    at = box.start + _FULL_BYTES + (16 if data[box.start] else 8)
    return int.from_bytes(data[at : at + 4])


def _codec(data: bytes, box: Box, rate: int) -> bytes:
    """The codec's name of four letters; empty for several, or another rate than the times have."""
    (count,) = struct.unpack_from(">I", data, box.start + _FULL_BYTES)
    entry = box.start + _FULL_BYTES + 4
    (entry_rate,) = struct.unpack_from(">H", data, entry + _ENTRY_RATE_AT)
    return data[entry + 4 : entry + 8] if count == 1 and entry_rate == rate else b""


def _sizes(data: bytes, box: Box | None) -> "array[int]":
    if box is None:
        return array("I")
    same, count = struct.unpack_from(">II", data, box.start + _FULL_BYTES)
    return array("I") if same else _numbers(data, box, _FULL_BYTES + 4, count)


def _numbers(data: bytes, box: Box, at: int, count: int, kind: str = "I") -> "array[int]":
    """A table of numbers: how many there are, and then they. Raises ValueError if it is broken."""
    values = array(kind)
    start = box.start + at + 4
    if count > (box.end - start) // values.itemsize:
        raise ValueError("a table is longer than its box")
    values.frombytes(data[start : start + count * values.itemsize])
    if sys.byteorder == "little":
        values.byteswap()
    return values


def _counted(data: bytes, box: Box, columns: int) -> "array[int]":
    (count,) = struct.unpack_from(">I", data, box.start + _FULL_BYTES)
    return _numbers(data, box, _FULL_BYTES, count * columns)


def _time_runs(
    data: bytes, box: Box | None, packets: int
) -> tuple[list[int], list[int], list[int]] | None:
    if box is None:
        return None
    values = _counted(data, box, 2)
    firsts, times, lengths = [], [], []
    packet = time = 0
    for count, length in zip(values[::2], values[1::2], strict=True):
        if not count:
            continue
        firsts.append(packet)
        times.append(time)
        lengths.append(length)
        packet += count
        time += count * length
    return (firsts, times, lengths) if packet == packets else None


def _chunks(
    data: bytes, tables: dict[bytes, Box], packets: int
) -> tuple[list[int], "array[int]"] | None:
    runs = tables.get(b"stsc")
    box = tables.get(b"stco") or tables.get(b"co64")
    if runs is None or box is None:
        return None
    (count,) = struct.unpack_from(">I", data, box.start + _FULL_BYTES)
    offsets = _numbers(data, box, _FULL_BYTES, count, "I" if box.kind == b"stco" else "Q")
    values = _counted(data, runs, 3)
    starts = [number - 1 for number in values[::3]]
    firsts: list[int] = []
    packet = 0
    for start, after, each in zip(starts, [*starts[1:], count], values[1::3], strict=True):
        if start != len(firsts) or not each:
            return None
        firsts += range(packet, packet + (after - start) * each, each)
        packet += (after - start) * each
        if packet > packets:
            return None
    return (firsts, offsets) if packet == packets and len(firsts) == count else None


def _within(chunks: tuple[list[int], "array[int]"], ends: list[int], size: int) -> bool:
    """Whether all packets lie in a file of a size."""
    firsts, offsets = chunks
    before = [ends[first - 1] if first else 0 for first in firsts]
    lengths = map(int.__sub__, [*before[1:], ends[-1]], before)
    return all(at + length <= size for at, length in zip(offsets, lengths, strict=True))


def _heard(data: bytes, box: Box | None, rate: int, scale: int) -> tuple[int, int] | None:
    """When what is heard begins, and how long it is: 0 for all. None for several parts."""
    if box is None:
        return 0, 0
    wide = data[box.start] == 1
    (count,) = struct.unpack_from(">I", data, box.start + _FULL_BYTES)
    fields = ">QqI" if wide else ">IiI"
    length, start, speed = struct.unpack_from(fields, data, box.start + _FULL_BYTES + 4)
    if count != 1 or start <= _NO_TIME or speed != _NORMAL_SPEED or not scale:
        return None
    return start, length * rate // scale
