"""Cutting MP3 files between frames, exact to the sample, with the frames as they are.

A clip is made of:

1. a tag frame, whose delay and padding tell decoders which samples to leave out;
2. a silent frame, which carries the bytes that the next frames take from the bit reservoir;
3. the frames before the first that is heard, for decoders to get into the state that they have
   there in the whole file: one, or two of MPEG 2;
4. the frames that are heard, and a silent one if the padding would be too short.

What decoders give is what they give for the whole file, sample by sample; libmpg123 and LAME add up
in an order that depends on the number of frames before, so that they can differ in the last bit.
FFmpeg does not heed the delay of a clip that lies within one frame (24 to 72 ms), which it plays
from the frame's beginning.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from producer.audio.copy.mp3_frames import Frames
from producer.audio.copy.mp3_header import main_data_at
from producer.audio.copy.mp3_info import DECODER_DELAY, Timeline, read_info, write_info
from producer.audio.copy.mp3_silence import carrier, main_data_begin, muted
from producer.audio.copy.parts import Parts
from producer.audio.length import Length
from producer.errors import AudioError

_ALL_FRAMES = 1 << 62
# ID3v1 and APEv2.
_END_TAGS = (b"TAG", b"APETAGEX")
# FFmpeg does not trim fewer samples than this at the end.
_MIN_TRIM = 12
# How many frames before it a frame can reach back over: the shortest have a byte of main data.
_MAX_RESERVOIR_FRAMES = 256


def copy_mp3(path: Path, spans_ms: Sequence[tuple[int, int]]) -> Iterator[Parts]:
    """Give the bytes of an MP3 file for each span, and none for one that holds no sound.

    Memory is a megabyte and the clip's own bytes. What stands between the frames is left out.
    """
    with path.open("rb", buffering=0) as file:
        slicer = _Slicer(file, str(path))
        for start_ms, end_ms in spans_ms:
            yield slicer.cut(start_ms, end_ms)


def count_mp3(path: Path) -> Length | None:
    """The length of an MP3 file, if nothing stands between its frames, and tags alone behind."""
    with path.open("rb", buffering=0) as file:
        return _Slicer(file, str(path)).count()


class _Slicer:
    """An open file. Samples and frames are counted from the first frame that is not the tag."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._name = name
        self._frames = frames = Frames(file, name)
        self._kind = frames.kind
        self._timeline = self._read_tag()
        self._first = frames.index
        self._mark = (frames.index, frames.at)

    def _read_tag(self) -> Timeline:
        """Pass the tag frame, if there is one; believe it behind ID3 tags alone, as FFmpeg does."""
        frames = self._frames
        size = self._kind.sizes[frames.read(frames.at, frames.at + 3)]
        frame = frames.read(frames.at, frames.at + size)
        timeline = read_info(self._kind, frame, frames.end - frames.at)
        if timeline is None:
            return Timeline()
        at_start = frames.at == frames.start
        frames.walk(1)
        return timeline if at_start else Timeline()

    def cut(self, start_ms: int, end_ms: int) -> Parts:
        """A clip. Starts must not fall from call to call."""
        rate, frame_samples = self._kind.rate, self._kind.frame_samples
        start, end = self._decoded(start_ms * rate // 1000, end_ms * rate // 1000)
        if start >= end:
            return ()
        first = max(start // frame_samples - self._kind.preroll_frames, 0)
        before = self._reservoir(first)
        sizes: list[int] = []
        data = self._take(-(-end // frame_samples), sizes)
        end = min(end, (first + len(sizes)) * frame_samples)
        if start >= end:
            return ()
        return self._clip(
            before,
            data,
            sizes,
            skip=start - first * frame_samples,
            trim=(first + len(sizes)) * frame_samples - end,
        )

    def _decoded(self, start: int, end: int) -> tuple[int, int]:
        """The same span in decoded samples, where it is before the end that the tag states."""
        line = self._timeline
        hole = line.hole_end - line.hole_start
        start, end = start + line.skip, end + line.skip
        if not hole or end <= line.hole_start:
            return start, end
        if start >= line.hole_start:
            return start + hole, end + hole
        if self._goes_on_at(line.hole_end):
            raise AudioError(
                f"{self._name}: a clip crosses the place where two MP3 files were joined",
                hint="cut it by decoding (--mode polish)",
            )
        return start, line.hole_start

    def count(self) -> Length | None:
        """How long the sound is, from the frame where it is."""
        frames = self._frames
        if len(frames.walk(_ALL_FRAMES)) != 1 or not self._ends_with_tags():
            return None
        decoded = (frames.index - self._first) * self._kind.frame_samples
        return Length(self._timeline.heard(decoded), self._kind.rate)

    def _ends_with_tags(self) -> bool:
        """Whether nothing, or what FFmpeg knows as tags, is behind the frame where it is."""
        frames = self._frames
        return frames.at == frames.end or frames.read(frames.at, frames.at + 8).startswith(
            _END_TAGS
        )

    def _goes_on_at(self, sample: int) -> bool:
        """Whether there is a frame that begins at a sample, behind all that the tag counts."""
        frame = sample // self._kind.frame_samples + self._first
        here = self._frames.index, self._frames.at
        self._frames.walk(frame + 1)
        goes_on = self._frames.index > frame
        self._frames.index, self._frames.at = here
        return goes_on

    def _reservoir(self, first: int) -> bytes:
        """Go to the frame `first`; the main data of the frames before it, as far as needed."""
        frames = self._frames
        begin = max(first - _MAX_RESERVOIR_FRAMES, 0) + self._first
        if frames.index > begin:
            frames.index, frames.at = self._mark
        frames.walk(begin)
        self._mark = frames.index, frames.at
        sizes: list[int] = []
        data = self._take(first, sizes)
        parts: list[bytes] = []
        missing, at = self._kind.max_back_bytes, len(data)
        while sizes and missing > 0:
            end, at = at, at - sizes.pop()
            part = data[at + main_data_at(data[at : at + 4]) : end][-missing:]
            parts.append(part)
            missing -= len(part)
        return b"".join(reversed(parts))

    def _take(self, index: int, sizes: list[int]) -> bytes:
        ranges = self._frames.walk(index + self._first, sizes)
        return b"".join(self._frames.read(*place) for place in ranges)

    def _clip(self, before: bytes, data: bytes, sizes: list[int], *, skip: int, trim: int) -> Parts:
        kind, header = self._kind, data[:4]
        needed, head, at = self._head(before, data, sizes)
        front = carrier(kind, header, before[len(before) - needed :])
        tail = b""
        if trim < _MIN_TRIM:
            tail = carrier(kind, data[-sizes[-1] :][:4], b"")
            trim += kind.frame_samples
        tag = write_info(
            kind,
            header,
            sizes=[len(front), *sizes, *([len(tail)] if tail else [])],
            constant=max(sizes) - min(sizes) <= 1,  # of the padding slot
            delay=kind.frame_samples + skip - DECODER_DELAY,
            padding=trim + DECODER_DELAY,
        )
        return tag, front, head, memoryview(data)[at:], tail

    def _head(self, before: bytes, data: bytes, sizes: list[int]) -> tuple[int, bytes, int]:
        """The first frames, as far as they can reach back to before them.

        Gives how many bytes they need, themselves, and their length. Those whose data are missing
        in the source too are silent, as they are there.
        """
        head: list[bytes] = []
        needed = passed = at = 0
        for size in sizes:
            if passed >= self._kind.max_back_bytes:
                break
            frame = data[at : at + size]
            back = main_data_begin(frame) - passed
            if back > len(before):
                frame = muted(frame)
            else:
                needed = max(needed, back)
            head.append(frame)
            passed += size - main_data_at(frame)
            at += size
        return needed, b"".join(head), at
