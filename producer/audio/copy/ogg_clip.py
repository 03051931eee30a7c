"""Cutting Opus and Vorbis in Ogg between packets, exact to the sample.

Opus: the packets of 0.2 s before the clip come along, for decoders to converge, and the pre-skip
says that they are not heard (RFC 7845, 4.6). Vorbis: the packet before the clip comes along, and
the first page's position says that the sound begins within what it gives (Vorbis I, A.2). FFmpeg
does not heed that, and plays up to a block more at the start; libvorbis is exact.
"""

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path

from producer.audio.copy.ogg import read_pages, write_stream
from producer.audio.copy.ogg_stream import OggStream, Packet
from producer.audio.copy.opus import OpusPackets, set_pre_skip

# The RFC asks for 80 ms, after which what is decoded differs by up to a fiftieth of full scale;
# after 0.2 s, by some ten-thousandths. More would be nearer to the bit, but Chromium and ffprobe
# count it into the length.
_PREROLL = 9600
# More than two packets of the longest give: 5760 samples in Opus, 8192 in Vorbis.
_MARGIN = _PREROLL + 16384
# No name of a program, and no comments.
_COMMENTS = bytes(8)


@dataclass(slots=True)
class _Cut:
    """A clip while its packets are collected, in the samples of the stream."""

    start: int
    end: int
    packets: list[Packet] = field(default_factory=list)


def copy_ogg(path: Path, spans_ms: Sequence[tuple[int, int]]) -> Iterator[bytes]:
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
                if cut.start - _MARGIN >= packets[-1].end:
                    break
                cut.packets += packets
            while cuts and cuts[0].end <= packets[-1].start:
                yield _write(stream, cuts.popleft())
            if not cuts:
                return
        for cut in cuts:
            yield _write(stream, cut)


def _write(stream: OggStream, cut: _Cut) -> bytes:
    packets, start = cut.packets, cut.start
    limit = packets[-1].end if packets else 0
    end = min(cut.end, limit if stream.end is None else stream.end)
    if start >= end:
        return b""
    last = bisect_left(packets, end, key=attrgetter("end"))
    if isinstance(stream.codec, OpusPackets):
        first = max(bisect_right(packets, start - _PREROLL, key=attrgetter("start")) - 1, 0)
        origin, alone = packets[first].start, 0
        headers = [set_pre_skip(stream.headers[0], start - origin), b"OpusTags" + _COMMENTS]
    else:
        first = max(bisect_right(packets, start, key=attrgetter("end")) - 1, 0)
        # The first page's position is not believed if it is the last page too.
        last = min(max(last, first + 2), len(packets) - 1)
        origin, alone = start, 2
        headers = [stream.headers[0], b"\3vorbis" + _COMMENTS + b"\1", stream.headers[2]]
    chosen = [(packet.data, packet.end - origin) for packet in packets[first : last + 1]]
    chosen[-1] = (chosen[-1][0], end - origin)
    return write_stream(stream.serial, headers, chosen, first_page=alone)
