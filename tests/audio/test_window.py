import random
from itertools import pairwise

import numpy as np
import pytest
from sound import FORMATS, make_noise, write_sound

from producer.audio.decode import open_sound
from producer.audio.floats import FloatReader
from producer.audio.window import WindowReader
from producer.errors import AudioError


def whole_of(path):
    with open_sound(path) as sound:
        return np.concatenate([piece.copy() for piece in FloatReader(sound).pieces(5000)], axis=1)


def window(reader, start, end, samples=10_000):
    pieces = [piece.copy() for piece in reader.pieces(start, end, samples)]
    return np.concatenate(pieces, axis=1) if pieces else np.zeros((reader.channels, 0))


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("xing", [True, False])
def test_a_window_is_a_slice_of_the_whole(tmp_path, suffix, xing):
    rate = FORMATS[suffix][3]
    path = write_sound(tmp_path / f"a{suffix}", make_noise(12, rate, 2), rate, xing=xing)
    whole = whole_of(path)
    rng = random.Random(3)
    spans = sorted((at := rng.randrange(11 * rate), at + rng.randrange(2 * rate)) for _ in range(8))
    spans += [(0, 500), (rate, rate + 1), (rate + 1, 3 * rate), (3 * rate, 4 * rate), (7, 7)]
    with WindowReader(path) as reader:
        assert (reader.rate, reader.channels) == (rate, 2)
        for start, end in spans:
            found, wanted = window(reader, start, end), whole[:, start:end]
            assert found.shape == wanted.shape, (start, end)
            # AAC fills bands with noise of its own, and Opus adapts to what it heard before.
            allowed = 0.02 if suffix in {".m4a", ".opus"} else 1e-6
            assert np.abs(found - wanted).max(initial=0) <= allowed, (start, end)


@pytest.mark.parametrize(
    ("suffix", "rate", "bit_rate"),
    [
        # At so few bits AAC fills bands with noise, and MP3 saves up bits over many frames.
        *((suffix, kind[3], 24_000) for suffix, kind in FORMATS.items()),
        (".mp3", 24_000, 8000),
        (".mp3", 8000, 8000),
    ],
)
def test_a_span_is_the_same_whatever_was_read_before(tmp_path, suffix, rate, bit_rate):
    sound = np.random.default_rng(1).normal(0, 3000, (12 * rate, 1)).astype(np.int16)
    path = write_sound(tmp_path / f"a{suffix}", sound, rate, bit_rate=bit_rate)
    rng = random.Random(5)
    starts = sorted(rng.randrange(11 * rate) for _ in range(9))
    spans = [*pairwise(starts), (0, rate), (rate // 20, rate)]
    alone = {}
    for span in spans:
        with WindowReader(path) as reader:
            alone[span] = window(reader, *span)
    for _ in range(4):
        with WindowReader(path) as reader:
            for span in spans:
                if rng.random() < 0.7:
                    assert np.array_equal(window(reader, *span), alone[span]), span
        rng.shuffle(spans)


@pytest.mark.parametrize("rate", [8000, 22050, 24000, 32000, 48000])
def test_any_rate_of_mp3(tmp_path, rate):
    path = write_sound(tmp_path / "a.mp3", make_noise(6, rate), rate, vbr=True)
    whole = whole_of(path)
    with WindowReader(path) as reader:
        found = window(reader, 5 * rate, 6 * rate)
    assert np.array_equal(found, whole[:, 5 * rate : 6 * rate])


def test_what_lies_past_the_end_is_missing(tmp_path):
    path = write_sound(tmp_path / "a.wav", make_noise(3))
    with WindowReader(path) as reader:
        assert window(reader, 44100 * 2, 44100 * 9).shape == (1, 44100)
        assert window(reader, 44100 * 5, 44100 * 9).shape == (1, 0)
        assert window(reader, 44100 * 1, 44100 * 2).shape == (1, 44100)


def test_damage_in_the_middle_is_lived_with(tmp_path):
    path = write_sound(tmp_path / "a.mp3", make_noise(6))
    data = bytearray(path.read_bytes())
    data[40_000:44_000] = bytes(random.Random(1).randbytes(4000))
    path.write_bytes(data)
    with WindowReader(path) as reader:
        assert window(reader, 4 * 44100, 5 * 44100).shape == (1, 44100)


def test_nothing_to_decode_is_an_audio_error(tmp_path):
    path = tmp_path / "a.mp3"
    path.write_bytes(write_sound(tmp_path / "b.mp3", make_noise(1)).read_bytes()[:90])
    with pytest.raises(AudioError, match=r"a\.mp3"):
        WindowReader(path)
