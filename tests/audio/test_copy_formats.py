"""Clips of all kinds of files but MP3 against the whole file, sample by sample."""

import errno
import io
import random
import struct

import av
import decoders
import mutagen
import mutagen.flac
import numpy as np
import pytest
from sound import encode, make_noise

from producer.audio.clip_file import write_clip
from producer.audio.clips import cut_clips
from producer.audio.copy import copy_clips
from producer.audio.copy.flac_header import HeaderReader
from producer.audio.copy.flac_info import StreamInfo
from producer.audio.decode import open_sound
from producer.audio.tags import Tags
from producer.errors import AudioError, WriteError
from producer.io.files import replacing

SECONDS = 5
RNG = random.Random(7)
SPANS = [
    (0, 300),
    (0, 5000),
    *sorted((start, start + RNG.randrange(50, 900)) for start in RNG.sample(range(4900), 25)),
    (4900, 9999),
    (7000, 8000),
]


def encoded(container, codec, form, *, rate=44100, channels=2, options=None, **stream_options):
    """A file's bytes, of noise with a seed that depends on the rate."""
    samples = make_noise(SECONDS, rate, channels, seed=rate)
    if form == "s32":  # 24 bits of them are used
        samples = samples.astype(np.int32) * 65536
        samples += 256 * np.arange(len(samples), dtype=np.int32)[:, None] % 65536
    buffer = io.BytesIO()
    layout = "mono" if channels == 1 else "stereo"
    with av.open(buffer, "w", format=container, options={"fflags": "+bitexact"}) as file:
        stream = file.add_stream(codec, rate=rate, options={**(options or {}), **stream_options})
        stream.layout = layout
        packed = np.ascontiguousarray(samples.reshape(1, -1))
        stream.format = {"aac": "fltp", "vorbis": "fltp", "alac": "s16p"}.get(codec, form)
        frame = av.AudioFrame.from_ndarray(packed, format=form, layout=layout)
        frame.sample_rate, frame.pts = rate, 0
        file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return buffer.getvalue()


def wave(tag, bits, channels, rate, data, *, extensible=False, kind=b"RIFF", extra=b""):
    frame = channels * bits // 8
    fields = struct.pack("<HHIIHH", tag, channels, rate, rate * frame, frame, bits)
    if extensible:
        guid = struct.pack("<H", tag) + bytes.fromhex("000000001000800000aa00389b71")
        fields = struct.pack("<H", 0xFFFE) + fields[2:]
        fields += struct.pack("<HHI", 22, bits, 3) + guid
    chunks = extra + b"fmt " + struct.pack("<I", len(fields)) + fields
    chunks += b"data" + struct.pack("<I", len(data)) + data
    return kind + struct.pack("<I", len(chunks) + 4) + b"WAVE" + chunks


def decoded(data):
    """What a decoder makes of it: all samples, as they are in the file."""
    return decoders.ffmpeg(data)


def compare(tmp_path, data, rate, decode=decoded, tolerance=0.0):
    path = tmp_path / "a.sound"
    path.write_bytes(data)
    whole = decode(data)
    suffixes = set()
    for (start_ms, end_ms), clip in zip(SPANS, copy_clips(path, SPANS), strict=True):
        suffixes.add(clip.suffix)
        start, end = start_ms * rate // 1000, min(end_ms * rate // 1000, len(whole))
        if start >= end:
            assert clip.data == b""
            continue
        part = decode(clip.data)
        assert part.shape == (end - start, whole.shape[1]), (start_ms, end_ms)
        difference = np.abs(part.astype(float) - whole[start:end]).max()
        assert difference <= tolerance, (start_ms, end_ms, difference)
    (suffix,) = suffixes
    return suffix


@pytest.fixture
def open_sound_of(tmp_path):
    def opened(data):
        path = tmp_path / "opened"
        path.write_bytes(data)
        return open_sound(path)

    return opened


def as_project(open_sound_of):
    def decode(data):
        with open_sound_of(data) as sound:
            blocks = list(sound.blocks())
        samples = np.frombuffer(b"".join(block.data for block in blocks), np.int16)
        return samples.reshape(-1, blocks[0].channels)

    return decode


@pytest.mark.parametrize("rate", [22050, 44100, 48000])
@pytest.mark.parametrize("channels", [1, 2])
def test_aac(tmp_path, open_sound_of, rate, channels):
    """Without noise substitution, whose noise depends on all that came before."""
    data = encoded("ipod", "aac", "s16", rate=rate, channels=channels, aac_pns="0")
    assert compare(tmp_path, data, rate, as_project(open_sound_of)) == ".m4a"


def test_alac(tmp_path, open_sound_of):
    data = encoded("ipod", "alac", "s16")
    assert compare(tmp_path, data, 44100, as_project(open_sound_of)) == ".m4a"


