"""Cutting WAV files, of any size: RIFF, and RF64 and BW64 over 4 GiB (EBU Tech 3306).

The samples are copied as they are, behind a new header with the format chunk of the source.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import SEEK_END
from pathlib import Path
from typing import BinaryIO

from producer.audio.copy.parts import Parts
from producer.audio.length import Length
from producer.errors import AudioError

_HINT = "cut it by decoding (--mode polish), or export it again"
_CHUNK = struct.Struct("<4sI")
_FORMAT = struct.Struct("<HHIIHH")
_RIFF_BYTES = 12
_KINDS = frozenset({b"RIFF", b"RF64", b"BW64"})
_PCM, _FLOAT, _A_LAW, _MU_LAW, _EXTENSIBLE = 1, 3, 6, 7, 0xFFFE
# Formats in which samples of a fixed size follow each other.
_PLAIN = frozenset({_PCM, _FLOAT, _A_LAW, _MU_LAW})
_SUBFORMAT_AT = 24
_MAX_FORMAT_BYTES = 1 << 12
_MAX_CHUNKS = 1 << 12
# A size that is said elsewhere, or that was not known when the header was written.
_UNKNOWN = 0xFFFFFFFF
# What a clip may have at most, which is held in memory: three hours of CD sound.
_MAX_CLIP_BYTES = 1 << 31


@dataclass(frozen=True, slots=True)
class _Sound:
    """Where the samples of a file are, and of what kind."""

    format_chunk: bytes
    rate: int
    frame_bytes: int
    start: int
    frames: int

    @property
    def is_pcm(self) -> bool:
        """Whether there is no need to say how many samples there are."""
        return self.format_chunk[:2] == _PCM.to_bytes(2, "little")


def copy_wave(path: Path, spans_ms: Sequence[tuple[int, int]]) -> Iterator[Parts]:
    """Give the bytes of a WAV file for each span, and none for one that holds no sound."""
    with path.open("rb") as file:
        sound = _read(file, str(path))
        for start_ms, end_ms in spans_ms:
            start = start_ms * sound.rate // 1000
            frames = min(end_ms * sound.rate // 1000, sound.frames) - start
            if frames <= 0:
                yield ()
                continue
            size = frames * sound.frame_bytes
            if size > _MAX_CLIP_BYTES:
                raise AudioError(f"{path}: a clip of it is larger than 2 GiB", hint=_HINT)
            file.seek(sound.start + start * sound.frame_bytes)
            data = file.read(size)
            if len(data) < size:
                raise AudioError(f"{path}: was cut short while it was read", hint="try it again")
            yield _head(sound, frames), data, bytes(size % 2)


def count_wave(path: Path) -> Length:
    """The length of a WAV file, as far as it is there."""
    with path.open("rb") as file:
        sound = _read(file, str(path))
    return Length(sound.frames, sound.rate)


def _read(file: BinaryIO, name: str) -> _Sound:
    end = file.seek(0, SEEK_END)
    file.seek(0)
    riff = file.read(_RIFF_BYTES)
    if riff[:4] not in _KINDS or riff[8:] != b"WAVE":
        raise AudioError(f"{name}: is not a WAV file", hint=_HINT)
    format_chunk, long_size, at = b"", 0, _RIFF_BYTES
    for _ in range(_MAX_CHUNKS):
        file.seek(at)
        head = file.read(_CHUNK.size)
        if len(head) < _CHUNK.size:
            break
        mark, size = _CHUNK.unpack(head)
        at += _CHUNK.size
        if mark == b"data":
            if size == _UNKNOWN:
                size = long_size
            return _sound(name, format_chunk, at, min(size or end, end - at))
        if mark == b"fmt ":
            format_chunk = file.read(min(size, _MAX_FORMAT_BYTES))
        elif mark == b"ds64":
            long_size = int.from_bytes(file.read(16)[8:], "little")
        at += size + size % 2
    raise AudioError(f"{name}: there is no sound in this WAV file", hint=_HINT)


def _sound(name: str, chunk: bytes, at: int, size: int) -> _Sound:
    if len(chunk) < _FORMAT.size:
        raise AudioError(f"{name}: its WAV header is broken", hint=_HINT)
    tag, channels, rate, _, frame_bytes, bits = _FORMAT.unpack_from(chunk)
    if tag == _EXTENSIBLE:
        tag = int.from_bytes(chunk[_SUBFORMAT_AT : _SUBFORMAT_AT + 2], "little")
    if tag not in _PLAIN:
        raise AudioError(f"{name}: WAV of format {tag:#06x} cannot be copied", hint=_HINT)
    if not rate or not channels or frame_bytes != channels * -(-bits // 8) or not frame_bytes:
        raise AudioError(f"{name}: its WAV header is broken", hint=_HINT)
    return _Sound(chunk, rate, frame_bytes, at, size // frame_bytes)


def _head(sound: _Sound, frames: int) -> bytes:
    """What stands before the samples."""
    size = frames * sound.frame_bytes
    chunks = [_CHUNK.pack(b"fmt ", len(sound.format_chunk)), sound.format_chunk]
    if len(sound.format_chunk) % 2:
        chunks.append(b"\0")
    if not sound.is_pcm:
        chunks.append(_CHUNK.pack(b"fact", 4) + frames.to_bytes(4, "little"))
    chunks.append(_CHUNK.pack(b"data", size))
    riff_size = 4 + sum(map(len, chunks)) + size + size % 2
    return _CHUNK.pack(b"RIFF", riff_size) + b"WAVE" + b"".join(chunks)
