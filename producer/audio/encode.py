"""Encoding segments as MP3, in memory."""

from collections.abc import Iterator
from io import BytesIO

import av
from av.audio.frame import AudioFrame

from producer.audio.info_tag import set_length
from producer.audio.segment import SAMPLE_WIDTH, AudioSegment
from producer.errors import AudioError

# What MPEG 1, 2 and 2.5 define; anything else is resampled.
_RATES = frozenset({8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000})
_FALLBACK_RATE = 48000
_TAIL_SAMPLES = 576
# No ID3 tag and no version of the muxer: tags are `producer.audio.tags`' business.
_MUXER_OPTIONS = {"id3v2_version": "0", "write_id3v1": "0", "fflags": "+bitexact"}


def encode_mp3(segment: AudioSegment, bitrate_kbps: int) -> bytes:
    """Encode a mono or stereo segment at a constant bitrate, without tags.

    An Info header tells decoders what LAME added at both ends, so that they give back exactly as
    many samples as went in. A bitrate that the sample rate does not allow becomes the nearest
    that it does. The same segment gives the same bytes. Raises AudioError if there is nothing to
    encode or LAME refuses.
    """
    if not segment.raw_data:
        raise AudioError("a clip without sound cannot be encoded")
    segment = segment.set_sample_width(SAMPLE_WIDTH)
    rate = _encoded_rate(segment.frame_rate)
    buffer = BytesIO()
    try:
        with av.open(buffer, "w", format="mp3", options=_MUXER_OPTIONS) as container:
            stream = container.add_stream("libmp3lame", rate=rate)
            stream.layout = _layout(segment)
            stream.format = "s16p"
            stream.bit_rate = bitrate_kbps * 1000
            for frame in _frames(segment):
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
    except av.FFmpegError as error:
        raise AudioError(f"a clip cannot be encoded as MP3: {error.strerror}") from error
    samples = round(segment.frame_count() * rate / segment.frame_rate)
    return set_length(buffer.getvalue(), samples, _frame_samples(rate))


def _encoded_rate(rate: int) -> int:
    return rate if rate in _RATES else _FALLBACK_RATE


def _frame_samples(rate: int) -> int:
    """The samples of an MP3 frame: MPEG 1 has twice those of MPEG 2 and 2.5."""
    return 1152 if rate >= 32000 else 576


def _layout(segment: AudioSegment) -> str:
    return "mono" if segment.channels == 1 else "stereo"


def _frames(segment: AudioSegment) -> Iterator[AudioFrame]:
    """The segment in frames of a second, and a little silence behind it.

    FFmpeg does not trim fewer than a dozen samples at the end: with the silence there is always
    more to trim, and what belongs to the sound is said exactly.
    """
    rate = segment.frame_rate
    tail = -(-_TAIL_SAMPLES * rate // _encoded_rate(rate))
    data = segment.raw_data + bytes(tail * segment.frame_width)
    step = rate * segment.frame_width
    for at in range(0, len(data), step):
        piece = data[at : at + step]
        samples = len(piece) // segment.frame_width
        frame = AudioFrame(format="s16", layout=_layout(segment), samples=samples)
        frame.sample_rate = rate
        frame.pts = at // segment.frame_width
        frame.planes[0].update(piece)
        yield frame
