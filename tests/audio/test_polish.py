import io
import tempfile
import threading
from pathlib import Path

import decoders
import numpy as np
import pyloudnorm
import pytest
from sound import FORMATS, lag_of, write_sound

from producer.audio.polish import Polish, load_segment, polish_clips, polish_segment
from producer.audio.segment import make_segment
from producer.errors import AudioError

RATE = 44100


def talk(seconds, rate=RATE, channels=1, level=3000.0, seed=7):
    """Noise like a voice: in syllables, with a pause every two seconds and few highs."""
    rng = np.random.default_rng(seed)
    at = np.arange(round(seconds * rate)) / rate
    shape = (np.sin(at * 17) ** 2) * ((at % 2) > 0.3)
    noise = np.convolve(rng.normal(0, level, len(at) + 14), np.hanning(15) / 3, "valid")
    sound = np.repeat((noise * shape)[:, None], channels, axis=1)
    return np.clip(sound, -32767, 32767).astype(np.int16)


def loudness(data):
    sound = decoders.libsndfile(data).astype(float)
    with tempfile.NamedTemporaryFile(suffix=".mp3") as file:
        file.write(data)
        file.flush()
        rate = decoders.rate_of(Path(file.name))
    return pyloudnorm.Meter(rate).integrated_loudness(sound)


def true_peak_db(data):
    """The highest level between samples, in the frequency domain."""
    sound = decoders.libsndfile(data).astype(float)
    spectrum = np.fft.rfft(np.pad(sound, ((50, 50), (0, 0))), axis=0)
    return 20 * np.log10(np.abs(np.fft.irfft(spectrum, len(sound) * 8, axis=0) * 8).max())


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("level", [300.0, 9000.0])
def test_each_clip_is_as_loud_as_asked_and_holds_its_peak(tmp_path, suffix, level):
    rate = FORMATS[suffix][3]
    path = write_sound(tmp_path / f"a{suffix}", talk(12, rate, 2, level), rate)
    for data in polish_clips(path, [(0, 6000), (6000, 12_000)], Polish()):
        assert loudness(data) == pytest.approx(-16, abs=0.5)
        assert true_peak_db(data) <= -0.95


@pytest.mark.parametrize("bitrate_kbps", [64, 96, 128, 160, 192, 256])
def test_encoding_makes_it_no_quieter(tmp_path, bitrate_kbps):
    path = write_sound(tmp_path / "a.wav", talk(6))
    (data,) = polish_clips(path, [(0, 6000)], Polish(bitrate_kbps=bitrate_kbps))
    assert loudness(data) == pytest.approx(-16, abs=0.3)


def test_peaks_far_above_the_loudness_are_limited(tmp_path):
    sound = talk(8, level=400.0)
    sound[30_000:300_000:44_100] = 30_000
    path = write_sound(tmp_path / "a.wav", sound)
    (data,) = polish_clips(path, [(0, 8000)], Polish())
    assert true_peak_db(data) <= -0.95
    assert loudness(data) == pytest.approx(-16, abs=0.5)


def test_the_gain_of_the_episode_keeps_clips_apart(tmp_path):
    quiet, loud = talk(6, level=1000.0), talk(6, level=2000.0)
    path = write_sound(tmp_path / "a.wav", np.concatenate([quiet, loud]))
    spans = [(0, 6000), (6000, 12_000)]
    first, second = polish_clips(path, spans, Polish(episode_lufs=-24.0))
    assert loudness(second) - loudness(first) == pytest.approx(6.0, abs=0.4)
    (before,) = polish_clips(path, [spans[0]], Polish(loudness_lufs=None))
    assert loudness(first) - loudness(before) == pytest.approx(8 + 0.45, abs=0.4)


@pytest.mark.parametrize("suffix", [".mp3", ".wav", ".m4a"])
def test_clips_begin_and_end_where_they_should(tmp_path, suffix):
    source = talk(9, channels=2)
    path = write_sound(tmp_path / f"a{suffix}", source)
    spans = [(500, 2750), (2750, 6000), (6000, 8999)]
    polish = Polish(loudness_lufs=None, fade_ms=0, bitrate_kbps=192)
    for (start_ms, end_ms), data in zip(spans, polish_clips(path, spans, polish), strict=True):
        start, end = start_ms * RATE // 1000, end_ms * RATE // 1000
        found = decoders.ffmpeg(data)
        assert len(found) == end - start
        assert lag_of(found[:, 0].astype(float), source[start:end, 0].astype(float)) == 0


def test_ends_are_faded_and_the_rest_is_not(tmp_path):
    tone = (np.sin(np.arange(RATE * 3) / RATE * 2 * np.pi * 300) * 12_000).astype(np.int16)
    path = write_sound(tmp_path / "a.wav", tone[:, None])
    (data,) = polish_clips(path, [(1000, 2000)], Polish(loudness_lufs=None, bitrate_kbps=192))
    sound = np.abs(decoders.ffmpeg(data)[:, 0])
    assert max(sound[:20].max(), sound[-20:].max()) < 0.01  # -40 dBFS
    middle = sound[1000:-1000].reshape(-1, 100)[:420].max(axis=1)
    assert middle.min() > 0.3


