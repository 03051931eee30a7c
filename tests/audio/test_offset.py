import numpy as np
import pytest
from sound import write_sound

from producer.audio.analysis import analyse
from producer.audio.offset import find_offset

RATE = 44100


def talk(seconds, rate=RATE, seed=7):
    """Noise in words and pauses of all lengths, so that no place is like another."""
    rng = np.random.default_rng(seed)
    samples = round(seconds * rate)
    shape = np.zeros(samples)
    at = 0
    while at < samples:
        word = rng.integers(rate // 10, rate)
        shape[at : at + word] = rng.uniform(0.2, 1.0)
        at += word + rng.integers(rate // 20, rate // 2)
    noise = np.convolve(rng.normal(0, 4000, samples + 14), np.hanning(15) / 3, "valid")
    return np.clip(noise * shape, -32767, 32767).astype(np.int16)[:, None]


def offset_of(tmp_path, first, second, *, suffixes=(".m4a", ".mp3"), rates=(RATE, RATE)):
    one = write_sound(tmp_path / f"one{suffixes[0]}", first, rates[0])
    two = write_sound(tmp_path / f"two{suffixes[1]}", second, rates[1])
    return find_offset(one, two, (analyse(one), analyse(two)))


@pytest.mark.parametrize("cut_ms", [0, 7, 4500, 12_345])
def test_a_beginning_that_was_trimmed_is_found_to_the_millisecond(tmp_path, cut_ms):
    video = talk(60)
    found = offset_of(tmp_path, video, video[cut_ms * RATE // 1000 :])
    assert found.offset_ms == pytest.approx(cut_ms, abs=2)
    assert found.confidence > 0.7


def test_an_intro_before_the_audio_is_a_negative_offset(tmp_path):
    video = talk(40)
    jingle = talk(9, seed=99)
    found = offset_of(
        tmp_path,
        video,
        np.concatenate([jingle, video]),
        suffixes=(".mp3", ".opus"),
        rates=(RATE, 48000),
    )
    # Played at another rate, all of it is as much faster.
    assert found.confidence < 0.5
    found = offset_of(tmp_path, video, np.concatenate([jingle, video]))
    assert found.offset_ms == pytest.approx(-9000, abs=2)
    assert found.confidence > 0.6


@pytest.mark.parametrize("noise", [300, 2000])
def test_noise_and_another_level_do_no_harm(tmp_path, noise):
    video = talk(60)
    rng = np.random.default_rng(1)
    copy = video[5000:, 0] * 0.3 + rng.normal(0, noise * 0.3, len(video) - 5000)
    found = offset_of(tmp_path, video, copy.astype(np.int16)[:, None])
    assert found.offset_ms == pytest.approx(5000 / 44.1, abs=2)
    assert found.confidence > 0.35


def test_both_ends_trimmed_in_another_format_and_rate(tmp_path):
    video = talk(50, 48000)
    # Every second sample of a sound without highs is the sound at half the rate.
    audio = video[3 * 48000 : 40 * 48000 : 2]
    found = offset_of(tmp_path, video, audio, suffixes=(".opus", ".wav"), rates=(48000, 24000))
    assert found.offset_ms == pytest.approx(3000, abs=8)
    assert found.confidence > 0.6


@pytest.mark.parametrize("second", [talk(60, seed=8), np.zeros((RATE * 20, 1), np.int16)])
def test_other_recordings_and_silence_are_not_found(tmp_path, second):
    assert offset_of(tmp_path, talk(60), second).confidence < 0.2


@pytest.mark.parametrize("seconds", [0.01, 0.3, 2])
def test_short_recordings_do_no_harm(tmp_path, seconds):
    found = offset_of(tmp_path, talk(20), talk(seconds, seed=3), suffixes=(".wav", ".wav"))
    assert 0 <= found.confidence < 0.5
