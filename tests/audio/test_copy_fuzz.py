"""Damaged files of all kinds: a result or an AudioError, soon, and never anything else."""

import random
import subprocess
import sys
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sound import encode
from test_copy_formats import encoded, wave
from test_copy_mp3 import frames_of, swelling

from producer.audio.copy import copy_clips
from producer.audio.copy.flac_crc import crc8, crc16
from producer.audio.copy.flac_frame import renumber
from producer.audio.copy.flac_header import HeaderReader
from producer.audio.copy.flac_info import StreamInfo
from producer.audio.copy.mp3_header import kind_of
from producer.audio.copy.mp3_info import MAX_PAD, Timeline, read_info, write_info
from producer.audio.copy.mp3_silence import carrier, main_data_begin
from producer.audio.copy.ogg import PacketReader, PageWriter, crc32, read_pages, write_stream
from producer.errors import AudioError

MUTANTS = 60
SPANS = [(0, 90), (300, 700), (650, 1200), (1900, 9000)]
# Of the sixth frame of 4096 samples.
FRAME_HEAD = b"\xff\xf8\xc9\x18\x05"
FRAME_HEAD += bytes((crc8(FRAME_HEAD),))


def make(name):
    sound = swelling(44100, 2, 2)
    return {
        "mp3": lambda: encode(sound, ".mp3", vbr=True),
        "mp3-untagged": lambda: encode(sound, ".mp3", xing=False),
        "m4a": lambda: encoded("ipod", "aac", "s16", channels=1),
        "opus": lambda: encoded("ogg", "libopus", "s16", rate=48000, channels=1),
        "vorbis": lambda: encoded("ogg", "vorbis", "s16", strict="experimental"),
        "ogg-flac": lambda: encoded("ogg", "flac", "s16", channels=1),
        "flac": lambda: encoded("flac", "flac", "s16", channels=1),
        "wav": lambda: wave(1, 24, 2, 22050, bytes(range(250)) * 2000),
    }[name]()


