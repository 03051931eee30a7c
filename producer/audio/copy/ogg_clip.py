"""Cutting Opus and Vorbis in Ogg between packets, exact to the sample.

Opus: the packets of 0.2 s before the clip come along, for decoders to converge, and the pre-skip
says that they are not heard (RFC 7845, 4.6). Vorbis: the packet before the clip comes along, and
the first page's position says that the sound begins within what it gives (Vorbis I, A.2). FFmpeg
does not heed that, and plays up to a block more at the start; libvorbis is exact.
"""

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from producer.audio.copy.ogg import read_pages, undamaged, write_stream
from producer.audio.copy.ogg_stream import OggStream, Packets
from producer.audio.copy.opus import OpusPackets, set_pre_skip
from producer.audio.copy.parts import Parts
from producer.audio.length import Length

# The RFC asks for 80 ms, after which what is decoded differs by up to a fiftieth of full scale;
# after 0.2 s, by some ten-thousandths. More would be nearer to the bit, but Chromium and ffprobe
# count it into the length.
_PREROLL = 9600
# More than two packets of the longest give: 5760 samples in Opus, 8192 in Vorbis.
_MARGIN = _PREROLL + 16384
# No name of a program, and no comments.
_COMMENTS = bytes(8)


class _Cut:
    """A clip while its packets are collected, in the samples of the stream."""

    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, end
        self.data: list[bytes] = []
        # Where the samples of each packet begin and end.
        self.starts: list[int] = []
        self.ends: list[int] = []

    def add(self, packets: Packets) -> None:
        """Take the packets that follow."""
        self.data += packets.data
        self.starts += (packets.start, *packets.ends[:-1])
        self.ends += packets.ends


def copy_ogg(path: Path, spans_ms: Sequence[tuple[int, int]]) -> Iterator[Parts]:
    """Give the bytes of an Ogg file for each span, and none for one that holds no sound.

    Memory is a megabyte and the clips that a moment lies in.
    """
    with path.open("rb", buffering=0) as file:
        stream = OggStream(str(path), read_pages(file))
        rate = stream.codec.rate
        cuts = deque(
            _Cut(start * rate // 1000 + stream.skip, end * rate // 1000 + stream.skip)
            for start, end in spans_ms
        )
        for packets in stream.packets():
            for cut in cuts:
                if cut.start - _MARGIN >= packets.ends[-1]:
                    break
                cut.add(packets)
            while cuts and cuts[0].end <= packets.last_start:
                yield _write(stream, cuts.popleft())
            if not cuts:
                return
        for cut in cuts:
            yield _write(stream, cut)


def count_ogg(path: Path) -> Length | None:
    """The length of an Ogg file, if it is undamaged from the first page to the last."""
    with path.open("rb", buffering=0) as file:
        stream = OggStream(str(path), undamaged(read_pages(file)))
        for _ in stream.packets():
            pass
    return None if stream.end is None else Length(stream.end - stream.skip, stream.codec.rate)


def _write(stream: OggStream, cut: _Cut) -> Parts:
    start, starts, ends = cut.start, cut.starts, cut.ends
    limit = ends[-1] if ends else 0
    end = min(cut.end, limit if stream.end is None else stream.end)
    if start >= end:
        return ()
    last = bisect_left(ends, end)
    if isinstance(stream.codec, OpusPackets):
        first = max(bisect_right(starts, start - _PREROLL) - 1, 0)
        origin, alone = starts[first], 0
        headers = [set_pre_skip(stream.headers[0], start - origin), b"OpusTags" + _COMMENTS]
    else:
        first = max(bisect_right(ends, start) - 1, 0)
        # The first page's position is not believed if it is the last page too.
        last = min(max(last, first + 2), len(ends) - 1)
        origin, alone = start, 2
        headers = [stream.headers[0], b"\3vorbis" + _COMMENTS + b"\1", stream.headers[2]]
    positions = [each - origin for each in (*ends[first:last], end)]
    packets = cut.data[first : last + 1]
    return write_stream(stream.serial, headers, packets, positions, first_page=alone)
