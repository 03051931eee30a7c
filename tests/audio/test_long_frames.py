"""Frames of a second are the same sound as a codec's own, or they are refused."""

import random

import numpy as np
import pytest
from sound import FORMATS, encode, make_noise
from test_analysis_fuzz import damaged

from producer.audio.decode import open_sound
from producer.audio.floats import FloatReader
from producer.audio.long_frames import NotPlainError, long_frames
from producer.errors import AudioError

SECONDS = 0.7


def samples_of(sound, frames):
    pieces = [piece.copy() for piece in FloatReader(sound, frames).pieces(5000)]
    return np.concatenate(pieces, axis=1) if pieces else np.zeros((0, 0), np.float32)


def both(path):
    with open_sound(path) as sound:
        long = samples_of(sound, long_frames(sound, SECONDS))
        return long, samples_of(sound, sound.frames())


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("name", ["a", "it's [1], 50%: a=b;c\\d \u00fc"])
def test_they_are_the_same_sound(tmp_path, suffix, channels, name):
    path = tmp_path / f"{name}{suffix}"
    path.write_bytes(encode(make_noise(3, FORMATS[suffix][3], channels), suffix))
    long, short = both(path)
    assert long.shape[1] == 3 * FORMATS[suffix][3]
    np.testing.assert_array_equal(long, short)


@pytest.mark.parametrize("suffix", FORMATS)
def test_damage_is_the_same_or_refused(tmp_path, suffix):
    rng = random.Random(suffix)
    rate = FORMATS[suffix][3]
    whole = encode(make_noise(3, rate, 2), suffix)
    mono = encode(make_noise(1, rate, 1), suffix)
    path = tmp_path / f"a{suffix}"
    for data in [whole + mono, mono + whole, *(damaged(whole, rng) for _ in range(20))]:
        path.write_bytes(data)
        try:
            long, short = both(path)
        except (NotPlainError, AudioError):
            continue
        np.testing.assert_array_equal(long, short)
