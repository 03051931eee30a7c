import dataclasses

import av
import numpy as np
import pytest
from av.filter import Graph
from hypothesis import given
from hypothesis import strategies as st
from sound import FORMATS, encode, make_noise, write_sound

from producer.audio import analysis as analysis_module
from producer.audio import analysis_cache
from producer.audio.analysis import analyse
from producer.audio.analysis_cache import cached_analysis, from_bytes, to_bytes
from producer.audio.decode import open_sound
from producer.audio.floats import FloatReader
from producer.audio.measure import measure
from producer.errors import AudioError


def tone(seconds, hertz=997.0, level=0.5, rate=44100, channels=2):
    at = np.arange(round(seconds * rate)) / rate
    wave = np.sin(2 * np.pi * hertz * at) * level * 32767
    return np.repeat(wave[:, None], channels, axis=1).astype(np.int16)


def talk(seconds, rate=44100, channels=1, level=6000.0):
    """Noise in syllables, with a pause every second, and loud and quiet parts."""
    rng = np.random.default_rng(7)
    at = np.arange(round(seconds * rate)) / rate
    shape = (np.sin(at * 23) ** 2) * ((at % 1) > 0.15) * (0.3 + 0.7 * (np.sin(at * 0.7) > 0))
    noise = rng.normal(0, level, (len(at), channels)) * shape[:, None]
    return np.clip(noise, -32767, 32767).astype(np.int16)


def ffmpeg_r128(path):
    """Integrated loudness and true peak in dB by FFmpeg's own filter."""
    graph, last = None, {}
    with av.open(str(path)) as container:
        for frame in container.decode(audio=0):
            if graph is None:
                graph = Graph()
                source = graph.add_abuffer(
                    sample_rate=frame.sample_rate,
                    format=frame.format.name,
                    layout=frame.layout.name,
                    time_base=frame.time_base,
                )
                meter = graph.add("ebur128", "peak=true:metadata=1:framelog=quiet")
                sink = graph.add("abuffersink")
                source.link_to(meter)
                meter.link_to(sink)
                graph.configure()
            frame.pts = None
            graph.push(frame)
            while True:
                try:
                    last = dict(graph.pull().metadata)
                except (av.BlockingIOError, EOFError):
                    break
    return float(last["lavfi.r128.I"]), 20 * np.log10(float(last["lavfi.r128.true_peak"]))


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("channels", [1, 2])
def test_every_format_is_measured_as_ffmpeg_does(tmp_path, suffix, channels):
    rate = FORMATS[suffix][3]
    path = write_sound(tmp_path / f"a{suffix}", talk(8, rate, channels), rate)
    found = analyse(path)
    loudness, peak = ffmpeg_r128(path)
    assert found.loudness_lufs == pytest.approx(loudness, abs=0.1)
    assert found.true_peak_dbtp == pytest.approx(peak, abs=0.2)
    info = measure(path)
    assert (found.duration_ms, found.sample_rate, found.channels, found.codec) == (
        info.duration_ms,
        info.sample_rate,
        info.channels,
        info.codec,
    )


@pytest.mark.parametrize("rate", [8000, 11025, 16000, 22050, 32000, 44100, 48000, 96000])
def test_loudness_holds_at_any_rate(tmp_path, rate):
    path = write_sound(tmp_path / "a.wav", talk(6, rate, 2), rate)
    found = analyse(path)
    assert found.loudness_lufs == pytest.approx(ffmpeg_r128(path)[0], abs=0.1)
    assert found.duration_ms == 6000


@pytest.mark.parametrize(("level_db", "expected"), [(-23, -23.0), (-33, -33.0)])
def test_the_tones_of_ebu_tech_3341(tmp_path, level_db, expected):
    """Cases 1 and 2: a stereo sine of 1 kHz at -23 and -33 dBFS reads as many LUFS."""
    sound = tone(20, 1000, 10 ** (level_db / 20), 48000)
    path = write_sound(tmp_path / "a.wav", sound, 48000)
    assert analyse(path).loudness_lufs == pytest.approx(expected, abs=0.1)


def test_quiet_parts_are_gated_as_in_ebu_tech_3341_case_3(tmp_path):
    levels = [(10, -36), (60, -23), (10, -36)]
    parts = [tone(seconds, 1000, 10 ** (db / 20), 48000) for seconds, db in levels]
    path = write_sound(tmp_path / "a.wav", np.concatenate(parts), 48000)
    assert analyse(path).loudness_lufs == pytest.approx(-23.0, abs=0.1)


def test_the_mean_of_two_channels_alike_is_3_db_quieter_than_both(tmp_path):
    found = analyse(write_sound(tmp_path / "a.wav", tone(5)))
    assert found.mono_loudness_lufs == pytest.approx(found.loudness_lufs - 3.01, abs=0.02)
    one = analyse(write_sound(tmp_path / "b.wav", tone(5, channels=1)))
    assert one.mono_loudness_lufs == one.loudness_lufs == found.mono_loudness_lufs


def test_a_peak_between_samples_is_found(tmp_path):
    """A tone at a quarter of the rate, sampled 45 degrees off its top: 3 dB lie between."""
    at = np.arange(48000)
    wave = np.sin(np.pi / 2 * at + np.pi / 4) * np.hanning(48000) * 0.7 * 32767
    path = write_sound(tmp_path / "a.wav", wave[:, None].astype(np.int16), 48000)
    assert analyse(path).true_peak_dbtp == pytest.approx(20 * np.log10(0.7), abs=0.1)


