"""Decoders that share no code, to compare what they make of a clip and of its source."""

import io
import shutil
import subprocess
import tempfile
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

Decoded = NDArray[np.generic]  # (samples, channels)


def ffmpeg(data: bytes) -> Decoded:
    parts = []
    with av.open(io.BytesIO(data)) as container:
        stream = container.streams.audio[0]
        channels = stream.channels
        for frame in container.decode(stream):
            array = frame.to_ndarray()
            parts.append(array.T if frame.format.is_planar else array.reshape(-1, channels))
    return np.concatenate(parts)


def libsndfile(data: bytes) -> Decoded:
    soundfile = pytest.importorskip("soundfile", reason="libsndfile is not installed")
    # MP3 from memory is read wrong.
    with tempfile.NamedTemporaryFile(suffix=".sound") as file:
        file.write(data)
        file.flush()
        return soundfile.read(file.name, dtype="float32", always_2d=True)[0]


def miniaudio(data: bytes) -> Decoded:
    module = pytest.importorskip("miniaudio", reason="miniaudio is not installed")
    sound = module.mp3_read_f32(data)
    return np.asarray(sound.samples, dtype=np.float32).reshape(-1, sound.nchannels)


def lame(data: bytes) -> Decoded:
    if not shutil.which("lame"):
        pytest.skip("the program lame is not installed")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "a.mp3"), Path(folder, "a.wav")
        source.write_bytes(data)
        command = ["lame", "--quiet", "--decode", "--mp3input", str(source), str(target)]
        subprocess.run(command, check=True, timeout=60)
        wave = target.read_bytes()
    channels = int.from_bytes(wave[22:24], "little")
    return np.frombuffer(wave[44:], np.int16).reshape(-1, channels)


def rate_of(path: Path) -> int:
    with av.open(str(path)) as container:
        return container.streams.audio[0].rate
