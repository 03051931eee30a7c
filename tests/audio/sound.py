"""Sound made for tests, in every format, and the means to compare it."""

import io
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from producer.audio.lame import Mp3Encoder

Samples = NDArray[np.int16]

RATE = 44100
# suffix -> container, codec, sample format, rate
FORMATS = {
    ".mp3": ("mp3", "libmp3lame", "s16p", RATE),
    ".m4a": ("ipod", "aac", "fltp", RATE),
    ".opus": ("ogg", "libopus", "s16", 48000),
    ".ogg": ("ogg", "flac", "s16", RATE),
    ".flac": ("flac", "flac", "s16", RATE),
    ".wav": ("wav", "pcm_s16le", "s16", RATE),
}


def make_noise(seconds: float, rate: int = RATE, channels: int = 1, seed: int = 1) -> Samples:
    """Smooth noise, which matches itself at one place only; shaped (samples, channels)."""
    samples = round(seconds * rate)
    noise = np.random.default_rng(seed).normal(0, 4000, samples + 30)
    smooth = np.convolve(noise, np.hanning(31) / np.hanning(31).sum(), "valid") * 2
    return np.repeat(smooth[:samples, None], channels, axis=1).astype(np.int16)


def encode(
    samples: Samples,
    suffix: str,
    rate: int | None = None,
    *,
    xing: bool = True,
    vbr: bool = False,
    bit_rate: int = 128_000,
) -> bytes:
    """A file's bytes. `xing` and `vbr` are for MP3 alone."""
    container_name, codec, form, default_rate = FORMATS[suffix]
    options = {"fflags": "+bitexact"}
    if suffix == ".mp3":
        options |= {"id3v2_version": "0", "write_xing": str(int(xing))}
    codec_options = {"flags": "+qscale", "global_quality": "236"} if vbr else {}
    buffer = io.BytesIO()
    rate = rate or default_rate
    with av.open(buffer, "w", format=container_name, options=options) as container:
        stream = container.add_stream(codec, rate=rate, options=codec_options)
        stream.layout = "mono" if samples.shape[1] == 1 else "stereo"
        stream.format = form
        if not vbr:
            stream.bit_rate = bit_rate
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(samples.reshape(1, -1)), format="s16", layout=stream.layout.name
        )
        frame.sample_rate, frame.pts = rate, 0
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return buffer.getvalue()


def lame_mp3(data: bytes, rate: int = RATE, channels: int = 1, bitrate_kbps: int = 96) -> bytes:
    """Packed 16-bit samples as the MP3 that clips are made as."""
    encoder = Mp3Encoder(rate, channels, bitrate_kbps)
    encoder.feed(data)
    return encoder.finish()


def write_sound(path: Path, samples: Samples, rate: int | None = None, **options: bool) -> Path:
    """Write samples in the format that the path's suffix names."""
    path.write_bytes(encode(samples, path.suffix, rate, **options))
    return path


def first_channel(segment: object) -> NDArray[np.float64]:
    """The left or only channel of a pydub segment."""
    samples = np.frombuffer(segment.raw_data, np.int16)  # type: ignore[attr-defined]
    return samples[:: segment.channels].astype(float)  # type: ignore[attr-defined]


def lag_of(part: NDArray[np.float64], whole: NDArray[np.float64]) -> int:
    """Where in `whole` a part lies, in samples, by cross-correlation."""
    size = 1 << (len(whole) + len(part)).bit_length()
    spectrum = np.fft.rfft(whole, size) * np.conj(np.fft.rfft(part, size))
    lag = int(np.fft.irfft(spectrum, size).argmax())
    return lag - size if lag > size // 2 else lag


def packets(path: Path) -> Iterator[bytes]:
    """The encoded packets of a file's sound."""
    with av.open(str(path)) as container:
        for packet in container.demux(container.streams.audio[0]):
            if packet.size:
                yield bytes(packet)


def read_chapters(path: Path) -> list[tuple[int, str]]:
    """The chapters as FFmpeg reads them: starts in ms and titles, in the order of the file."""
    with av.open(str(path)) as container:
        return [
            (round(c["start"] * c["time_base"] * 1000), c["metadata"].get("title", ""))
            for c in container.chapters()
        ]