def test_peaks_and_levels_are_of_hops(tmp_path):
    sound = np.zeros((44100, 2), np.int16)
    sound[441:882] = 16384
    sound[882:1323, 0] = -32768
    found = analyse(write_sound(tmp_path / "a.wav", sound))
    peaks = np.frombuffer(found.peaks, np.int8)
    assert peaks[:10].tolist() == [0, 0, 64, 64, -64, -64, 0, 0, 0, 0]
    assert len(peaks) == 200
    levels = found.levels_db()
    assert levels[:4].tolist() == [-127.5, -6.0, -3.0, -127.5]
    assert len(levels) == 100


def test_silence_has_no_loudness(tmp_path):
    found = analyse(write_sound(tmp_path / "a.wav", np.zeros((44100, 1), np.int16)))
    assert (found.loudness_lufs, found.mono_loudness_lufs, found.true_peak_dbtp) == (None,) * 3


@pytest.mark.parametrize("samples", [1, 63, 440, 441, 442, 28223, 28224, 28225])
def test_any_length_is_counted(tmp_path, samples):
    path = tmp_path / "a.wav"
    path.write_bytes(encode(make_noise(samples / 44100), ".wav"))
    found = analyse(path)
    assert found.samples == samples
    assert len(found.levels) == len(found.peaks) // 2 == -(-samples // 441)


def test_what_is_no_number_does_no_harm(tmp_path):
    samples = np.array([np.nan, np.inf, -np.inf, 1e30, 0.5] * 9000, np.float32)
    form = np.array([3, 1], "<u2").tobytes() + np.array([44100, 176400], "<u4").tobytes()
    form += np.array([4, 32], "<u2").tobytes()
    data = samples.tobytes()
    riff = b"WAVEfmt " + len(form).to_bytes(4, "little") + form
    riff += b"data" + len(data).to_bytes(4, "little") + data
    path = tmp_path / "a.wav"
    path.write_bytes(b"RIFF" + len(riff).to_bytes(4, "little") + riff)
    found = analyse(path)
    assert found.samples == 45000
    assert found.true_peak_dbtp >= 24.0


@pytest.mark.parametrize("suffix", FORMATS)
def test_floats_are_the_samples_of_the_blocks(tmp_path, suffix):
    path = write_sound(tmp_path / f"a{suffix}", make_noise(1.5, FORMATS[suffix][3], 2))
    with open_sound(path) as sound:
        blocks = b"".join(block.data for block in sound.blocks())
    with open_sound(path) as sound:
        reader = FloatReader(sound)
        floats = np.concatenate([piece.copy() for piece in reader.pieces(1000)], axis=1)
    whole = np.frombuffer(blocks, np.int16).reshape(-1, 2).T / 32768
    assert floats.shape == whole.shape
    assert np.abs(np.clip(floats, -1, 1) - whole).max() <= 1 / 32768


def test_broken_files_are_audio_errors(tmp_path):
    path = tmp_path / "a.mp3"
    for data in (b"", b"text" * 99, encode(make_noise(0.5), ".mp3")[:60]):
        path.write_bytes(data)
        with pytest.raises(AudioError, match=r"a\.mp3"):
            analyse(path)


def test_it_is_kept_by_content(tmp_path, monkeypatch):
    path = write_sound(tmp_path / "a.wav", talk(1))
    folder = tmp_path / "build" / ".producer"
    first = cached_analysis(path, "d1", folder)
    monkeypatch.setattr(analysis_cache, "analyse", None)
    assert cached_analysis(path, "d1", folder) == first
    assert [each.name for each in folder.rglob("*") if each.is_file()] == ["d1.bin"]


@pytest.mark.parametrize("damage", [b"", b"{}", b"[" * 99999, b"null\n", b"\xff\n", None])
def test_a_damaged_one_is_made_again(tmp_path, damage):
    path = write_sound(tmp_path / "a.wav", talk(1))
    first = cached_analysis(path, "d1", tmp_path)
    kept = tmp_path / "analysis" / "d1.bin"
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-1] + b"\x01" if damage is None else damage)
    assert cached_analysis(path, "d1", tmp_path) == first
    assert kept.read_bytes() == whole


def test_a_folder_that_cannot_be_written_to_does_no_harm(tmp_path):
    path = write_sound(tmp_path / "a.wav", talk(1))
    (tmp_path / "file").write_bytes(b"")
    assert cached_analysis(path, "d1", tmp_path / "file") == analyse(path)


@given(peaks=st.binary(), levels=st.binary(), loudness=st.none() | st.floats(-70, 5))
def test_bytes_are_read_back(peaks, levels, loudness):
    found = analysis_module.Analysis(
        samples=1,
        sample_rate=8000,
        channels=1,
        codec="mp3",
        loudness_lufs=loudness,
        mono_loudness_lufs=None,
        true_peak_dbtp=-1.0,
        hop_samples=80,
        peaks=peaks,
        levels=levels,
    )
    assert from_bytes(to_bytes(found)) == found
    other = dataclasses.replace(found, samples=2)
    assert from_bytes(to_bytes(other)) != found
