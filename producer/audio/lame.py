"""Encoding MP3 as the samples come, with LAME, and the tag that makes it as long as they are.

lameenc is three times as fast as LAME in PyAV 18, and lets other threads run meanwhile. It writes
no Info frame, so one of ours goes in front.
"""

import lameenc

from producer.audio.copy.mp3_header import HEADER_BYTES, Kind, bitrate_index, kind_of
from producer.audio.copy.mp3_info import DECODER_DELAY, MAX_PAD, write_info
from producer.errors import AudioError

# What MPEG 1, 2 and 2.5 define; anything else is to be resampled before.
RATES = frozenset({8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000})
# What other rates are resampled to.
FALLBACK_RATE = 48000
# LAME's own: half a transform more than the filter bank's 528 samples and one.
_ENCODER_DELAY = 576
_QUALITY = 5  # of 0 (best) to 9; FFmpeg's default, as 3 takes a fifth longer
_MPEG25_MOST_KBPS, _MOST_KBPS = 64, 320
_BITRATES: dict[bool, tuple[int, ...]] = {
    True: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}


class Mp3Encoder:
    """Takes packed 16-bit samples, and at the end gives an MP3 of a constant bitrate.

    `samples` is how many it got. A bitrate that the rate does not have becomes the nearest that it
    has. The same samples give the same bytes. Raises ValueError for a rate that MP3 does not have.
    """

    def __init__(self, rate: int, channels: int, bitrate_kbps: int) -> None:
        if rate not in RATES:
            raise ValueError(f"MP3 has no rate of {rate}")
        # MPEG 2.5 is read by few above 64 kbit/s.
        most = _MPEG25_MOST_KBPS if rate < 16000 else _MOST_KBPS
        bitrates = [each for each in _BITRATES[rate >= 32000] if each <= most]
        self._encoder = lameenc.Encoder()
        self._encoder.set_bit_rate(min(bitrates, key=lambda each: abs(each - bitrate_kbps)))
        self._encoder.set_in_sample_rate(rate)
        self._encoder.set_out_sample_rate(rate)
        self._encoder.set_channels(channels)
        self._encoder.set_quality(_QUALITY)
        self._frame_bytes = 2 * channels
        self.samples = 0
        self._parts: list[bytes] = []

    def feed(self, data: bytes) -> None:
        """Take the next samples."""
        if data:
            self.samples += len(data) // self._frame_bytes
            self._parts.append(bytes(self._encoder.encode(data)))

    def finish(self) -> bytes:
        """The file's bytes, without tags. Raises AudioError where there were no samples."""
        if not self.samples:
            raise AudioError("a clip without sound cannot be encoded")
        # Enough behind the sound that what decoders leave out at its end can be said exactly.
        self._parts.append(bytes(self._encoder.encode(bytes(DECODER_DELAY * self._frame_bytes))))
        self._parts.append(bytes(self._encoder.flush()))
        data = b"".join(self._parts)
        return with_info(data, self.samples, _ENCODER_DELAY)


def with_info(data: bytes, samples: int, delay: int) -> bytes:
    """Frames of MP3 with an Info frame before them: the sound is `samples` long after `delay`.

    Raises AudioError where the data are not whole frames of one kind, or too few of them.
    """
    kind = kind_of(data[:HEADER_BYTES])
    sizes = _frame_sizes(data, kind) if kind is not None else []
    if kind is None or not sizes:
        raise AudioError("the encoder gave no MP3")
    padding = len(sizes) * kind.frame_samples - delay - samples
    surplus = max(padding - MAX_PAD, 0) // kind.frame_samples
    if surplus:
        data, sizes = data[: len(data) - sum(sizes[-surplus:])], sizes[:-surplus]
        padding -= surplus * kind.frame_samples
    if padding < 0:
        raise AudioError("the encoder gave less sound than it got")
    info = write_info(
        kind, data[:HEADER_BYTES], sizes=sizes, constant=True, delay=delay, padding=padding
    )
    return info + data


def _frame_sizes(data: bytes, kind: Kind) -> list[int]:
    sizes = []
    at = 0
    while at + HEADER_BYTES <= len(data):
        size = kind.sizes.get(data[at : at + 3])
        if size is None or not bitrate_index(data[at : at + HEADER_BYTES]):
            raise AudioError("the encoder gave something else than frames of MP3")
        sizes.append(size)
        at += size
    return sizes