def test_m4a_begins_with_its_index(tmp_path):
    path = tmp_path / "a.m4a"
    path.write_bytes(encoded("ipod", "aac", "s16"))
    for clip in copy_clips(path, [(0, 20), (1000, 2000), (1000, 5000)]):
        assert 0 < clip.data.index(b"moov") < clip.data.index(b"mdat")
        with av.open(io.BytesIO(clip.data)) as container:
            assert container.streams.audio[0].start_time == 0


def test_m4a_says_exactly_how_long_it_is(tmp_path):
    path = tmp_path / "a.m4a"
    path.write_bytes(encoded("ipod", "aac", "s16"))
    spans = [(start, start + 501) for start in range(100, 1000, 77)]
    for (start, end), clip in zip(spans, copy_clips(path, spans), strict=True):
        with av.open(io.BytesIO(clip.data)) as container:
            stream = container.streams.audio[0]
            assert stream.duration == end * 441 // 10 - start * 441 // 10
            assert stream.time_base.denominator == 44100


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("options", [{}, {"frame_duration": "2.5"}, {"frame_duration": "60"}])
def test_opus(tmp_path, channels, options):
    data = encoded("ogg", "libopus", "s16", rate=48000, channels=channels, options=options)
    # Decoders begin in another state, and have come within a hundred thousandth.
    assert compare(tmp_path, data, 48000, tolerance=4e-4) == ".opus"
    compare(tmp_path, data, 48000, decoders.libsndfile, tolerance=4e-4)


def test_vorbis(tmp_path):
    """FFmpeg does not leave out what comes before a first position; libvorbis does."""
    data = encoded("ogg", "vorbis", "s16", strict="experimental")
    assert compare(tmp_path, data, 44100, decoders.libsndfile) == ".ogg"


@pytest.mark.parametrize("rate", [8000, 44100, 96000])
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("form", ["s16", "s32"])
@pytest.mark.parametrize("container", ["flac", "ogg"])
def test_flac(tmp_path, rate, channels, form, container):
    data = encoded(container, "flac", form, rate=rate, channels=channels)
    suffix = ".flac" if container == "flac" else ".ogg"
    assert compare(tmp_path, data, rate) == suffix
    if container == "flac":  # libsndfile does not take FLAC in Ogg as FFmpeg writes it
        compare(tmp_path, data, rate, decoders.libsndfile)


def test_flac_at_every_place_around_a_block(tmp_path):
    """A first block of fewer than 16 samples is put together with the next one."""
    path = tmp_path / "a.flac"
    data = encoded("flac", "flac", "s16", rate=8000, channels=1)
    path.write_bytes(data)
    whole = decoded(data)
    spans = [(start, start + 1200) for start in range(565, 585)]  # the first block has 576 ms
    clips = list(copy_clips(path, spans))
    for (start, end), clip in zip(spans, clips, strict=True):
        assert np.array_equal(decoded(clip.data), whole[start * 8 : end * 8])
        assert np.array_equal(
            decoders.libsndfile(clip.data), decoders.libsndfile(data)[start * 8 : end * 8]
        )


def test_flac_of_a_clip(tmp_path):
    """A file of blocks of different lengths, without a checksum."""
    path, again = tmp_path / "a.flac", tmp_path / "b.flac"
    data = encoded("flac", "flac", "s16")
    path.write_bytes(data)
    again.write_bytes(next(copy_clips(path, [(1000, 4000)])).data)
    (clip,) = copy_clips(again, [(500, 1500)])
    assert np.array_equal(decoded(clip.data), decoded(data)[66150:110250])


