"""Clips for publishing: at one loudness, with soft ends, encoded anew as MP3.

    polish_clips(path, spans_ms, polish, jobs=None) -> Iterator[bytes]   MP3 files without tags
    polish_segment(segment, polish) -> AudioSegment                      the same for a segment
    load_segment(path) -> AudioSegment                                   such as an intro

The loudness is met as it is heard: what was encoded is decoded again and measured, and encoded once
more where it is off.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from threading import local

from producer.audio.clip_levels import Heard, Level, first_level, gain_db, measure_mp3, mended
from producer.audio.clip_sound import (
    Ends,
    packed,
    unpacked,
    with_channels,
    with_ends,
    with_level,
)
from producer.audio.floats import Floats
from producer.audio.lame import FALLBACK_RATE, RATES, Mp3Encoder
from producer.audio.meter import Meter, metered
from producer.audio.resample import resampled
from producer.audio.segment import SAMPLE_WIDTH, AudioSegment, make_segment
from producer.audio.window import WindowReader
from producer.errors import AudioError

_LONGEST_JINGLE_S = 120
_MOST_JOBS = 4
_MOST_ATTEMPTS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Polish:
    """What is done to a clip's sound.

    `loudness_lufs` is None to leave levels alone. `episode_lufs` is the loudness of the whole
    recording in as many channels as the clips have: it gives all clips the same gain. Where it is
    None, each clip is brought to the loudness by itself. Intro and outro are segments of any kind,
    and are brought to that loudness too. `channels` is 1 or 2, or None for those of the sound.
    """

    loudness_lufs: float | None = -16.0
    episode_lufs: float | None = None
    true_peak_dbtp: float = -1.0
    fade_ms: int = 20
    channels: int | None = None
    bitrate_kbps: int = 96
    intro: AudioSegment | None = None
    outro: AudioSegment | None = None
    crossfade_ms: int = 500


@dataclass(frozen=True, slots=True)
class _Source:
    """A sound that can be read from its beginning more than once."""

    rate: int
    channels: int
    length_s: float
    pieces: Callable[[], Iterator[Floats]]


def polish_clips(
    path: Path, spans_ms: Sequence[tuple[int, int]], polish: Polish, *, jobs: int | None = None
) -> Iterator[bytes]:
    """Cut half-open spans of the audio timeline out of a file: each as the bytes of an MP3.

    No bytes where a span holds no sound. Boundaries are those of `producer.audio.clips.cut_clips`.
    Several clips are made at a time, in threads; the result does not depend on how many. Raises
    AudioError where the file cannot be decoded.
    """
    if not spans_ms:
        return
    with WindowReader(path) as reader:
        rate, channels = reader.rate, polish.channels or reader.channels
    new_rate = rate if rate in RATES else FALLBACK_RATE
    ends = _ends(polish, new_rate, channels)
    own = local()
    readers: list[WindowReader] = []

    def make(span_ms: tuple[int, int]) -> bytes:
        if not hasattr(own, "reader"):
            own.reader = WindowReader(path)
            readers.append(own.reader)
        start, end = (time_ms * rate // 1000 for time_ms in span_ms)

        def pieces() -> Iterator[Floats]:
            read = with_channels(own.reader.pieces(start, end, _step(rate)), channels)
            return resampled(read, rate, new_rate)

        return _encoded(_Source(new_rate, channels, (end - start) / rate, pieces), polish, ends)

    with ThreadPoolExecutor(min(jobs or _cores(), len(spans_ms))) as pool:
        try:
            yield from pool.map(make, spans_ms)
        finally:
            pool.shutdown(cancel_futures=True)
            for each in readers:
                each.close()


def polish_segment(segment: AudioSegment, polish: Polish) -> AudioSegment:
    """The same channels, levels and ends for a pydub segment, which is not encoded."""
    channels = polish.channels or min(segment.channels, 2)
    source = _source_of(segment, segment.frame_rate, channels)
    ends = _ends(polish, source.rate, channels)
    parts = with_ends(packed(_levelled(source, polish)), source.rate, channels, ends)
    return make_segment(b"".join(parts), source.rate, channels)


def load_segment(path: Path) -> AudioSegment:
    """A short sound file as a segment. Raises AudioError for one of more than two minutes."""
    with WindowReader(path) as reader:
        most = _LONGEST_JINGLE_S * reader.rate
        parts = list(packed(reader.pieces(0, most + 1, reader.rate)))
        segment = make_segment(b"".join(parts), reader.rate, reader.channels)
        if segment.frame_count() > most:
            raise AudioError(
                f"{path}: is longer than {_LONGEST_JINGLE_S} seconds",
                hint="an intro or outro is a short sound",
            )
        return segment


def _encoded(source: _Source, polish: Polish, ends: Ends) -> bytes:
    """Encode, listen, and mend what is off."""
    if polish.loudness_lufs is None:
        return _encode(source.pieces(), source, polish, ends)
    gain = _gain_db(source, polish)
    first = level = first_level(gain, polish.true_peak_dbtp, source.length_s)
    attempts: list[tuple[Heard, bytes]] = []
    while len(attempts) < _MOST_ATTEMPTS:
        before = Meter(source.rate, source.channels)
        sound = _at_level(metered(source.pieces(), before), source, level)
        with_jingles = _WithJingles(source) if ends.intro or ends.outro else None
        data = _encode(sound, source, polish, ends, with_jingles)
        if not data:
            return data
        loudness, peak = measure_mp3(data)
        own = before.lufs()
        if loudness is not None and with_jingles is not None:
            loudness = with_jingles.of_clip(loudness)
        heard = Heard(
            0.0 if own is None or loudness is None else own + gain - loudness,
            -1.0 if peak is None else peak - polish.true_peak_dbtp,
        )
        attempts.append((heard, data))
        if heard.is_right:
            return data
        level = mended(level, heard, first)
    return min(attempts, key=lambda attempt: attempt[0].faults)[1]


def _encode(
    sound: Iterator[Floats],
    source: _Source,
    polish: Polish,
    ends: Ends,
    with_jingles: "_WithJingles | None" = None,
) -> bytes:
    """The bytes of an MP3; none for no sound. Jingles are measured if asked for."""
    encoder = Mp3Encoder(source.rate, source.channels, polish.bitrate_kbps)
    if with_jingles is not None:
        sound = metered(sound, with_jingles.clip)
    for part in with_ends(packed(sound), source.rate, source.channels, ends):
        encoder.feed(part)
        if with_jingles is not None:
            with_jingles.whole.feed(unpacked(part, source.channels))
    return encoder.finish() if encoder.samples else b""


class _WithJingles:
    """Tells how loud a clip came out that was encoded with its jingles."""

    def __init__(self, source: _Source) -> None:
        self.clip, self.whole = (Meter(source.rate, source.channels) for _ in range(2))

    def of_clip(self, loudness: float) -> float | None:
        """The clip's loudness: encoding took from it what it took from the whole."""
        clip, whole = self.clip.lufs(), self.whole.lufs()
        return None if clip is None or whole is None else clip - (whole - loudness)


