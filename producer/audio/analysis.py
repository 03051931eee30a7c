"""What there is to know of a recording, from decoding it once: how long, how loud, and where quiet.

    analyse(path: Path) -> Analysis
    Analysis.duration_ms, .samples, .sample_rate, .channels, .codec
    Analysis.loudness_lufs, .mono_loudness_lufs, .true_peak_dbtp      None for silence
    Analysis.hop_samples                                              of 10 ms
    Analysis.peaks: bytes                two signed bytes a hop: lowest and highest of the mono mix
    Analysis.levels: bytes               a byte a hop: half decibels under full scale
    Analysis.levels_db() -> array        of float32
    producer.audio.analysis_cache.cached_analysis(path, digest, folder) -> Analysis

Memory grows by 300 bytes for a second of sound, whatever its format.
"""

import math
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

from producer.audio.ahead import ahead
from producer.audio.decode import Sound, open_sound
from producer.audio.floats import FloatReader, Floats
from producer.audio.length import Length
from producer.audio.long_frames import NotPlainError, long_frames
from producer.audio.loudness import BLOCK_SAMPLES, KWeighting, energies, integrated_lufs
from producer.audio.true_peak import TruePeak
from producer.errors import AudioError

HOPS_A_SECOND = 100
_HOPS_A_STEP = 10  # loudness is gated in steps of 100 ms
_HOPS_A_PIECE = math.lcm(_HOPS_A_STEP, BLOCK_SAMPLES)
_PIECES_DRAWN = 16
_MAX_HOURS = 100
_HINT = "try another player"


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """A recording, measured. Hop `i` is the samples from `i * hop_samples` on.

    `mono_loudness_lufs` is the loudness of the mean of both channels played as one; for a mono file
    it is the loudness. The last hop may be shorter than the others.
    """

    samples: int
    sample_rate: int
    channels: int
    codec: str
    loudness_lufs: float | None
    mono_loudness_lufs: float | None
    true_peak_dbtp: float | None
    hop_samples: int
    peaks: bytes
    levels: bytes

    @property
    def duration_ms(self) -> int:
        """The length, rounded."""
        return Length(self.samples, self.sample_rate).ms

    def levels_db(self) -> NDArray[np.float32]:
        """The level of each hop in dB under full scale, 0 to -127.5, of all channels together."""
        return np.frombuffer(self.levels, np.uint8).astype(np.float32) / np.float32(-2)


def analyse(path: Path) -> Analysis:
    """Decode a sound file and measure it. Raises AudioError where there is nothing to decode."""
    with open_sound(path) as sound:
        try:
            return _analysed(sound, ahead(long_frames(sound, _HOPS_A_PIECE / HOPS_A_SECOND)))
        except NotPlainError:
            return _analysed(sound, sound.frames())


def _analysed(sound: Sound, frames: Iterator[AudioFrame]) -> Analysis:
    reader = FloatReader(sound, frames)
    if not reader.rate:
        raise AudioError(f"{sound.path}: no sound in it can be decoded", hint=_HINT)
    measures = _Measures(reader.rate, reader.channels)
    for piece in reader.pieces(measures.piece_samples):
        measures.feed(piece, reader.highest)
        if measures.samples > _MAX_HOURS * 3600 * reader.rate:
            raise AudioError(f"{sound.path}: is longer than {_MAX_HOURS} hours")
    if not measures.samples:
        raise AudioError(f"{sound.path}: no sound in it can be decoded", hint=_HINT)
    return measures.result(sound.codec)


