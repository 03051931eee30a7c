"""Making the frames of a FLAC clip out of those of its source.

Frames that lie in the clip as a whole are copied with a new number. Of those at the ends the
samples are needed, which are written unpacked: at most two blocks of a clip.
"""

from typing import NamedTuple

import av
from av.audio.codeccontext import AudioCodecContext
from av.packet import Packet

from producer.audio.copy.flac_frame import plain_frame, renumber
from producer.audio.copy.flac_header import Header
from producer.audio.copy.flac_info import StreamInfo
from producer.audio.copy.parts import Parts

# A block with fewer samples must be the last (RFC 9639, 8.2).
_MIN_BLOCK = 16


class Frame(NamedTuple):
    """A frame of a file. `whole` is whether the bytes are known to be the frame's, no more."""

    data: memoryview
    header: Header
    whole: bool = True


class ClipBlocks:
    """The frames of a clip of the samples from `start` to before `end`, numbered from 0.

    `lengths` are the samples of each that was made, `position` all of them.
    """

    def __init__(self, info: StreamInfo, start: int, end: int) -> None:
        self.lengths: list[int] = []
        self.position = 0
        self._info, self._start, self._end = info, start, end
        self._decode = _Decoder(info)
        self._held = b""

    def of(self, frame: Frame) -> Parts:
        """The next frame of the clip, made of the next that has any of its samples.

        In parts that follow one another. No parts if it cannot be decoded, or if what it gives
        is so short that it comes with the next one.
        """
        header, start, end = frame.header, self._start, self._end
        if frame.whole and not self._held and start <= header.start and header.end <= end:
            parts: Parts = renumber(frame.data, header, self.position)
            count = header.samples
        else:
            data = bytes(frame.data)
            size = self._decode.sample_bytes
            first, last = max(start - header.start, 0), min(end - header.start, header.samples)
            samples = self._held + self._decode.samples(data)[first * size : last * size]
            self._held = b""
            count = len(samples) // size
            if not count:
                return ()
            if count < _MIN_BLOCK and header.end < end and not self.position:
                self._held = samples
                return ()
            parts = (plain_frame(data, header, self.position, self._info, samples),)
        self.lengths.append(count)
        self.position += count
        return parts


class _Decoder:
    """Decodes single frames to packed samples, left-aligned in 16 or 32 bits."""

    def __init__(self, info: StreamInfo) -> None:
        self.sample_bytes = (2 if info.bits <= 16 else 4) * info.channels
        self._context: AudioCodecContext = av.CodecContext.create("flac", "r")
        self._context.extradata = info.data
        self._context.thread_count = 1

    def samples(self, frame: bytes) -> bytes:
        """The samples of a frame, none if it is damaged."""
        try:
            decoded = self._context.decode(Packet(frame))
        except av.FFmpegError:
            return b""
        return b"".join(
            bytes(memoryview(part.planes[0])[: part.samples * self.sample_bytes])
            for part in decoded
        )
