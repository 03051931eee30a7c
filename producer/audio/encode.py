"""Encoding segments as MP3, in memory."""

from producer.audio.clip_sound import packed, unpacked
from producer.audio.lame import RATES, Mp3Encoder
from producer.audio.resample import resampled
from producer.audio.segment import SAMPLE_WIDTH, AudioSegment

# What MP3 does not have is resampled to this.
FALLBACK_RATE = 48000


def encode_mp3(segment: AudioSegment, bitrate_kbps: int) -> bytes:
    """Encode a mono or stereo segment at a constant bitrate, without tags.

    An Info header tells decoders what LAME added at both ends, so that they give back exactly as
    many samples as went in. A bitrate that the sample rate does not allow becomes the nearest
    that it does. The same segment gives the same bytes. Raises AudioError if there is nothing to
    encode.
    """
    segment = segment.set_sample_width(SAMPLE_WIDTH)
    rate = segment.frame_rate
    new_rate = rate if rate in RATES else FALLBACK_RATE
    encoder = Mp3Encoder(new_rate, segment.channels, bitrate_kbps)
    if new_rate == rate:
        encoder.feed(segment.raw_data)
    else:
        floats = unpacked(segment.raw_data, segment.channels)
        for part in packed(resampled([floats], rate, new_rate)):
            encoder.feed(part)
    return encoder.finish()