class _Measures:
    """Everything that is measured, piece by piece."""

    def __init__(self, rate: int, channels: int) -> None:
        self.rate = rate
        self.channels = channels
        self.samples = 0
        self.hop = max(rate // HOPS_A_SECOND, 1)
        self.step = self.hop * _HOPS_A_STEP
        # Whole steps and whole blocks of the filter, and no more than a second or two.
        self.piece_samples = self.hop * _HOPS_A_PIECE
        self._filter = KWeighting(rate, channels)
        self._true_peak = TruePeak(channels)
        self._mono = np.empty(self.piece_samples, np.float32)
        self._starts = np.arange(0, self.piece_samples, self.hop)
        # For each hop what is lowest and highest in it, and its energy: before they become bytes,
        # many at once.
        self._drawn = np.empty((3, _HOPS_A_PIECE * _PIECES_DRAWN), np.float32)
        self._hops = 0
        self._peaks = bytearray()
        self._levels = bytearray()
        # A weighted energy for each step: of the channels, and of their mean.
        self._weighted = (array("f"), array("f"))

    def feed(self, piece: Floats, highest: float) -> None:
        """Take the next piece and its highest level; only the last may be shorter than the rest."""
        samples = piece.shape[1]
        if not samples:
            return
        self.samples += samples
        self._true_peak.feed(piece, highest)
        hops = -(-samples // self.hop)
        if samples < self.piece_samples:
            piece = np.pad(piece, ((0, 0), (0, self.piece_samples - samples)))
        self._draw(piece)
        self._hops += hops
        if self._hops >= self._drawn.shape[1] or hops < _HOPS_A_PIECE:
            self._keep_drawn()
        # What is left at the end, less than a step, counts only where it is all.
        steps = samples // self.step or int(samples == self.samples)
        self._weigh(piece, steps, min(hops * self.hop, self.step))

    def result(self, codec: str) -> Analysis:
        """All of it."""
        self._keep_drawn()
        peak = self._true_peak.finish()
        own, mono = (
            integrated_lufs(np.frombuffer(steps, np.float32).astype(np.float64))
            for steps in self._weighted
        )
        return Analysis(
            samples=self.samples,
            sample_rate=self.rate,
            channels=self.channels,
            codec=codec,
            loudness_lufs=_rounded(own),
            mono_loudness_lufs=_rounded(mono),
            true_peak_dbtp=_rounded(20 * math.log10(peak)) if peak > 0 else None,
            hop_samples=self.hop,
            peaks=bytes(self._peaks),
            levels=bytes(self._levels),
        )

    def _draw(self, piece: Floats) -> None:
        low, high, energy = self._drawn[:, self._hops : self._hops + _HOPS_A_PIECE]
        mono = np.add(piece[0], piece[-1], out=self._mono)
        np.minimum.reduceat(mono, self._starts, out=low)
        np.maximum.reduceat(mono, self._starts, out=high)
        parts = piece.reshape(self.channels, -1, self.hop)
        energies(parts, parts).sum(axis=0, out=energy)

    def _keep_drawn(self) -> None:
        drawn = self._drawn[:, : self._hops]
        # Of the sum of both channels, or of one taken twice: half of it, in parts of 128.
        ends = np.clip(np.floor(drawn[:2].T * 64), -128, 127)
        self._peaks += ends.astype(np.int8).tobytes()
        level = -20 * np.log10(np.maximum(drawn[2] / (self.channels * self.hop), 1e-30))
        self._levels += np.clip(np.round(level), 0, 255).astype(np.uint8).tobytes()
        self._hops = 0

    def _weigh(self, piece: Floats, steps: int, length: int) -> None:
        weighted = self._filter.filter(piece).reshape(self.channels, -1, self.step)
        own = mono = energies(weighted, weighted).sum(axis=0)
        if self.channels == 2:
            # The energy of half of left and right: of each a quarter, and what they share.
            mono = own / 4 + energies(weighted[0], weighted[1]) / 2
        for kept, each in zip(self._weighted, (own, mono), strict=True):
            kept.frombytes((each[:steps] / length).astype(np.float32).tobytes())


def _rounded(value: float | None) -> float | None:
    """Hundredths: the same on machines whose arithmetic differs in the last bits."""
    return None if value is None else round(value, 2)