@pytest.mark.parametrize(("channels", "wanted"), [(None, 2), (1, 1), (2, 2)])
def test_channels_are_those_asked(tmp_path, channels, wanted):
    path = write_sound(tmp_path / "a.wav", talk(4, channels=2))
    (data,) = polish_clips(path, [(0, 4000)], Polish(channels=channels))
    assert decoders.ffmpeg(data).shape[1] == wanted
    assert loudness(data) == pytest.approx(-16, abs=0.5)


def test_a_rate_that_mp3_does_not_have_becomes_48_khz(tmp_path):
    path = write_sound(tmp_path / "a.wav", talk(4, 96000), 96000)
    (data,) = polish_clips(path, [(1000, 3000)], Polish())
    assert len(decoders.ffmpeg(data)) == pytest.approx(96_000, abs=2)
    assert loudness(data) == pytest.approx(-16, abs=0.5)


def test_intro_and_outro_are_as_loud_and_crossfaded(tmp_path):
    path = write_sound(tmp_path / "a.wav", talk(8))
    tone = np.sin(np.arange(3 * 48000) / 48000 * 2 * np.pi * 500) * 900
    jingle = make_segment(np.repeat(tone.astype("<i2"), 2).tobytes(), 48000, 2)
    polish = Polish(intro=jingle, outro=jingle, crossfade_ms=1000)
    (data,) = polish_clips(path, [(0, 8000)], polish)
    sound = decoders.ffmpeg(data)[:, 0]
    assert len(sound) == pytest.approx((3 + 8 + 3 - 2) * RATE, abs=100)
    meter = pyloudnorm.Meter(RATE)
    for start, end in ((0.2, 1.9), (10.1, 11.8), (3, 9)):
        part = sound[round(start * RATE) : round(end * RATE)].astype(float)
        assert meter.integrated_loudness(part) == pytest.approx(-16, abs=0.8), start
    assert true_peak_db(data) <= -0.95


@pytest.mark.parametrize("loudness_lufs", [-16.0, None])
@pytest.mark.parametrize("length_ms", [1, 15, 400, 1100])
def test_clips_of_any_length(tmp_path, loudness_lufs, length_ms):
    path = write_sound(tmp_path / "a.wav", talk(3))
    polish = Polish(loudness_lufs=loudness_lufs)
    (data,) = polish_clips(path, [(900, 900 + length_ms)], polish)
    assert len(decoders.ffmpeg(data)) == (900 + length_ms) * RATE // 1000 - 900 * RATE // 1000


def test_silence_stays_silence_and_what_is_outside_is_nothing(tmp_path):
    path = write_sound(tmp_path / "a.wav", np.zeros((RATE * 2, 1), np.int16))
    silence, nothing = polish_clips(path, [(0, 2000), (5000, 6000)], Polish())
    assert not decoders.ffmpeg(silence).any()
    assert nothing == b""
    assert list(polish_clips(path, [], Polish())) == []


def test_how_many_at_a_time_makes_no_difference(tmp_path):
    path = write_sound(tmp_path / "a.mp3", talk(8))
    spans = [(0, 2500), (2500, 4000), (3000, 7000), (7000, 8000)]
    one = list(polish_clips(path, spans, Polish(), jobs=1))
    assert list(polish_clips(path, spans, Polish(), jobs=3)) == one
    assert len(set(one)) == 4


def test_stopping_early_leaves_no_thread(tmp_path):
    path = write_sound(tmp_path / "a.mp3", talk(6))
    clips = polish_clips(path, [(at, at + 500) for at in range(0, 5000, 500)], Polish(), jobs=2)
    next(clips)
    clips.close()
    assert threading.active_count() == 1 or not any(
        thread.name.startswith("ThreadPoolExecutor") for thread in threading.enumerate()
    )


def test_segments_in_and_out():
    segment = make_segment(talk(6, channels=2, level=500.0).tobytes(), RATE, 2)
    polished = polish_segment(segment, Polish(channels=1))
    assert (polished.frame_rate, polished.channels, len(polished)) == (RATE, 1, len(segment))
    sound = np.frombuffer(polished.raw_data, np.int16) / 32768
    assert pyloudnorm.Meter(RATE).integrated_loudness(sound) == pytest.approx(-16, abs=0.3)
    assert np.abs(sound[:5]).max() < 0.001


def test_a_jingle_is_short(tmp_path):
    path = write_sound(tmp_path / "a.wav", talk(1, channels=2))
    assert len(load_segment(path)) == 1000
    long = write_sound(tmp_path / "b.wav", np.zeros((8000 * 121, 1), np.int16), 8000)
    with pytest.raises(AudioError, match="longer than 120 seconds"):
        load_segment(long)


def test_broken_files_are_audio_errors(tmp_path):
    path = tmp_path / "a.mp3"
    path.write_bytes(b"text" * 100)
    with pytest.raises(AudioError, match=r"a\.mp3"):
        list(polish_clips(path, [(0, 1)], Polish()))


def test_the_mp3_holds_no_tag_of_its_own(tmp_path):
    path = write_sound(tmp_path / "a.wav", talk(1))
    (data,) = polish_clips(path, [(0, 1000)], Polish())
    assert io.BytesIO(data).read(2) == b"\xff\xfb"
