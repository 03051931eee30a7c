import random
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
from sound import FORMATS, encode, first_channel, lag_of, make_noise, write_sound

from producer.audio.clips import cut_clips
from producer.audio.decode import open_sound
from producer.errors import AudioError

SPANS = [(0, 400), (400, 1000), (700, 2500), (800, 901), (2500, 3000)]


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("channels", [1, 2])
def test_clips_hold_the_sound_of_their_spans(tmp_path, suffix, channels):
    rate = FORMATS[suffix][3]
    source = make_noise(3, rate, channels)
    path = write_sound(tmp_path / f"a{suffix}", source)
    clips = list(cut_clips(path, SPANS))
    assert [len(clip) for clip in clips] == [end - start for start, end in SPANS]
    for (start_ms, end_ms), clip in zip(SPANS, clips, strict=True):
        assert (clip.frame_rate, clip.channels, clip.sample_width) == (rate, channels, 2)
        assert clip.frame_count() == round((end_ms - start_ms) * rate / 1000)
        # Opus moves sound by a fraction of a millisecond, the others not at all.
        allowed = rate // 2000 if suffix == ".opus" else 0
        lag = lag_of(first_channel(clip), source[:, 0].astype(float))
        assert abs(lag - start_ms * rate // 1000) <= allowed


@pytest.mark.parametrize("rate", [8000, 22050, 24000, 32000, 44100, 48000])
@pytest.mark.parametrize("xing", [True, False])
def test_mp3_positions_are_counted_from_the_first_decoded_sample(tmp_path, rate, xing):
    source = make_noise(2, rate)
    path = write_sound(tmp_path / "a.mp3", source, rate, xing=xing)
    (clip,) = cut_clips(path, [(500, 1500)])
    lag = lag_of(first_channel(clip), source[:, 0].astype(float))
    # Without a header the delay of encoder and decoder is part of the sound: for FFmpeg
    # and so for the players that build on it.
    assert lag == rate // 2 - (0 if xing else 1105)


def test_any_spans_are_slices_of_the_whole(tmp_path):
    path = write_sound(tmp_path / "a.mp3", make_noise(2, channels=2), vbr=True)
    with open_sound(path) as sound:
        blocks = list(sound.blocks())
    assert all(before.end == after.start for before, after in pairwise(blocks))
    whole = b"".join(block.data for block in blocks)
    rng = random.Random(5)
    for _ in range(20):
        spans = sorted((rng.randrange(2100), rng.randrange(900)) for _ in range(rng.randrange(9)))
        spans = [(start, start + length) for start, length in spans]
        clips = list(cut_clips(path, spans))
        assert len(clips) == len(spans)
        for (start_ms, end_ms), clip in zip(spans, clips, strict=True):
            first = start_ms * 44100 // 1000
            last = end_ms * 44100 // 1000
            assert clip.raw_data == whole[first * 4 : last * 4]


def test_what_lies_past_the_end_is_missing(tmp_path):
    path = write_sound(tmp_path / "a.wav", make_noise(1))
    whole, rest, nothing = cut_clips(path, [(0, 1000), (900, 1500), (2000, 3000)])
    assert [len(whole), len(rest), len(nothing)] == [1000, 100, 0]
    assert nothing.frame_rate == 44100


def test_no_more_is_decoded_than_the_last_clip_needs(tmp_path):
    path = tmp_path / "a.wav"
    path.write_bytes(encode(make_noise(1), ".wav"))
    clips = cut_clips(path, [(0, 100), (100, 200)])
    assert len(next(clips)) == 100
    assert len(next(clips)) == 100
    assert next(clips, None) is None
    assert list(cut_clips(path, [])) == []


@pytest.mark.parametrize("spans", [[(5, 3)], [(-1, 3)], [(5, 9), (4, 9)]])
def test_spans_out_of_order_are_a_mistake_of_the_caller(tmp_path, spans):
    with pytest.raises(ValueError, match="span"):
        cut_clips(tmp_path / "a.mp3", spans)


def test_more_than_two_channels_become_stereo(tmp_path):
    source = make_noise(1)
    data = encode(np.repeat(source, 2, axis=1), ".wav")
    # Two channels of 44.1 kHz read as four of 22.05 kHz.
    header = data[:22] + (4).to_bytes(2, "little") + (22050).to_bytes(4, "little")
    header += data[28:32] + (8).to_bytes(2, "little")
    path = tmp_path / "a.wav"
    path.write_bytes(header + data[34:])
    (clip,) = cut_clips(path, [(200, 800)])
    assert (clip.channels, clip.frame_rate, len(clip)) == (2, 22050, 600)
    lag = lag_of(first_channel(clip), source[::2, 0].astype(float))
    assert abs(lag - 200 * 22050 // 1000) <= 1


def test_broken_file_is_an_audio_error(tmp_path):
    path = tmp_path / "a.mp3"
    path.write_bytes(b"text")
    with pytest.raises(AudioError, match=r"a\.mp3"):
        list(cut_clips(path, [(0, 1)]))


def test_pydub_is_silent_without_ffmpeg():
    command = "import producer.audio.segment as s; print(len(s.make_segment(b'', 8000, 1)))"
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", command],
        env={"PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.stdout, run.stderr) == ("0\n", "")
