"""Making the frames of a FLAC clip out of those of its source.

Frames that lie in the clip as a whole are copied with a new number. Of those at the ends the
samples are needed, which are written unpacked: at most two blocks of a clip.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import av
from av.audio.codeccontext import AudioCodecContext
from av.packet import Packet

from producer.audio.copy.flac_frame import Header, StreamInfo, plain_frame, renumber

# A block with fewer samples must be the last (RFC 9639, 8.2).
_MIN_BLOCK = 16


class Frame(NamedTuple):
    """A frame of a file. `whole` is whether the bytes are known to be the frame's, no more."""

    data: memoryview
    header: Header
    whole: bool = True


class Block(NamedTuple):
    """A frame of a clip, in parts that follow one another, and how many samples are in it."""

    parts: tuple[bytes | memoryview, ...]
    samples: int


def clip_blocks(frames: Iterable[Frame], info: StreamInfo, start: int, end: int) -> Iterator[Block]:
    """The frames of a clip of the samples from `start` to before `end`, numbered from 0.

    `frames` are those that have any of these, in order. What cannot be decoded is left out.
    """
    position = 0
    held = b""
    decode = _Decoder(info)
    size = decode.sample_bytes
    for frame in frames:
        header = frame.header
        first, last = max(start - header.start, 0), min(end - header.start, header.samples)
        if frame.whole and not held and (first, last) == (0, header.samples):
            block = Block(renumber(frame.data, header, position), header.samples)
        else:
            data = bytes(frame.data)
            samples = held + decode.samples(data)[first * size : last * size]
            held = b""
            count = len(samples) // size
            if not count:
                continue
            if count < _MIN_BLOCK and header.end < end and not position:
                held = samples
                continue
            block = Block((plain_frame(data, header, position, info, samples),), count)
        yield block
        position += block.samples


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
