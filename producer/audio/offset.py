"""Where one recording lies in another, by the sound of both.

First by their envelopes, how loud each 10 ms are: they survive any encoding, and an hour is short
enough for one correlation by FFT. Then by the sound itself, in windows spread over what both hold,
each to the millisecond: where most of them agree, that is the place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from producer.audio.analysis import HOPS_A_SECOND, Analysis
from producer.audio.clip_sound import with_channels
from producer.audio.resample import resampled
from producer.audio.window import WindowReader

Doubles = NDArray[np.float64]

# Loudness over half a minute says nothing about words, and differs with every compressor.
_TREND_HOPS = 30 * HOPS_A_SECOND
_FLOOR_DB = 50.0
_HOP_MS = 1000 / HOPS_A_SECOND
# Both must be heard together for as long, to be compared at all.
_LEAST_OVERLAP_HOPS = 5 * HOPS_A_SECOND
_CANDIDATES = 3
# Fine search: in windows of so many seconds, at this rate, this far around the coarse place.
_WINDOWS = 9
_WINDOW_S = 8
_REACH_MS = 60
_FINE_RATE = 8000
_AGREE_MS = 3
_LEAST_LIKENESS = 0.25


@dataclass(frozen=True, slots=True)
class Offset:
    """A place of one recording in another.

    `offset_ms` is where on the first's timeline the second begins, below 0 if before it.
    `confidence` goes from 0 to 1: the share of the windows that agree on it, times how alike the
    sound is there.
    """

    offset_ms: int
    confidence: float


def find_offset(first: Path, second: Path, analyses: tuple[Analysis, Analysis]) -> Offset:
    """Where in the first recording the second begins; `analyses` are of both, in that order.

    Raises AudioError where one cannot be decoded.
    """
    envelopes = [_envelope(analysis) for analysis in analyses]
    best = Offset(0, 0.0)
    with WindowReader(first) as one, WindowReader(second) as two:
        for hops in _coarse(*envelopes):
            found = _fine(one, two, analyses, hops)
            if found.confidence > best.confidence:
                best = found
            if best.confidence > 0.5:
                break
    return best


def _envelope(analysis: Analysis) -> Doubles:
    """The levels without their trend, in hops of exactly 10 ms."""
    levels = analysis.levels_db().astype(np.float64)
    hop_ms = analysis.hop_samples * 1000 / analysis.sample_rate
    count = int(len(levels) * hop_ms / _HOP_MS)
    levels = np.interp(np.arange(count) * _HOP_MS / hop_ms, np.arange(len(levels)), levels)
    if count:
        levels = np.maximum(levels, levels.max() - _FLOOR_DB)
        levels = levels - _moving_mean(levels, _TREND_HOPS)
    envelope: Doubles = levels
    return envelope


def _moving_mean(values: Doubles, size: int) -> Doubles:
    sums = np.concatenate([[0.0], np.cumsum(values)])
    at = np.arange(len(values))
    low, high = np.maximum(at - size // 2, 0), np.minimum(at + size // 2 + 1, len(values))
    means: Doubles = (sums[high] - sums[low]) / (high - low)
    return means


def _coarse(first: Doubles, second: Doubles) -> list[int]:
    """The likeliest places of the second's beginning in the first, in hops, best first.

    By the correlation of what overlaps there: short overlaps look alike by chance, so it counts as
    much as there is of it.
    """
    shortest = min(len(first), len(second))
    least = min(_LEAST_OVERLAP_HOPS, shortest)
    if not least:
        return []
    size = 1 << (len(first) + len(second)).bit_length()

    def correlate(one: Doubles, two: Doubles) -> Doubles:
        spectrum = np.fft.rfft(one, size) * np.conj(np.fft.rfft(two, size))
        return np.fft.irfft(spectrum, size)

    # Lags from -len(second) + 1 to len(first) - 1; those below 0 stand at the end.
    lags = np.arange(-len(second) + 1, len(first))
    dots = correlate(first, second)[lags]
    ones = np.ones_like(first), np.ones_like(second)
    power_first = correlate(first**2, ones[1])[lags]
    power_second = correlate(ones[0], second**2)[lags]
    overlap = np.minimum(lags + len(second), len(first)) - np.maximum(lags, 0)
    norm = np.sqrt(np.maximum(power_first, 1e-9) * np.maximum(power_second, 1e-9))
    likeness = np.where(overlap >= least, dots / norm, 0.0) * np.sqrt(overlap / shortest)
    places: list[int] = []
    for _ in range(_CANDIDATES):
        at = int(likeness.argmax())
        places.append(int(lags[at]))
        likeness[max(at - HOPS_A_SECOND, 0) : at + HOPS_A_SECOND] = -1.0
    return places


def _fine(one: WindowReader, two: WindowReader, analyses: Sequence[Analysis], hops: int) -> Offset:
    """The place to the millisecond near a coarse one."""
    offset_ms = round(hops * _HOP_MS)
    first, second = analyses
    start_ms = max(0, -offset_ms) + _REACH_MS
    end_ms = min(second.duration_ms, first.duration_ms - offset_ms) - _REACH_MS
    length_ms = min(_WINDOW_S * 1000, end_ms - start_ms)
    if length_ms < 500:
        return Offset(offset_ms, 0.0)
    found: list[tuple[float, float]] = []
    for number in range(_WINDOWS):
        at_ms = start_ms + (end_ms - length_ms - start_ms) * number // (_WINDOWS - 1)
        part = _read(two, at_ms, length_ms)
        around = _read(one, at_ms + offset_ms - _REACH_MS, length_ms + 2 * _REACH_MS)
        lag, likeness = _lag(part, around)
        found.append((offset_ms - _REACH_MS + lag * 1000 / _FINE_RATE, likeness))
    heard = [each for each in found if each[1] >= _LEAST_LIKENESS]
    if not heard:
        return Offset(offset_ms, 0.0)
    middle = float(np.median([place for place, _ in heard]))
    agreeing = [each for each in heard if abs(each[0] - middle) <= _AGREE_MS]
    if not agreeing:
        return Offset(offset_ms, 0.0)
    place = float(np.median([place for place, _ in agreeing]))
    alike = float(np.mean([likeness for _, likeness in agreeing]))
    return Offset(round(place), len(agreeing) / _WINDOWS * min(alike, 1.0))


def _lag(part: Doubles, around: Doubles) -> tuple[float, float]:
    """Where a part lies within what is around it, in samples, and how alike they are there."""
    if len(part) > len(around) or not part.any() or not around.any():
        return 0.0, 0.0
    size = 1 << (len(part) + len(around)).bit_length()
    spectrum = np.fft.rfft(around, size) * np.conj(np.fft.rfft(part, size))
    dots = np.fft.irfft(spectrum, size)[: len(around) - len(part) + 1]
    powers = np.concatenate([[0.0], np.cumsum(around**2)])
    here = powers[len(part) :] - powers[: -len(part)]
    # Copies may be upside down.
    likeness = np.abs(dots) / np.sqrt(np.maximum(here * (part**2).sum(), 1e-12))
    lag = int(likeness.argmax())
    return float(lag), float(likeness[lag])


def _read(reader: WindowReader, start_ms: int, length_ms: int) -> Doubles:
    """A span in one channel at the rate of the fine search, without what is lower than speech."""
    start, end = (ms * reader.rate // 1000 for ms in (start_ms, start_ms + length_ms))
    pieces = (piece.copy() for piece in reader.pieces(max(start, 0), end, reader.rate))
    made = list(resampled(with_channels(pieces, 1), reader.rate, _FINE_RATE))
    if not made:
        return np.zeros(0)
    sound = np.concatenate(made, axis=1)[0].astype(np.float64)
    return np.diff(sound, prepend=0.0)
