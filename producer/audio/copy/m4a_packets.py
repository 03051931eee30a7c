"""Cutting M4A packet by packet through PyAV, for files whose index `mp4_index` does not read."""

from collections import deque
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

import av
from av.audio.stream import AudioStream
from av.packet import Packet

from producer.audio.copy.parts import Parts
from producer.audio.decode import Sound, open_sound
from producer.errors import AudioError

_Packet: TypeAlias = "Packet[AudioStream]"
_CODECS = {"aac", "alac"}
_PREROLL_PACKETS = 2
_HINT = "cut it by decoding (--mode polish), or export it again"
# Room for the index in front of the sound: what it always has, and what it has for each packet.
_INDEX_BYTES = 4096
_INDEX_BYTES_EACH = 32


def copy_packets(path: Path, spans_ms: Sequence[tuple[int, int]]) -> Iterator[Parts]:
    """Give the bytes of an M4A file for each span, and none for one that holds no sound."""
    with open_sound(path) as sound:
        if sound.codec not in _CODECS or not sound.stream.rate:
            raise AudioError(f"{path}: {sound.codec} in MP4 cannot be copied", hint=_HINT)
        for start_ms, end_ms in spans_ms:
            try:
                data = _cut(sound, start_ms, end_ms)
            except (av.FFmpegError, ValueError) as error:
                raise AudioError(f"{path}: cannot be copied from: {error}", hint=_HINT) from error
            yield (data,) if data else ()


def _cut(sound: Sound, start_ms: int, end_ms: int) -> bytes:
    rate = sound.stream.rate
    start, end = (_ticks(sound, ms * rate // 1000) for ms in (start_ms, end_ms))
    if (total := sound.stream.duration) is not None:
        end = min(end, total)
    if start >= end:
        return b""
    packets = _packets(sound, start, end)
    if not packets:
        return b""
    last = packets[-1]
    if (last.pts or 0) >= end:  # the silent one; of no length, the muxer would give it a whole one
        packets[-2].duration = end - 1 - (packets[-2].pts or 0)
        last.pts = end - 1
    last.duration = end - (last.pts or 0)
    return _mux(sound, packets, start)


def _ticks(sound: Sound, sample: int) -> int:
    """The time of a sample in the units of the stream, which are samples as a rule."""
    unit = sound.stream.time_base or 0
    return round(sample / (sound.stream.rate * unit))


def _end(packet: _Packet) -> int:
    return (packet.pts or 0) + (packet.duration or 0)


def _packets(sound: Sound, start: int, end: int) -> list[_Packet]:
    """The packets that a clip is made of, with those before it; none if nothing is heard.

    If only one is heard, the next one comes along too, though nothing of it is: FFmpeg finds no
    sound at all in a file whose edit list begins and ends in the last packet.
    """
    length = max(sound.stream.codec_context.frame_size, 1024)
    sound.container.seek(start - (_PREROLL_PACKETS + 1) * length, stream=sound.stream)
    before: deque[_Packet] = deque(maxlen=_PREROLL_PACKETS)
    packets: list[_Packet] = []
    for packet in sound.container.demux(sound.stream):
        time = packet.pts
        if time is None or not packet.size:
            continue
        if time >= end:
            if len(packets) == 1:
                packets.append(packet)
            break
        if packets or _end(packet) > start:
            packets.append(packet)
        else:
            before.append(packet)
    return [*before, *packets] if packets else []


def _mux(sound: Sound, packets: list[_Packet], start: int) -> bytes:
    buffer = BytesIO()
    options = {
        "fflags": "+bitexact",
        # The unit of the edit list; milliseconds otherwise, which are not exact.
        "movie_timescale": str(round(1 / (sound.stream.time_base or 1))),
        "moov_size": str(_INDEX_BYTES + _INDEX_BYTES_EACH * len(packets)),
    }
    with av.open(buffer, "w", format="ipod", options=options) as clip:
        stream = clip.add_stream_from_template(sound.stream)
        for packet in packets:
            packet.pts = packet.dts = (packet.pts or 0) - start
            packet.stream = stream
            clip.mux(packet)
    return buffer.getvalue()