def mutant(data, rng):
    """Some bytes changed, a part dropped, doubled, moved, overwritten or cut off."""
    data = bytearray(data)
    for _ in range(rng.randrange(1, 4)):
        # Half of the time in the headers.
        size = len(data) if rng.random() < 0.5 else min(600, len(data))
        at = rng.randrange(size)
        length = rng.choice([1, 1, 2, 4, 30, 1000, size // 3])
        match rng.randrange(7):
            case 0:
                data[at : at + length] = rng.randbytes(length)
            case 1:
                data[at] ^= 1 << rng.randrange(8)
            case 2:
                del data[at : at + length]
            case 3:
                data[at:at] = data[at : at + length]
            case 4:
                data[at : at + length] = bytes([rng.choice([0, 0x7F, 0xFF])]) * length
            case 5:
                data = data[: max(at, 1)]
            case 6:
                data[at:at] = rng.choice(
                    [b"\xff\xfb\x90\x64", b"OggS\0", b"ID3\4\0\0\x7f\x7f\x7f\x7f"]
                )
        data = data or bytearray(b"\0")
    return bytes(data)


def outcome(path, spans):
    """The clips and no problem, or the clips before the problem."""
    clips = []
    try:
        clips.extend(copy_clips(path, spans))
    except AudioError as error:
        return clips, error
    return clips, None


@pytest.mark.parametrize(
    "name", ["mp3", "mp3-untagged", "m4a", "opus", "vorbis", "ogg-flac", "flac", "wav"]
)
def test_damaged_files(tmp_path, name):
    data = make(name)
    rng = random.Random(name)
    results = set()
    path = tmp_path / "a.sound"
    for number in range(MUTANTS):
        path.write_bytes(mutant(data, rng))
        clips, problem = outcome(path, SPANS)
        if problem:
            assert str(path) in problem.message, number
        else:
            assert len(clips) == len(SPANS), number
        results.add("problem" if problem else "clips")
    assert results == {"problem", "clips"}, "both are to be met"


@settings(max_examples=150)
@given(
    st.binary(max_size=400), st.sampled_from([b"", b"\xff\xfb\x90\0", b"OggS\0", b"fLaC", b"RIFF"])
)
def test_any_bytes(tmp_path_factory, data, start):
    path = Path(tmp_path_factory.getbasetemp(), "any")
    path.write_bytes(start + data)
    clips, problem = outcome(path, [(0, 1000)])
    assert problem.hint if problem else len(clips) == 1


@pytest.mark.parametrize("name", ["mp3", "opus", "flac", "wav"])
def test_memory_does_not_grow_with_the_file(tmp_path, name):
    path = tmp_path / "a.sound"
    peaks = []
    for times in (1, 12):
        if name == "mp3":
            path.write_bytes(make("mp3-untagged") * (12 * times))
        elif name == "wav":
            path.write_bytes(wave(1, 16, 2, 44100, bytes(44100 * 4) * (20 * times)))
        else:
            path.write_bytes(longer(name, times))
        tracemalloc.start()
        sizes = [len(clip.data) for clip in copy_clips(path, [(1000, 1500), (4000, 4500)])]
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert all(sizes)
    assert peaks[1] < peaks[0] + (1 << 20)


def longer(name, times):
    """The same sound over and over, in one stream."""
    rate = 48000
    samples = swelling(rate, 1, 5)
    sound = np.concatenate([samples] * times)
    suffix = f".{name}"
    return encode(sound, suffix, rate)


def test_pyav_is_imported_where_it_is_needed_only(tmp_path):
    path = tmp_path / "a.mp3"
    path.write_bytes(make("mp3"))
    code = (
        "import sys; from pathlib import Path; from producer.audio.copy import copy_clips;"
        f"clip, = copy_clips(Path({str(path)!r}), [(0, 1000)]);"
        "print(len(clip.data) > 9000, 'av' in sys.modules, 'pydub' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "True False False\n"


HEADERS = [
    frames_of(encode(swelling(rate, channels, 1), ".mp3", rate, xing=False))[3]
    for rate in (8000, 11025, 24000, 32000, 44100)
    for channels in (1, 2)
]


@given(
    st.sampled_from(HEADERS),
    st.lists(st.integers(24, 1441), min_size=1, max_size=300),
    st.booleans(),
    st.integers(0, MAX_PAD),
    st.integers(0, MAX_PAD),
)
def test_what_a_tag_says_is_read_again(frame, sizes, constant, delay, padding):
    kind = kind_of(frame[:4])
    tag = write_info(kind, frame[:4], sizes=sizes, constant=constant, delay=delay, padding=padding)
    assert kind.sizes[tag[:3]] == len(tag)
    end = len(sizes) * kind.frame_samples
    expected = Timeline(delay + 529, min(end - padding + 529, end), end)
    assert read_info(kind, tag, len(tag) + sum(sizes)) == expected
    assert read_info(kind, frame, 99) is None


@given(st.sampled_from(HEADERS), st.binary(max_size=511))
def test_a_carrier_holds_what_it_is_given(frame, reservoir):
    kind = kind_of(frame[:4])
    reservoir = reservoir[: kind.max_back_bytes]
    made = carrier(kind, frame[:4], reservoir)
    assert kind.sizes[made[:3]] == len(made)
    assert kind_of(made[:4]) == kind
    assert made.endswith(reservoir)
    assert main_data_begin(made) == 0
    assert not any(made[4 : len(made) - len(reservoir)])


@given(st.lists(st.binary(max_size=700), min_size=1, max_size=40), st.integers(0, 3))
def test_packets_are_read_again(tmp_path_factory, packets, first_page):
    path = Path(tmp_path_factory.getbasetemp(), "packets")
    headers = [b"first", b"second" * 20_000]
    parts = write_stream(7, headers, packets, range(len(packets)), first_page=first_page)
    path.write_bytes(b"".join(parts))
    reader = PacketReader()
    with path.open("rb") as file:
        pages = list(read_pages(file))
    assert [packet for page in pages for packet in reader.packets(page)] == headers + packets
    again = PacketReader()
    assert [bytes(view) for page in pages for view in again.views(page)] == headers + packets
    assert [page.begins_stream for page in pages] == [True] + [False] * (len(pages) - 1)
    assert [page.ends_stream for page in pages] == [False] * (len(pages) - 1) + [True]
    assert pages[-1].granule == len(packets) - 1


@given(st.lists(st.lists(st.binary(max_size=700), max_size=4), max_size=20))
def test_a_first_header_can_be_written_at_the_end(packets):
    writer = PageWriter(7, [b"later", b"second"])
    for number, parts in enumerate(packets):
        writer.add(parts, number)
    whole = [b"".join(parts) for parts in packets]
    headers = [b"first", b"second"]
    made = b"".join(writer.finish(b"first"))
    assert made == b"".join(write_stream(7, headers, whole, range(len(whole))))


@given(st.integers(0, (1 << 36) - 1), st.binary(min_size=1, max_size=3000))
def test_a_renumbered_frame_says_its_number(start, body):
    info = StreamInfo(bytes.fromhex("100010000000000000000ac442f000000000") + bytes(16))
    frame = FRAME_HEAD + body
    frame += crc16(frame).to_bytes(2)
    reader = HeaderReader(info)
    header = reader.read(memoryview(frame))
    assert (header.start, header.samples) == (5 * 4096, 4096)
    new = b"".join(renumber(memoryview(frame), header, start))
    again = reader.read(memoryview(new))
    assert (again.start, again.samples) == (start, 4096)
    assert new[again.length : -2] == body
    assert crc16(new[:-2]).to_bytes(2) == new[-2:]


@given(st.integers(0, (1 << 36) - 1), st.binary(min_size=1, max_size=3000), st.data())
def test_a_renumbered_frame_is_as_damaged_as_it_was(start, body, data):
    frame = bytearray(FRAME_HEAD + body)
    frame += crc16(frame).to_bytes(2)
    at = data.draw(st.integers(len(FRAME_HEAD), len(frame) - 1))
    frame[at] ^= data.draw(st.integers(1, 255))
    info = StreamInfo(bytes.fromhex("100010000000000000000ac442f000000000") + bytes(16))
    header = HeaderReader(info).read(memoryview(frame))
    new = b"".join(renumber(memoryview(frame), header, start))
    assert crc16(new[:-2]).to_bytes(2) != new[-2:]


def remainder(data: bytes, polynomial: int, bits: int) -> int:
    """RFC 9639, 9.1.8 and 9.3: of a polynomial over GF(2), bit by bit."""
    crc, top = 0, 1 << bits - 1
    for byte in data:
        crc ^= byte << bits - 8
        for _ in range(8):
            crc = (crc << 1 ^ (polynomial if crc & top else 0)) & (1 << bits) - 1
    return crc


@given(st.binary(max_size=300))
def test_checksums_are_those_of_the_specifications(data):
    assert crc8(data) == remainder(data, 0x07, 8)
    assert crc16(data) == remainder(data, 0x8005, 16)
    assert crc32(data, 0) == remainder(data, 0x04C11DB7, 32)
