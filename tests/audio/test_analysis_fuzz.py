"""Damaged recordings: measured and cut as far as they go, or refused in words."""

import contextlib
import random

import pytest
from sound import FORMATS, encode, make_noise

from producer.audio.analysis import analyse
from producer.audio.polish import Polish, polish_clips
from producer.errors import AudioError

ROUNDS = 6


def damaged(data: bytes, rng: random.Random) -> bytes:
    kind = rng.randrange(4)
    at = rng.randrange(len(data))
    if kind == 0:
        return data[:at]
    if kind == 1:
        return data[:at] + rng.randbytes(rng.randrange(1, 3000)) + data[at:]
    if kind == 2:
        return data[:at] + data[at + rng.randrange(1, 3000) :]
    changed = bytearray(data)
    for _ in range(rng.randrange(1, 60)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


@pytest.mark.parametrize("suffix", FORMATS)
def test_damage_gives_a_result_or_an_audio_error(tmp_path, suffix):
    rng = random.Random(suffix)
    whole = encode(make_noise(3, FORMATS[suffix][3], 2), suffix)
    # From mono to stereo in the middle, where a format can be put together so.
    mono = encode(make_noise(1, FORMATS[suffix][3], 1), suffix)
    spans = [(0, 400), (900, 2900), (2500, 4000)]
    for data in [whole + mono, mono + whole, *(damaged(whole, rng) for _ in range(ROUNDS))]:
        path = tmp_path / f"a{suffix}"
        path.write_bytes(data)
        with contextlib.suppress(AudioError):
            found = analyse(path)
            assert len(found.levels) == -(-found.samples // found.hop_samples)
            clips = list(polish_clips(path, spans, Polish(episode_lufs=found.loudness_lufs)))
            assert len(clips) == len(spans)
