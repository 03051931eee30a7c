"""Writing frames and sound as MP4: H.264 and AAC, which every platform takes."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from PIL import Image

from producer.audio.segment import SAMPLE_WIDTH, AudioSegment
from producer.errors import AudioError
from producer.video.levels import FRAMES_PER_SECOND

Planes: TypeAlias = tuple[bytes, bytes, bytes]

# Most of a picture stays as it is: what looks far ahead for movement finds none, and takes a
# third of the time. A fixed number of threads, since the bytes depend on it.
_VIDEO_OPTIONS = {
    **{"preset": "superfast", "crf": "20", "g": "250"},
    **{"bf": "0", "rc-lookahead": "0", "threads": "2"},
}
_BT709, _LIMITED = 1, 1
_MUXER_OPTIONS = {"movflags": "faststart", "fflags": "+bitexact"}
_SOUND_BITS_PER_SECOND = 128_000
_RATES = frozenset({44100, 48000})
_FALLBACK_RATE = 48000


def to_planes(image: Image.Image) -> Planes:
    """An RGB picture as the three planes of yuv420p by BT.709, rows padded as FFmpeg pads them."""
    rgb: Any = av.VideoFrame.from_image(image)  # type: ignore[no-untyped-call]
    frame = rgb.reformat(format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG")
    first, second, third = (bytes(plane) for plane in frame.planes)
    return first, second, third


def stride_of(width: int) -> int:
    """The bytes of a row of brightness, in a frame of this width."""
    return av.VideoFrame(width, 2, "yuv420p").planes[0].line_size


def write_mp4(
    target: Path,
    size: tuple[int, int],
    pictures: Iterator[Planes],
    sound: AudioSegment,
    *,
    title: str,
    on_frame: Callable[[], None] = lambda: None,
) -> None:
    """Write pictures, 25 a second, and sound beside each other. Raises AudioError.

    The same input gives the same bytes from the same version of the encoders.
    """
    try:
        with av.open(f"file:{target}", "w", format="mp4", options=_MUXER_OPTIONS) as container:
            container.metadata["title"] = title
            video = container.add_stream(
                "libx264", rate=FRAMES_PER_SECOND, options=dict(_VIDEO_OPTIONS)
            )
            video.width, video.height = size
            video.pix_fmt = "yuv420p"
            context = video.codec_context
            context.color_range = _LIMITED
            context.colorspace = context.color_primaries = context.color_trc = _BT709
            rate = sound.frame_rate if sound.frame_rate in _RATES else _FALLBACK_RATE
            audio = container.add_stream("aac", rate=rate, options={"flags": "+bitexact"})
            audio.layout = "mono" if sound.channels == 1 else "stereo"
            audio.bit_rate = _SOUND_BITS_PER_SECOND
            heard = _sound_frames(sound, rate)
            for number, planes in enumerate(pictures):
                container.mux(video.encode(_picture(size, planes, number)))
                if frame := next(heard, None):
                    container.mux(audio.encode(frame))
                on_frame()
            for frame in heard:
                container.mux(audio.encode(frame))
            container.mux(video.encode(None))
            container.mux(audio.encode(None))
    except av.FFmpegError as error:
        raise AudioError(f"{target.name}: the video cannot be written: {error.strerror}") from error


def _picture(size: tuple[int, int], planes: Planes, number: int) -> av.VideoFrame:
    frame = av.VideoFrame(*size, "yuv420p")
    for plane, data in zip(frame.planes, planes, strict=True):
        plane.update(data)
    frame.pts = number
    frame.time_base = Fraction(1, FRAMES_PER_SECOND)
    return frame


def _sound_frames(sound: AudioSegment, rate: int) -> Iterator[AudioFrame]:
    """The sound in frames of a picture's length, as the encoder takes it."""
    layout = "mono" if sound.channels == 1 else "stereo"
    resampler = AudioResampler(format="fltp", layout=layout, rate=rate)
    data, width = sound.raw_data, SAMPLE_WIDTH * sound.channels
    step = -(-sound.frame_rate // FRAMES_PER_SECOND)
    for start in range(0, len(data) // width, step):
        part = data[start * width : (start + step) * width]
        frame = AudioFrame(format="s16", layout=layout, samples=len(part) // width)
        frame.planes[0].update(part)
        frame.sample_rate, frame.pts = sound.frame_rate, start
        frame.time_base = Fraction(1, sound.frame_rate)
        yield from resampler.resample(frame)
    yield from resampler.resample(None)
