"""Spans of a recording without decoding what lies before them.

Packets are read and counted, and only those of a span are decoded, from 0.15 s before it on: what
a decoder makes of its first packets after a jump is damaged. Counting needs no index and no times:
those that a file with a LAME tag states begin at 25 to 138 ms.

A span sounds the same, to the bit, whatever was read before it: each is decoded from its own first
packet by a decoder that knows nothing. AAC has noise that goes on from frame to frame.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

import av
from av.audio.frame import AudioFrame

from producer.audio.decode import MAX_PADDING_SAMPLES, Sound, open_sound
from producer.audio.floats import FloatBuffer, Floats
from producer.errors import AudioError

_PREROLL_S = 0.15
# A frame of MP3 may begin 255 bytes back (MPEG 2; 511 in MPEG 1), and at 8 kbit/s and 24 kHz a
# frame holds no more than 11 of them.
_PREROLL_PACKETS = 25
# Packets at the beginning by which it is seen how much of it the decoder cuts off: up to 4095
# samples of an MP3, more than two frames of AAC, 312 of Opus.
_FIRST_PACKETS = 8
# Packets that are kept: more than the span after one needs to begin with.
_KEPT_PACKETS, _KEPT_S = 2 * _PREROLL_PACKETS, 1


class WindowReader:
    """Reads spans of one file, best in the order of their starts: it opens anew to go back.

    Samples are counted as `Sound.blocks` counts them, but that a damaged packet that was skipped
    counts for what it would have held. `rate` and `channels` (1 or 2) are those of the first frame.
    To be used in a `with` statement, or closed; raises AudioError where there is nothing to decode.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stack = ExitStack()
        self._open()

    def __enter__(self) -> "WindowReader":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._stack.close()

    def pieces(self, start: int, end: int, samples: int) -> Iterator[Floats]:
        """The samples of a half-open span in arrays of `samples` columns; the last may be shorter.

        What lies past the end of the sound is missing. An array holds until the next is asked for.
        """
        self._go_to(start)
        while start < end and self._at <= start:
            wanted = min(start + samples, end)
            while self._at + self._buffer.samples < wanted and self._decode_next():
                passed = min(start - self._at, self._buffer.samples)
                if passed > self.rate:
                    self._drop(passed)
            self._drop(min(start - self._at, self._buffer.samples))
            if self._ended:
                wanted = min(wanted, self._end())
            piece = self._buffer.part(0, max(wanted - start, 0))
            if self._at < start or not piece.shape[1]:
                return
            yield piece
            start += piece.shape[1]
        self._drop(min(max(start - self._at, 0), self._buffer.samples))

    def _open(self) -> None:
        self._stack.close()
        self._sound: Sound = self._stack.enter_context(open_sound(self._path))
        self._decoder = self._sound.stream.codec_context
        self._packets = self._sound.container.demux(self._sound.stream)
        # Packets that were read, after the ticks before each; the last of them may be read again.
        self._recent: deque[tuple[int, Any]] = deque()
        self._again: deque[tuple[int, Any]] = deque()
        self._ticks = 0
        base = self._sound.stream.time_base
        self._kept_ticks = int(_KEPT_S / base) if base else 0
        self._is_new = True
        self._ended = False
        self._at = 0
        first: list[AudioFrame] = []
        for _ in range(_FIRST_PACKETS):
            first += self._frames_of(self._next_packet())
        while not first and not self._ended:
            first += self._frames_of(self._next_packet())
        if not first:
            raise AudioError(f"{self._path}: no sound in it can be decoded")
        self._buffer = FloatBuffer(first[0])
        self.rate, self.channels = self._buffer.rate, self._buffer.channels
        for frame in first:
            self._buffer.take(frame)
        heard, counted = self._buffer.samples, self._counted()
        self._first_samples = heard
        self._packet_samples = counted // _FIRST_PACKETS
        # What the decoder cut off; packets that cannot be counted are all decoded.
        self._cut_off = counted - heard
        self._skip = counted > 0 and 0 <= self._cut_off < self.rate

    def _go_to(self, start: int) -> None:
        """Have decoded what a span that begins here needs."""
        preroll = max(round(_PREROLL_S * self.rate), _PREROLL_PACKETS * self._packet_samples)
        if not self._skip:
            if start < self._at:
                self._open()
        elif start - preroll > self._first_samples:
            ticks = self._ticks_of(start - preroll)
            if self._recent and ticks < self._recent[0][0]:
                self._open()
            self._jump(ticks)
        elif not self._is_new:
            self._open()
        self._is_new = False

    def _end(self) -> int:
        """Where the sound ends, once all of it is read: without what an MP4's last frame is padded
        with, as `Sound.blocks` leaves it out.
        """
        end = self._at + self._buffer.samples
        stated = round(self._sound.stated_seconds() * self.rate)
        return stated if stated and 0 < end - stated <= MAX_PADDING_SAMPLES else end

    def _counted(self) -> int:
        base = self._sound.stream.time_base
        return round(self._ticks * base * self.rate) if base else 0

    def _ticks_of(self, sample: int) -> int:
        base = self._sound.stream.time_base
        assert base is not None
        return int((sample + self._cut_off) / (base * self.rate))

    def _next_packet(self) -> Any:
        if self._again:
            packet = self._again.popleft()[1]
        else:
            try:
                packet = next(self._packets, None)
            except av.FFmpegError:  # damaged so that nothing after it can be found
                packet = None
        if packet is None:
            self._ended = True
            return None
        self._recent.append((self._ticks, packet))
        self._ticks += packet.duration or 0
        while len(self._recent) > _KEPT_PACKETS and (
            self._ticks - self._recent[0][0] > self._kept_ticks
        ):
            self._recent.popleft()
        return packet

    def _frames_of(self, packet: Any) -> list[AudioFrame]:
        if packet is None:
            return []
        try:
            frames: list[AudioFrame] = self._decoder.decode(packet)
        except av.FFmpegError:
            return []
        return frames

    def _decode_next(self) -> bool:
        """Decode another packet into the buffer; False at the end."""
        for frame in self._frames_of(self._next_packet()):
            self._buffer.take(frame)
        return not self._ended

    def _drop(self, samples: int) -> None:
        if samples > 0:
            self._buffer.drop(samples)
            self._at += samples

    def _jump(self, ticks: int) -> None:
        """Go to the packet that holds this time, back or on, and decode from there."""
        self._drop(self._buffer.samples)
        while self._recent and self._ticks > ticks:
            self._again.appendleft(self._recent.pop())
            self._ticks, self._ended = self._again[0][0], False
        packet = None
        while self._ticks <= ticks and not self._ended:
            packet = self._next_packet()
        self._forget()
        base = self._sound.stream.time_base
        assert base is not None
        while packet is not None:
            before = self._ticks - (packet.duration or 0)
            frames = self._frames_of(packet)
            if frames:
                self._at = round(before * base * self.rate) - self._cut_off
                for frame in frames:
                    self._buffer.take(frame)
                return
            packet = self._next_packet()

    def _forget(self) -> None:
        """Have a decoder that knows nothing of what it decoded before."""
        own = self._sound.stream.codec_context
        if own.name != "aac":
            own.flush_buffers()
            return
        # Flushing leaves it where it was in its noise.
        decoder = av.AudioCodecContext.create("aac", "r")
        decoder.extradata, decoder.sample_rate = own.extradata, own.sample_rate
        decoder.layout = own.layout
        self._decoder = decoder
