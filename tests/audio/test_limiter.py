import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from producer.audio.limiter import limit
from producer.audio.true_peak import TruePeak

RATE = 44100


def limited(sound, ceiling, sizes=(10_000,), rate=RATE):
    pieces, at, turn = [], 0, 0
    while at < sound.shape[1]:
        pieces.append(sound[:, at : at + sizes[turn % len(sizes)]])
        at += sizes[turn % len(sizes)]
        turn += 1
    return np.concatenate([*limit(pieces, rate, len(sound), ceiling), sound[:, :0]], axis=1)


def peak_of(sound):
    """By another way than the limiter's: all samples, in the frequency domain."""
    padded = np.pad(sound, ((0, 0), (100, 100))).astype(float)
    size = padded.shape[1]
    spectrum = np.fft.rfft(padded, axis=1)
    return np.abs(np.fft.irfft(spectrum, size * 8, axis=1) * 8).max()


def bursts(seconds=1.0, channels=2):
    at = np.arange(round(RATE * seconds)) / RATE
    shape = 0.1 + 0.9 * (np.sin(at * 9) > 0.8)
    tones = np.sin(at * 2 * np.pi * 440) + 0.5 * np.sin(at * 2 * np.pi * 9700)
    return np.repeat((tones * shape)[None], channels, axis=0).astype(np.float32)


@pytest.mark.parametrize("ceiling_db", [-1.0, -6.0, -12.0])
@pytest.mark.parametrize("channels", [1, 2])
def test_no_peak_is_above_the_ceiling(ceiling_db, channels):
    ceiling = 10 ** (ceiling_db / 20)
    out = limited(bursts(channels=channels), ceiling)
    assert 20 * np.log10(peak_of(out) / ceiling) <= 0.1
    assert 20 * np.log10(peak_of(out) / ceiling) >= -0.5


def test_what_is_quiet_is_left_alone():
    sound = bursts() * 0.3
    assert np.array_equal(limited(sound, 0.9), sound)


def test_only_the_neighbourhood_of_a_peak_is_turned_down():
    sound = np.full((1, RATE), 0.1, np.float32)
    sound[0, 20_000:20_100] = 0.9
    out = limited(sound, 0.45)
    reach = round(0.035 * RATE)
    assert np.array_equal(out[0, : 20_000 - reach], sound[0, : 20_000 - reach])
    assert np.array_equal(out[0, 20_100 + reach :], sound[0, 20_100 + reach :])
    # Away from the edges of the step the gain is what is left of it, and bends without a click.
    gain = out / sound
    assert np.abs(np.diff(gain)).max() < 0.004


@settings(max_examples=40)
@given(
    sizes=st.lists(st.integers(1, 9000), min_size=1, max_size=5),
    length=st.integers(0, 12_000),
    rate=st.sampled_from([8000, 11025, 44100, 48000]),
)
def test_pieces_of_any_size_come_out_as_one(sizes, length, rate):
    sound = bursts(0.3)[:, :length]
    if length // min(sizes) > 500:
        return
    whole = limited(sound, 0.5, (length + 1,), rate)
    assert whole.shape == sound.shape
    assert np.allclose(limited(sound, 0.5, sizes, rate), whole, atol=1e-6)


def test_the_meter_finds_what_lies_between_samples():
    sound = bursts(0.5, 1)
    meter = TruePeak(1)
    for at in range(0, sound.shape[1], 777):
        meter.feed(sound[:, at : at + 777])
    assert 20 * np.log10(meter.finish() / peak_of(sound)) == pytest.approx(0, abs=0.15)
