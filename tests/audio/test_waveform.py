import json

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from sound import write_sound

from producer.audio.analysis import Analysis
from producer.audio.waveform import waveform_json
from producer.cli.main import cli
from producer.errors import AudioError

EPISODE = """---
title: One
transcript:
- line: Hello.
  sec: 1
---
"""


def analysis_of(peaks, rate=44100, hop=441):
    return Analysis(
        samples=len(peaks) * hop,
        sample_rate=rate,
        channels=2,
        codec="mp3",
        loudness_lufs=None,
        mono_loudness_lufs=None,
        true_peak_dbtp=None,
        hop_samples=hop,
        peaks=np.array(peaks, np.int8).tobytes(),
        levels=bytes(len(peaks)),
    )


PEAKS = st.lists(st.tuples(st.integers(-128, 127), st.integers(-128, 127)), min_size=1, max_size=99)


@given(PEAKS, st.integers(1, 200), st.sampled_from([8, 16]))
def test_a_pixel_is_the_extremes_of_its_hops(peaks, pixels_per_second, bits):
    data = json.loads(waveform_json(analysis_of(peaks), pixels_per_second, bits))
    hops, rest = divmod(data["samples_per_pixel"], 441)
    assert rest == 0
    assert data["bits"] == bits
    pixels = [peaks[at : at + hops] for at in range(0, len(peaks), hops)]
    scale = 256 if bits == 16 else 1
    assert data["data"] == [
        value * scale
        for pixel in pixels
        for value in (min(low for low, _ in pixel), max(high for _, high in pixel))
    ]
    assert data["length"] == len(pixels)


@pytest.mark.parametrize(
    ("rate", "hop", "asked", "samples_per_pixel"),
    [
        (44100, 441, 100, 441),
        (44100, 441, 1000, 441),
        (44100, 441, 20, 2205),
        (44100, 441, 30, 1323),
        (44100, 441, 1, 44100),
        (22050, 220, 10, 2200),
        (48000, 480, 60, 960),
    ],
)
def test_the_nearest_resolution_is_taken(rate, hop, asked, samples_per_pixel):
    data = json.loads(waveform_json(analysis_of([(0, 0)], rate, hop), asked))
    assert data["samples_per_pixel"] == samples_per_pixel
    assert data["sample_rate"] == rate


@pytest.fixture
def show(tmp_path):
    (tmp_path / "episodes" / "audio").mkdir(parents=True)
    (tmp_path / "episodes" / "one.md").write_text(EPISODE, encoding="utf-8")
    return tmp_path


def sound():
    samples = np.zeros((44100 + 100, 2), np.int16)
    samples[441:882] = 16384
    samples[882:1323, 0] = -32768
    return samples


def run(show, *arguments):
    return CliRunner().invoke(
        cli, ["waveform", "one", "--root", str(show), *arguments], standalone_mode=False
    )


def test_it_is_printed_and_kept(show):
    write_sound(show / "episodes" / "audio" / "one.wav", sound())
    result = run(show)
    assert result.exception is None
    data = json.loads(result.stdout)
    assert {key: value for key, value in data.items() if key != "data"} == {
        "version": 2,
        "channels": 1,
        "sample_rate": 44100,
        "samples_per_pixel": 441,
        "bits": 8,
        "length": 101,
    }
    assert data["data"][:10] == [0, 0, 64, 64, -64, -64, 0, 0, 0, 0]
    assert len(data["data"]) == 202
    assert len(list((show / "build" / ".producer" / "analysis").iterdir())) == 1


def test_another_file_goes_to_a_file(show, tmp_path):
    other = write_sound(tmp_path / "other.wav", sound())
    target = tmp_path / "wave.json"
    options = ("--pixels-per-second", "50", "--bits", "16", "--out", str(target))
    result = run(show, "--audio", str(other), *options)
    assert (result.exception, result.stdout) == (None, "")
    data = json.loads(target.read_text("utf-8"))
    assert (data["samples_per_pixel"], data["bits"], data["length"]) == (882, 16, 51)
    assert data["data"][:4] == [0, 64 * 256, -64 * 256, 0]


def test_without_audio_it_says_so(show):
    error = run(show).exception
    assert isinstance(error, AudioError)
    assert error.message == "one has no audio to draw"
    assert error.hint == "put it into episodes/audio/one.mp3, or name a file with --audio"
    assert error.exit_status == 2
