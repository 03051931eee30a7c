"""Decoding sound files block by block, in memory that does not grow with their length.

Positions are counted in samples from the beginning of the decoded sound. The times that
containers and frames state are not used: for an MP3 with a LAME tag they begin at 25 to 138 ms,
although the decoder already cuts that delay off.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer

from producer.audio.formats import SUFFIXES
from producer.errors import AudioError

# By content, whatever the suffix; and never a playlist or script that names other files.
_DEMUXERS = "mp3,mp4,ogg,flac,wav"
SAMPLE_WIDTH = 2  # bytes; all packed sound here is 16 bit
# The most that encoders pad the end of AAC with: two frames of HE-AAC.
MAX_PADDING_SAMPLES = 4096
_WIDTHS = {"s16": SAMPLE_WIDTH, "flt": 4}  # bytes of a sample
# PyAV up to 18 refuses tags that are not UTF-8, unless told otherwise; 19 has no such option.
_TOLERANT: dict[str, Any] = (
    {"metadata_errors": "replace"} if int(av.__version__.partition(".")[0]) < 19 else {}
)
_HINT = f"a sound file is one of {', '.join(SUFFIXES)}; try whether a player plays it"


@dataclass(frozen=True, slots=True)
class Block:
    """Some packed 16-bit samples. `start` counts samples (of all channels) from the beginning."""

    start: int
    rate: int
    channels: int
    data: bytes

    @property
    def end(self) -> int:
        """The position after the last sample."""
        return self.start + len(self.data) // self.frame_bytes

    @property
    def frame_bytes(self) -> int:
        """The bytes that one sample of all channels takes."""
        return SAMPLE_WIDTH * self.channels

    def part(self, start: int, end: int) -> bytes:
        """The samples that lie in the block from `start` to before `end`, perhaps none."""
        first, last = max(start - self.start, 0), max(end - self.start, 0)
        return self.data[first * self.frame_bytes : last * self.frame_bytes]


@dataclass(frozen=True, slots=True)
class Sound:
    """An open sound file: its container and the stream in it that is played."""

    path: Path
    container: InputContainer
    stream: AudioStream

    @property
    def codec(self) -> str:
        """The codec's common name, such as `mp3` or `aac`."""
        return self.stream.codec_context.codec.canonical_name

    def blocks(self) -> Iterator[Block]:
        """Decode it all, once. Every block has the rate and channels of the first.

        More than two channels become stereo. Damaged packets are left out. Raises AudioError if
        nothing at all can be decoded.
        """
        blocks = self._pcm()
        if stated_seconds := self.stated_seconds():
            blocks = _without_padding(blocks, stated_seconds)
        empty = True
        for block in blocks:
            empty = False
            yield block
        if empty:
            raise AudioError(f"{self.path}: no sound in it can be decoded", hint=_HINT)

    def stated_seconds(self) -> float:
        """Where an MP4's edit list says that the sound ends; 0 where nothing is said."""
        if "mp4" not in self.container.format.name:
            return 0.0
        return float((self.stream.duration or 0) * (self.stream.time_base or 0))

    def _pcm(self) -> Iterator[Block]:
        position = 0
        converter = None
        for frame in self.frames():
            if converter is None:
                converter = Converter(frame)
            if data := converter.convert(frame):
                block = Block(position, converter.rate, converter.channels, data)
                position = block.end
                yield block
        if converter is not None and (data := converter.finish()):
            yield Block(position, converter.rate, converter.channels, data)

    def frames(self) -> Iterator[AudioFrame]:
        """The frames as they are decoded, each of any form; damaged packets are left out."""
        packets = self.container.demux(self.stream)
        while True:
            try:
                packet = next(packets, None)
            except av.FFmpegError:
                return  # damaged so that nothing after it can be found
            if packet is None:
                return
            try:
                frames = packet.decode()
            except av.FFmpegError:
                continue
            yield from frames


@contextmanager
def open_sound(path: Path) -> Iterator[Sound]:
    """Open a sound file. Raises AudioError for what is missing, empty or not sound."""
    with _open(path) as container:
        if not container.streams.audio:
            raise AudioError(f"{path}: there is no sound in this file", hint=_HINT)
        stream: Any = container.streams.audio[0]
        if stream.codec_context is None:  # damaged, or a codec that FFmpeg does not know
            raise AudioError(f"{path}: the sound in it is of an unknown kind", hint=_HINT)
        yield Sound(path, container, stream)


def _open(path: Path) -> InputContainer:
    try:
        if path.is_file() and not path.stat().st_size:
            raise AudioError(f"{path}: the file is empty", hint="copy or export the audio again")
        container: InputContainer = av.open(
            f"file:{path}", options={"format_whitelist": _DEMUXERS}, **_TOLERANT
        )
    except FileNotFoundError:
        raise AudioError(f"{path}: there is no such file") from None
    except (IsADirectoryError, PermissionError) as error:
        raise AudioError(f"{path}: cannot be read: {error.strerror}") from None
    except (av.FFmpegError, OSError) as error:
        raise AudioError(f"{path}: is not a sound file, or damaged", hint=_HINT) from error
    return container


class Converter:
    """Turns frames into packed samples with the rate and channels of the first frame.

    They are 16-bit numbers (`s16`), or 32-bit floats (`flt`) of which 1.0 is full scale.
    """

    def __init__(self, first: AudioFrame, sample_format: Literal["s16", "flt"] = "s16") -> None:
        self.sample_format = sample_format
        self.rate = first.sample_rate
        self.channels = min(first.layout.nb_channels, 2)
        self._form: tuple[str, str, int] | None = None
        self._resampler: AudioResampler | None = None

    def convert(self, frame: AudioFrame) -> bytes:
        """The samples of a frame; nothing for one that is damaged into an impossible form."""
        form = (frame.format.name, frame.layout.name, frame.sample_rate)
        flushed = b""
        if form != self._form:
            flushed = self.finish()
            self._form = form
            layout = "mono" if self.channels == 1 else "stereo"
            self._resampler = AudioResampler(
                format=self.sample_format, layout=layout, rate=self.rate
            )
        frame.pts = None  # a gap in the times must not become one in the samples
        return flushed + self._resample(frame)

    def finish(self) -> bytes:
        """What the resampler still holds. The next frame gets a new one."""
        held = self._resample(None)
        self._form = self._resampler = None
        return held

    def _resample(self, frame: AudioFrame | None) -> bytes:
        if self._resampler is None:
            return b""
        try:
            frames = self._resampler.resample(frame)
        except (av.FFmpegError, ValueError):
            self._form = self._resampler = None
            return b""
        size = _WIDTHS[self.sample_format] * self.channels
        # Planes may be longer than their samples.
        return b"".join(bytes(memoryview(f.planes[0])[: f.samples * size]) for f in frames)


def _without_padding(blocks: Iterator[Block], stated_seconds: float) -> Iterator[Block]:
    """Cut off what the last AAC frame holds past the end that an MP4's edit list states.

    The decoder leaves it on. An end that lies far before the last sample is not believed.
    """
    held: list[Block] = []
    limit = 0
    for block in blocks:
        limit = round(stated_seconds * block.rate)
        held.append(block)
        if block.end <= limit or block.end - limit > MAX_PADDING_SAMPLES:
            yield from held
            held.clear()
    if held and (rest := held[0].part(0, limit)):
        yield Block(held[0].start, held[0].rate, held[0].channels, rest)