def _levelled(source: _Source, polish: Polish) -> Iterator[Floats]:
    """The sound at the loudness asked, before it is encoded."""
    if polish.loudness_lufs is None:
        return source.pieces()
    gain = _gain_db(source, polish)
    first = level = Level(gain, polish.true_peak_dbtp)
    for _ in range(_MOST_ATTEMPTS - 1):
        before, after = (Meter(source.rate, source.channels) for _ in range(2))
        for _ in metered(_at_level(metered(source.pieces(), before), source, level), after):
            pass
        own, made = before.lufs(), after.lufs()
        if own is None or made is None:
            break
        lost = Heard(own + gain - made, 0.0)
        if lost.is_right:
            break
        level = mended(level, lost, first)
    return _at_level(source.pieces(), source, level)


def _at_level(sound: Iterator[Floats], source: _Source, level: Level) -> Iterator[Floats]:
    return with_level(sound, source.rate, source.channels, level.gain_db, level.ceiling_db)


def _gain_db(source: _Source, polish: Polish) -> float:
    """The gain of the episode, or of this clip alone."""
    assert polish.loudness_lufs is not None
    measured = polish.episode_lufs
    if measured is None:
        meter = Meter(source.rate, source.channels)
        for piece in source.pieces():
            meter.feed(piece)
        measured = meter.lufs()
    return gain_db(measured, polish.loudness_lufs)


def _ends(polish: Polish, rate: int, channels: int) -> Ends:
    alone = replace(polish, episode_lufs=None)

    def jingle(segment: AudioSegment | None) -> AudioSegment | None:
        if segment is None or not segment.raw_data:
            return None
        source = _source_of(segment, rate, channels)
        return make_segment(b"".join(packed(_levelled(source, alone))), rate, channels)

    intro, outro = jingle(polish.intro), jingle(polish.outro)
    return Ends(polish.fade_ms, intro, outro, polish.crossfade_ms)


def _source_of(segment: AudioSegment, rate: int, channels: int) -> _Source:
    """A segment at a rate and in as many channels."""
    segment = segment.set_sample_width(SAMPLE_WIDTH)
    if segment.channels > 2:
        segment = segment.set_channels(2)
    floats = unpacked(segment.raw_data, segment.channels)
    step = _step(segment.frame_rate)

    def pieces() -> Iterator[Floats]:
        read = (floats[:, at : at + step] for at in range(0, floats.shape[1], step))
        return resampled(with_channels(read, channels), segment.frame_rate, rate)

    return _Source(rate, channels, segment.duration_seconds, pieces)


def _step(rate: int) -> int:
    """The samples of a piece: half a second."""
    return max(rate // 2, 1)


def _cores() -> int:
    return min(os.cpu_count() or 1, _MOST_JOBS)
