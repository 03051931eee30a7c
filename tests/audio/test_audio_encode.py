import io

import av
import mutagen.mp3
import pytest
from sound import first_channel, lag_of, make_noise

from producer.audio.clips import cut_clips
from producer.audio.encode import encode_mp3
from producer.audio.measure import measure
from producer.audio.segment import make_segment
from producer.errors import AudioError


@pytest.mark.parametrize("rate", [8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000])
@pytest.mark.parametrize("channels", [1, 2])
def test_decoded_again_it_has_the_same_samples(tmp_path, rate, channels):
    source = make_noise(1.2345, rate, channels)
    path = tmp_path / "a.mp3"
    path.write_bytes(encode_mp3(make_segment(source.tobytes(), rate, channels), 96))
    (clip,) = cut_clips(path, [(0, 9999)])
    assert clip.frame_count() == len(source)
    assert (clip.frame_rate, clip.channels) == (rate, channels)
    assert lag_of(first_channel(clip), source[:, 0].astype(float)) == 0


@pytest.mark.parametrize("rate", [37000, 88200, 96000])
def test_other_rates_become_48_khz(tmp_path, rate):
    path = tmp_path / "a.mp3"
    path.write_bytes(encode_mp3(make_segment(make_noise(1, rate).tobytes(), rate, 1), 96))
    info = measure(path)
    assert (info.duration_ms, info.sample_rate) == (1000, 48000)


def test_bitrate_and_bytes_are_the_same_every_time():
    segment = make_segment(make_noise(5, channels=2).tobytes(), 44100, 2)
    data = encode_mp3(segment, 64)
    assert data == encode_mp3(segment, 64)
    info = mutagen.mp3.MP3(io.BytesIO(data)).info
    assert (info.bitrate, info.sample_rate, info.channels) == (64000, 44100, 2)
    assert data[:2] == b"\xff\xfb", "no tag before the sound"


def test_what_pydub_made_of_a_segment_can_be_encoded(tmp_path):
    segment = make_segment(make_noise(1).tobytes(), 44100, 1).fade_in(50).set_sample_width(4)
    path = tmp_path / "a.mp3"
    path.write_bytes(encode_mp3(segment, 96))
    assert measure(path).duration_ms == 1000


def test_nothing_cannot_be_encoded():
    with pytest.raises(AudioError, match="a clip without sound"):
        encode_mp3(make_segment(b"", 44100, 1), 96)


@pytest.mark.parametrize("rate", [22050, 44100])
def test_every_length_modulo_a_frame_is_exact(tmp_path, rate):
    """FFmpeg alone leaves up to 11 samples too many at one length in a hundred."""
    path = tmp_path / "a.mp3"
    frame = 576 if rate == 22050 else 1152
    for rest in (0, 1, 30, *range(34, 50), frame - 1):
        source = make_noise((20 * frame + rest) / rate, rate)
        path.write_bytes(encode_mp3(make_segment(source.tobytes(), rate, 1), 96))
        with av.open(str(path)) as container:
            assert sum(f.samples for f in container.decode(audio=0)) == len(source), rest
