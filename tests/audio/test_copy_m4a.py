"""M4A files of every make: cut by their index, or packet by packet where that is not enough."""

import io
import struct
import tempfile
from pathlib import Path

import av
import numpy as np
import pytest
from sound import make_noise

from producer.audio.copy import copy_clips, m4a
from producer.audio.copy.m4a_packets import copy_packets
from producer.audio.copy.mp4_boxes import boxes_of_file, find
from producer.audio.copy.mp4_index import read_index
from producer.audio.decode import open_sound
from producer.audio.tags import ChapterMark, Tags, write_tagged

RATE = 44100
SPANS = [(0, 300), (0, 4000), (10, 12), (333, 1234), (1234, 1235), (2000, 9000), (8000, 9000)]


def encoded(seconds: float = 4, **options: str) -> bytes:
    """AAC, without the noise that depends on all that came before."""
    options = {"fflags": "+bitexact", **options}
    with (
        tempfile.NamedTemporaryFile(suffix=".m4a") as target,
        av.open(target.name, "w", format="ipod", options=options) as file,
    ):
        stream = file.add_stream("aac", rate=RATE, options={"aac_pns": "0"})
        stream.layout, stream.format = "mono", "fltp"
        packed = np.ascontiguousarray(make_noise(seconds, RATE).reshape(1, -1))
        frame = av.AudioFrame.from_ndarray(packed, format="s16", layout="mono")
        frame.sample_rate, frame.pts = RATE, 0
        file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
        file.close()
        return Path(target.name).read_bytes()