@pytest.mark.parametrize("container", ["flac", "ogg"])
def test_flac_that_falls_silent_and_swells(tmp_path, container):
    """Frames that are much shorter or longer than the one before, as it is over and over here."""
    samples = make_noise(4, 44100, 2)
    samples[(np.arange(len(samples)) // 12_000) % 2 == 1] = 0
    data = encode(samples, f".{container}")
    path = tmp_path / "a.sound"
    path.write_bytes(data)
    spans = [(0, 1300), (1300, 2700), (2700, 4000)]
    clips = [decoded(clip.data) for clip in copy_clips(path, spans)]
    assert np.array_equal(np.concatenate(clips), samples)
    assert [len(clip) for clip in clips] == [57_330, 61_740, 57_330]


@pytest.mark.parametrize("back", [100, 1500])
def test_flac_with_a_header_by_chance_in_the_sound(tmp_path, back):
    """It is the sound's, since its frame would begin before the one ends that it is in."""
    path = tmp_path / "a.flac"
    data = encoded("flac", "flac", "s16", rate=8000, channels=1)
    path.write_bytes(data)
    (clean,) = copy_clips(path, [(0, 5000)])
    reader = HeaderReader(StreamInfo(data[8:42]))
    first, header = reader.find(data, 42, len(data), 0)
    fifth, _ = reader.find(data, first + 1, len(data), 5 * header.samples)
    chance, place = data[first : first + header.length], fifth - back
    path.write_bytes(data[:place] + chance + data[place + len(chance) :])
    (clip,) = copy_clips(path, [(0, 5000)])
    place = clip.data.index(chance)
    assert clip.data == clean.data[:place] + chance + clean.data[place + len(chance) :]


def test_flac_with_tags_around(tmp_path):
    path = tmp_path / "a.flac"
    data = encoded("flac", "flac", "s16")
    path.write_bytes(b"ID3\4\0\0\0\0\1\0" + bytes(128) + data + b"TAG" + bytes(125))
    (clip,) = copy_clips(path, [(4000, 6000)])
    assert np.array_equal(decoded(clip.data), decoded(data)[4 * 44100 :])


WAVES = {
    "u8": (1, 8),
    "s16": (1, 16),
    "s24": (1, 24),
    "s32": (1, 32),
    "float": (3, 32),
    "double": (3, 64),
    "mu-law": (7, 8),
}


@pytest.mark.parametrize("name", WAVES)
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("extensible", [False, True])
def test_wave(tmp_path, name, channels, extensible):
    tag, bits = WAVES[name]
    sound = make_noise(SECONDS, 16000, channels).astype(float)
    if tag == 3:
        sound = (sound / 32768).astype(f"<f{bits // 8}").tobytes()
    else:
        wide = (sound * 65536).astype("<i4")
        sound = wide.view(np.uint8).reshape(-1, 4)[:, 4 - bits // 8 :].tobytes()
    data = wave(
        tag, bits, channels, 16000, sound, extensible=extensible, extra=b"junk\3\0\0\0abc\0"
    )
    assert compare(tmp_path, data, 16000) == ".wav"


def test_wave_samples_are_the_same_bytes(tmp_path):
    path = tmp_path / "a.wav"
    sound = bytes(range(256)) * 600
    path.write_bytes(wave(1, 24, 2, 8000, sound))
    (clip,) = copy_clips(path, [(100, 201)])
    assert clip.data == wave(1, 24, 2, 8000, sound[800 * 6 : 1608 * 6])


def test_wave_of_an_odd_length_is_padded(tmp_path):
    path = tmp_path / "a.wav"
    path.write_bytes(wave(1, 8, 1, 1000, bytes(range(200))))
    (clip,) = copy_clips(path, [(10, 13)])
    assert clip.data[-4:] == bytes((10, 11, 12, 0))
    assert clip.data[:8] == b"RIFF" + struct.pack("<I", len(clip.data) - 8)
    assert clip.data[-8:-4] == struct.pack("<I", 3)


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF, 0x7FFFFFFF])
def test_wave_of_unknown_length(tmp_path, size):
    """As recorders leave it that write into a pipe, or crashed."""
    sound = make_noise(2, 8000).tobytes()
    data = wave(1, 16, 1, 8000, sound).replace(
        struct.pack("<I", len(sound)), struct.pack("<I", size)
    )
    path = tmp_path / "a.wav"
    path.write_bytes(data)
    (clip,) = copy_clips(path, [(1000, 9000)])
    assert clip.data[44:] == sound[16000:]


def test_a_wave_that_gets_shorter_while_it_is_read(tmp_path):
    """No clip is made up of what is not there."""
    path = tmp_path / "a.wav"
    path.write_bytes(wave(1, 16, 2, 44100, bytes(44100 * 4 * 20)))
    clips = copy_clips(path, [(0, 1000), (1000, 2000), (18_000, 19_000)])
    assert next(clips).parts
    with path.open("rb+") as file:
        file.truncate(44100 * 4 * 15)
    assert next(clips).parts
    with pytest.raises(AudioError, match="was cut short while it was read"):
        next(clips)


@pytest.mark.parametrize("kind", [b"RF64", b"BW64"])
def test_sparse_wave_over_4_gib(tmp_path, kind):
    """Eight hours; the file takes no room on the disk, and a clip of it none in memory."""
    frames = 8 * 3600 * 48000
    size = frames * 4
    ds64 = b"ds64" + struct.pack("<IQQQI", 28, size + 72, size, frames, 0)
    head = wave(1, 16, 2, 48000, b"", kind=kind, extra=ds64)
    head = kind + b"\xff\xff\xff\xff" + head[8:-4] + b"\xff\xff\xff\xff"
    sound = make_noise(1, 48000, 2).tobytes()
    path = tmp_path / "a.wav"
    with path.open("wb") as file:
        file.write(head)
        file.seek(len(head) + 7 * 3600 * 48000 * 4)
        file.write(sound)
        file.truncate(len(head) + size)
    hours = 3_600_000
    clips = copy_clips(path, [(7 * hours, 7 * hours + 1000), (8 * hours - 10, 9 * hours)])
    assert next(clips).data == wave(1, 16, 2, 48000, sound)
    assert next(clips).data == wave(1, 16, 2, 48000, bytes(480 * 4))
    with pytest.raises(AudioError, match="larger than 2 GiB"):
        list(copy_clips(path, [(0, 8 * hours)]))


def test_clips_cut_by_decoding_are_at_the_same_place(tmp_path):
    """What is copied, and what is cut by the decoder, of the same spans."""
    files = {
        "flac": encoded("flac", "flac", "s16"),
        "ogg": encoded("ogg", "flac", "s16"),
        "m4a": encoded("ipod", "alac", "s16"),
        "wav": encode(make_noise(SECONDS, channels=2), ".wav"),
    }
    for name, data in files.items():
        path, copied = tmp_path / f"a.{name}", tmp_path / f"b.{name}"
        path.write_bytes(data)
        for clip, segment in zip(copy_clips(path, SPANS), cut_clips(path, SPANS), strict=True):
            if not segment.raw_data:
                assert not clip.parts
                continue
            copied.write_bytes(clip.data)
            (again,) = cut_clips(copied, [(0, 99999)])
            assert again.raw_data == segment.raw_data


def test_a_flac_clip_has_room_for_tags(tmp_path):
    """Who writes some need not move the sound: of an hour, that took longer than all the rest."""
    path, tagged = tmp_path / "a.flac", tmp_path / "b"
    path.write_bytes(encoded("flac", "flac", "s16"))
    (clip,) = copy_clips(path, [(100, 1900)])
    write_clip(clip, Tags(title="A long title " * 20, artist="Maren", album="B", track=1), tagged)
    sound = b"".join(clip.parts[1:])
    assert tagged.stat().st_size == len(clip.data)
    assert tagged.read_bytes().endswith(sound)
    assert mutagen.flac.FLAC(tagged)["artist"] == ["Maren"]


def test_a_disk_that_is_full_when_tags_are_written(tmp_path, monkeypatch):
    """mutagen wraps the error in one of its own, which says nothing of the sound."""

    def full(*_args, **_options):
        raise mutagen.MutagenError("full") from OSError(errno.ENOSPC, "full")

    path = tmp_path / "a.flac"
    path.write_bytes(encoded("flac", "flac", "s16"))
    (clip,) = copy_clips(path, [(100, 1900)])
    monkeypatch.setattr(mutagen, "File", full)
    with (
        pytest.raises(WriteError, match=r"clip\.flac: cannot be written: No space left"),
        replacing(tmp_path / "clip.flac") as temporary,
    ):
        write_clip(clip, Tags(title="T"), temporary)
    assert [each.name for each in tmp_path.iterdir()] == ["a.flac"]


def broken(data, **places):
    for place, values in places.items():
        at = int(place[1:])
        data = data[:at] + values + data[at + len(values) :]
    return data


WAVE = wave(1, 16, 1, 8000, bytes(1000))
OPUS = encoded("ogg", "libopus", "s16", rate=48000, channels=1)
FLAC = encoded("flac", "flac", "s16", rate=8000, channels=1)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (WAVE[:20], "no sound in this WAV"),
        (WAVE[:12], "no sound in this WAV"),
        (WAVE[:12] + WAVE[36:], "header is broken"),
        (broken(WAVE, _24=bytes(4)), "header is broken"),
        (broken(WAVE, _32=b"\3"), "header is broken"),
        (broken(WAVE, _20=b"\x11"), "format 0x0011"),
        (b"RIFF\0\0\0\0WAVE" + b"junk\0\0\0\0" * 9000, "no sound in this WAV"),
        (FLAC[:20], "FLAC header is broken"),
        (broken(FLAC, _18=bytes(3)), "FLAC header is broken"),
        (OPUS[:60], "headers are cut off"),
        (broken(OPUS, _28=b"NotOpus!"), "neither Opus nor Vorbis"),
        (OPUS + OPUS, "several streams"),
        (b"\0\0\0\x20ftypM4A " + bytes(300), "not a sound file"),
        (b"OggS", "neither Opus nor Vorbis"),
    ],
)
def test_broken_files(tmp_path, data, message):
    path = tmp_path / "a.mp3"
    path.write_bytes(data)
    with pytest.raises(AudioError, match=message):
        list(copy_clips(path, [(0, 100), (1000, 9000)]))
