from contextlib import suppress
from pathlib import Path

import pytest
from sound import FORMATS, encode, make_noise, write_sound

from producer.audio.formats import SUFFIXES, media_type
from producer.audio.measure import AudioInfo, measure
from producer.errors import AudioError

EPISODES = Path(__file__).parents[2] / "episodes" / "audio"


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("channels", [1, 2])
def test_length_is_that_of_the_sound(tmp_path, suffix, channels):
    rate = FORMATS[suffix][3]
    path = write_sound(tmp_path / f"a{suffix}", make_noise(3.217, rate, channels))
    info = measure(path)
    assert abs(info.duration_ms - 3217) <= 1
    assert (info.sample_rate, info.channels) == (rate, channels)


@pytest.mark.parametrize(
    ("name", "duration_ms", "codec"),
    [
        ("s01e01-a-podcast-in-a-git-repository.mp3", 93816, "mp3"),
        ("s01e02-wie-klingt-groesse.m4a", 81199, "aac"),
    ],
)
def test_sample_episodes(name, duration_ms, codec):
    assert measure(EPISODES / name) == AudioInfo(duration_ms, 22050, 1, codec)


@pytest.mark.parametrize("vbr", [False, True])
def test_mp3_without_a_header_has_the_encoder_delay_in_it(tmp_path, vbr):
    path = write_sound(tmp_path / "a.mp3", make_noise(3), xing=False, vbr=vbr)
    # 1105 samples of LAME's delay, and the last frame filled up
    assert 3025 <= measure(path).duration_ms <= 3025 + 2 * 27


def test_vbr_mp3_with_a_header(tmp_path):
    path = write_sound(tmp_path / "a.mp3", make_noise(3), vbr=True)
    assert measure(path).duration_ms == 3000


def test_suffix_does_not_matter(tmp_path):
    path = tmp_path / "really-flac.mp3"
    path.write_bytes(encode(make_noise(1), ".flac"))
    assert measure(path) == AudioInfo(1000, 44100, 1, "flac")


@pytest.mark.parametrize("name", ["a:b.mp3", "http:x.mp3", "ü %d*.mp3", "-.mp3"])
def test_odd_file_names(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    assert measure(write_sound(Path(name), make_noise(0.5))).duration_ms == 500


def test_a_switch_from_stereo_to_mono_at_half_the_rate(tmp_path):
    path = tmp_path / "a.mp3"
    second = encode(make_noise(2, 22050), ".mp3", 22050, xing=False)
    path.write_bytes(encode(make_noise(1, channels=2), ".mp3", xing=False) + second)
    info = measure(path)
    # FFmpeg's decoder names the rate that the demuxer saw last for the very first frame.
    assert info.sample_rate in {22050, 44100}
    assert info.channels == 2
    assert 3000 <= info.duration_ms <= 3200


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"just some text\n" * 500, "is not a sound file, or damaged"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nsubtitles\n\n" * 9, "is not a sound file, or damaged"),
        (b"#EXTM3U\n#EXTINF:1,\na.mp3\n", "is not a sound file, or damaged"),
        (bytes(50_000), "is not a sound file, or damaged"),
        (b"ID3\x03\0\0\0\0\x7f\x7f", "is not a sound file, or damaged"),
        (b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0", "is not a sound file, or damaged"),
    ],
)
def test_what_is_not_sound(tmp_path, data, message):
    path = tmp_path / "a.mp3"
    path.write_bytes(data)
    with pytest.raises(AudioError) as caught:
        measure(path)
    assert caught.value.message == f"{path}: {message}"
    assert caught.value.hint


def test_missing_file_and_folder(tmp_path):
    with pytest.raises(AudioError, match=r"gone\.mp3: there is no such file"):
        measure(tmp_path / "gone.mp3")
    with pytest.raises(AudioError, match=str(tmp_path)):
        measure(tmp_path)


@pytest.mark.parametrize("suffix", FORMATS)
def test_damage_is_survived(tmp_path, suffix):
    data = encode(make_noise(3, FORMATS[suffix][3]), suffix)
    middle = len(data) // 2
    damaged = (
        data[:middle],
        data[:middle] + bytes(range(256)) * 8 + data[middle + 2048 :],
        data[:middle] + bytes(range(256)) * 4 + data[middle:],
        data[:200] + data[260:],
    )
    path = tmp_path / f"a{suffix}"
    for bad in damaged:
        path.write_bytes(bad)
        with suppress(AudioError):
            assert 0 < measure(path).duration_ms < 4000


def test_one_damaged_packet_is_left_out(tmp_path):
    data = bytearray(encode(make_noise(3), ".mp3"))
    middle = len(data) // 2
    data[middle : middle + 600] = bytes(600)
    path = tmp_path / "a.mp3"
    path.write_bytes(data)
    assert 2800 <= measure(path).duration_ms <= 3000


def test_media_types():
    assert {suffix: media_type(Path(f"a{suffix.upper()}")) for suffix in SUFFIXES} == {
        ".mp3": "audio/mpeg",
        ".m4a": "audio/x-m4a",
        ".opus": "audio/ogg",
        ".ogg": "audio/ogg",
        ".flac": "audio/flac",
        ".wav": "audio/wav",
    }
    with pytest.raises(ValueError, match=r"not a sound file: 'a\.txt'"):
        media_type(Path("a.txt"))