def with_edits(data: bytes, *edits: tuple[int, int]) -> bytes:
    """The same file with another edit list: lengths in milliseconds, starts in samples."""
    # In the units of the movie: muxers differ in those.
    (timescale,) = struct.unpack_from(">I", data, data.index(b"mvhd") + 16)
    at = data.index(b"elst") + 4
    (before,) = struct.unpack_from(">I", data, at - 8)
    body = bytes(4) + struct.pack(">I", len(edits))
    for length_ms, start in edits:
        body += struct.pack(">IiI", length_ms * timescale // 1000, start, 0x10000)
    grown = len(body) + 8 - before
    for name in (b"elst", b"edts", b"trak", b"moov"):
        place = data.index(name) - 4
        (size,) = struct.unpack_from(">I", data, place)
        data = data[:place] + struct.pack(">I", size + grown) + data[place + 4 :]
    return data[:at] + body + data[at + before - 8 :]


def decoded(path: Path) -> np.ndarray:
    with open_sound(path) as sound:
        return np.frombuffer(b"".join(block.data for block in sound.blocks()), np.int16)


def has_index(path: Path) -> bool:
    with path.open("rb") as file:
        return read_index(file, path.stat().st_size) is not None


def check(tmp_path: Path, data: bytes, *, by_index: bool) -> None:
    """Clips are slices of the whole, whichever way they are cut."""
    path, clip = tmp_path / "a.m4a", tmp_path / "clip.m4a"
    path.write_bytes(data)
    assert has_index(path) == by_index
    whole = decoded(path)
    ways = (m4a.copy_m4a, copy_packets) if by_index else (m4a.copy_m4a,)
    for way in ways:
        for (start_ms, end_ms), cut in zip(SPANS, way(path, SPANS), strict=True):
            expected = whole[start_ms * RATE // 1000 : end_ms * RATE // 1000]
            assert bool(cut) == bool(len(expected)), (start_ms, end_ms)
            if cut:
                clip.write_bytes(b"".join(cut))
                assert has_index(clip)
                assert np.array_equal(decoded(clip), expected), (way, start_ms, end_ms)


@pytest.mark.parametrize("flags", ["+use_metadata_tags", "+faststart"])
def test_the_usual_kinds(tmp_path: Path, flags: str) -> None:
    check(tmp_path, encoded(movflags=flags), by_index=True)


def test_without_an_edit_list(tmp_path: Path) -> None:
    check(tmp_path, encoded(use_editlist="0"), by_index=True)


def test_in_fragments(tmp_path: Path) -> None:
    data = encoded(movflags="+frag_keyframe+empty_moov+delay_moov", frag_duration="500000")
    assert data.count(b"moof") > 3
    check(tmp_path, data, by_index=False)


@pytest.mark.parametrize("start", [1024, 1500, 30000])
def test_an_edit_that_begins_later(tmp_path: Path, start: int) -> None:
    check(tmp_path, with_edits(encoded(), (3000, start)), by_index=True)


def test_several_edits(tmp_path: Path) -> None:
    data = with_edits(encoded(), (1000, 1024), (2000, 90000))
    path = tmp_path / "a.m4a"
    path.write_bytes(data)
    assert not has_index(path)
    (clip,) = copy_clips(path, [(100, 600)])
    assert clip.data


def test_a_second_track_between_the_sound(tmp_path: Path) -> None:
    source, target = tmp_path / "a.m4a", tmp_path / "b.m4a"
    source.write_bytes(encoded())
    marks = [ChapterMark(n * 500, n * 500 + 500, f"Part {n}") for n in range(8)]
    write_tagged(source, target, Tags(title="Parts", artist="A", album="B"), marks)
    check(tmp_path, target.read_bytes(), by_index=True)


def test_places_of_64_bits(tmp_path: Path) -> None:
    """As in files over 4 GiB: `co64` in the place of `stco`, in a box of a 64 bit length."""
    data = encoded()
    place = data.index(b"stco") - 4
    size, _, _, count = struct.unpack_from(">I4sII", data, place)
    places = struct.unpack_from(f">{count}I", data, place + 16)
    table = struct.pack(">I4sQII", 1, b"co64", 24 + 8 * count, 0, count)
    table += struct.pack(f">{count}Q", *places)
    for name in (b"stbl", b"minf", b"mdia", b"trak", b"moov"):
        at = data.index(name) - 4
        (before,) = struct.unpack_from(">I", data, at)
        data = data[:at] + struct.pack(">I", before + len(table) - size) + data[at + 4 :]
    assert data.index(b"mdat") < place, "what is in front keeps its place"
    data = data[:place] + table + data[place + size :]
    check(tmp_path, data, by_index=True)


def test_packets_of_different_lengths(tmp_path: Path) -> None:
    """A clip of a clip: its last packet is cut short, and one of no length may follow."""
    path = tmp_path / "a.m4a"
    path.write_bytes(encoded())
    for span in ((500, 2500), (777, 780)):
        (clip,) = m4a.copy_m4a(path, [span])
        check(tmp_path, b"".join(clip), by_index=True)


def test_only_what_is_needed_is_read(tmp_path: Path) -> None:
    data = encoded()
    place = data.index(b"mdat") + 4
    path = tmp_path / "a.m4a"
    path.write_bytes(data)
    (clip,) = m4a.copy_m4a(path, [(0, 1000)])
    far = place + sum(map(len, clip))
    path.write_bytes(data[:far] + bytes(20) + data[far + 20 :])
    assert list(m4a.copy_m4a(path, [(0, 1000)])) == [clip]


def test_what_lies_past_the_end_of_the_file_is_not_trusted(tmp_path: Path) -> None:
    data = encoded(movflags="+faststart")
    path = tmp_path / "a.m4a"
    path.write_bytes(data[: len(data) * 3 // 4])
    assert not has_index(path)
    clips = [clip.data for clip in copy_clips(path, [(0, 500), (3900, 4000)])]
    assert clips[0]


@pytest.mark.parametrize("table", [b"stsz", b"stts", b"stsc", b"stco", b"stsd", b"elst", b"mdhd"])
def test_a_broken_table_is_not_believed(tmp_path: Path, table: bytes) -> None:
    data = encoded()
    at = data.index(table) + 4
    path = tmp_path / "a.m4a"
    for junk in (b"\xff" * 16, bytes(16)):
        path.write_bytes(data[:at] + junk + data[at + 16 :])
        assert not has_index(path), junk


def test_boxes_of_a_file() -> None:
    data = b"\0\0\0\x0cfree....\0\0\0\1mdat\0\0\0\0\0\0\0\x12xx\0\0\0\0lastabc"
    found = list(boxes_of_file(io.BytesIO(data), len(data)))
    assert [(box.kind, data[box.start : box.end]) for box in found] == [
        (b"free", b"...."),
        (b"mdat", b"xx"),
        (b"last", b"abc"),
    ]
    assert find(data, found[0], b"none") is None
