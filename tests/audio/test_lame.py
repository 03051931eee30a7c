import io

import decoders
import mutagen.mp3
import numpy as np
import pytest
from sound import lag_of, make_noise

from producer.audio.lame import RATES, Mp3Encoder
from producer.errors import AudioError


def encoded(samples, rate, kbps=96, step=10_000):
    encoder = Mp3Encoder(rate, samples.shape[1], kbps)
    for at in range(0, len(samples), step):
        encoder.feed(samples[at : at + step].tobytes())
    return encoder.finish()


@pytest.mark.parametrize("decoder", [decoders.ffmpeg, decoders.libsndfile, decoders.miniaudio])
@pytest.mark.parametrize("rate", sorted(RATES))
@pytest.mark.parametrize("channels", [1, 2])
def test_every_decoder_gives_back_as_many_samples_where_they_were(decoder, rate, channels):
    for seconds in (1.2345, 0.05):
        source = make_noise(seconds, rate, channels)
        found = decoder(encoded(source, rate))
        assert found.shape == source.shape, seconds
    source = make_noise(1.5, rate, channels)
    found = decoder(encoded(source, rate))
    assert lag_of(found[:, 0].astype(float), source[:, 0].astype(float)) == 0


@pytest.mark.parametrize("rest", [0, 1, 30, 46, 47, 48, 1151])
def test_every_length_modulo_a_frame_is_exact(rest):
    source = make_noise((20 * 1152 + rest) / 44100)
    assert len(decoders.ffmpeg(encoded(source, 44100))) == len(source)


@pytest.mark.parametrize("rate", [22050, 44100])
def test_every_length_is_exact_where_ffmpeg_left_samples_on(rate):
    """FFmpeg alone leaves up to 11 samples too many at one length in a hundred."""
    frame = 576 if rate == 22050 else 1152
    for rest in range(34, 50):
        source = make_noise((20 * frame + rest) / rate, rate)
        assert len(decoders.ffmpeg(encoded(source, rate))) == len(source), rest


@pytest.mark.parametrize(
    ("rate", "asked", "given"), [(44100, 96, 96), (44100, 8, 32), (22050, 320, 160), (8000, 96, 64)]
)
def test_the_nearest_bitrate_is_taken(rate, asked, given):
    info = mutagen.mp3.MP3(io.BytesIO(encoded(make_noise(2, rate), rate, asked))).info
    assert (info.bitrate // 1000, info.sample_rate) == (given, rate)
    assert info.length == pytest.approx(2, abs=0.001)


def test_pieces_make_no_difference():
    source = make_noise(3, channels=2)
    assert encoded(source, 44100, step=1000) == encoded(source, 44100, step=99_999)


def test_silence_can_be_encoded_and_nothing_cannot():
    silence = np.zeros((44100, 1), np.int16)
    assert not decoders.ffmpeg(encoded(silence, 44100)).any()
    with pytest.raises(AudioError, match="without sound"):
        Mp3Encoder(44100, 1, 96).finish()
    with pytest.raises(ValueError, match="37000"):
        Mp3Encoder(37000, 1, 96)
