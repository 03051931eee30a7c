"""Cutting clips out of a sound file, to the sample, in one pass."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from producer.audio.decode import Block, open_sound
from producer.audio.segment import AudioSegment, make_segment


@dataclass(slots=True)
class _Cut:
    """A clip while it is being collected, in samples."""

    start: int
    end: int
    data: bytearray = field(default_factory=bytearray)


def cut_clips(path: Path, spans_ms: Sequence[tuple[int, int]]) -> Iterator[AudioSegment]:
    """Cut half-open spans of the audio timeline out of a file, one segment for each, in order.

    Spans may touch and overlap, but their starts must not fall: ValueError. What lies past the
    end of the sound is missing, so that a segment may be short or empty. Only the clips that a
    moment lies in are held in memory, and no more is decoded than the last clip needs. Raises
    AudioError where the file cannot be decoded.
    """
    if any(start < 0 or end < start for start, end in spans_ms):
        raise ValueError("a span ends before it starts, or starts before the sound")
    if any(after[0] < before[0] for before, after in pairwise(spans_ms)):
        raise ValueError("the spans are not in order")
    return _cut(path, spans_ms)


def _cut(path: Path, spans_ms: Sequence[tuple[int, int]]) -> Iterator[AudioSegment]:
    if not spans_ms:
        return
    cuts: deque[_Cut] = deque()
    with open_sound(path) as sound:
        for block in sound.blocks():
            if block.start == 0:
                cuts.extend(_in_samples(span, block.rate) for span in spans_ms)
            _collect(cuts, block)
            while cuts and cuts[0].end <= block.end:
                yield make_segment(bytes(cuts.popleft().data), block.rate, block.channels)
            if not cuts:
                return
        for cut in cuts:
            yield make_segment(bytes(cut.data), block.rate, block.channels)


def _in_samples(span_ms: tuple[int, int], rate: int) -> _Cut:
    """Both ends by the same rule, so that spans which touch share no sample and lose none."""
    start_ms, end_ms = span_ms
    return _Cut(start_ms * rate // 1000, end_ms * rate // 1000)


def _collect(cuts: deque[_Cut], block: Block) -> None:
    for cut in cuts:
        if cut.start >= block.end:
            break
        cut.data += block.part(cut.start, cut.end)
