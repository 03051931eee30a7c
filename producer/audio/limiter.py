"""A limiter that looks ahead: it turns down what would be too loud before it comes, and no more.

The gain follows from the peaks of hops of 1 ms, those between the samples among them. Each hop's
gain is the least that any hop within reach needs, smoothed over half of that reach: so it is never
more than the hop needs, and bends softly.
"""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from producer.audio.true_peak import REACH, between_samples

Floats = NDArray[np.float32]

_HOPS_A_SECOND = 1000
_SMOOTH = 12  # hops on either side that the gain is smoothed over
_REACH = _SMOOTH + 1  # and for which it is held, a hop more for the way between two
_AHEAD = _SMOOTH + _REACH + 1


def limit(pieces: Iterable[Floats], rate: int, channels: int, ceiling: float) -> Iterator[Floats]:
    """The sound with no level above `ceiling`, of which 1.0 is full scale; as long as it was.

    What is under it for 30 ms on both sides comes out as it went in.
    """
    limiter = _Limiter(rate, channels, ceiling)
    for piece in pieces:
        if (ready := limiter.feed(piece)).shape[1]:
            yield ready
    if (rest := limiter.finish()).shape[1]:
        yield rest


class _Limiter:
    def __init__(self, rate: int, channels: int, ceiling: float) -> None:
        # A hop is measured when the next is there: that must be all that its levels depend on.
        self._hop = max(rate // _HOPS_A_SECOND, REACH)
        self._ceiling = ceiling
        # Samples that have not left yet; gains needed of their hops, after those of hops before.
        self._samples = np.zeros((channels, 0), np.float32)
        self._needed = np.ones(_AHEAD, np.float32)

    def feed(self, piece: Floats) -> Floats:
        known = len(self._needed) - _AHEAD
        self._samples = np.concatenate([self._samples, piece], axis=1)
        # The last hop is measured when what comes after it is there.
        hops = max(self._samples.shape[1] // self._hop - 1, known)
        if hops > known:
            levels = self._levels(known, hops)
            needed = self._ceiling / np.maximum(levels, self._ceiling)
            self._needed = np.concatenate([self._needed, needed.astype(np.float32)])
        return self._leave(max(hops - _AHEAD, 0))

    def finish(self) -> Floats:
        samples = self._samples.shape[1]
        padded = -(-samples // self._hop) + _AHEAD + 2
        ready = self.feed(np.zeros((len(self._samples), padded * self._hop - samples), np.float32))
        rest = samples - ready.shape[1]
        if rest <= 0:
            return ready[:, :samples]
        return np.concatenate([ready, self._leave(-(-rest // self._hop))[:, :rest]], axis=1)

    def _levels(self, first: int, last: int) -> Floats:
        """The peak of each hop, as it is between the samples too."""
        start, end = first * self._hop, last * self._hop
        levels = np.zeros(last - first, np.float32)
        # What lies between samples is no more than twice as high as they are.
        near = self._ceiling / 2
        for row in self._samples:
            part = row[start:end]
            if max(part.max(), -part.min()) <= near:
                continue
            hops = np.arange(0, end - start, self._hop)
            np.maximum(levels, np.maximum.reduceat(part, hops), out=levels)
            np.maximum(levels, -np.minimum.reduceat(part, hops), out=levels)
            before = max(start - 32, 0)
            at, between = between_samples(row[before:], near)
            at = at + before
            here = (at >= start) & (at < end)
            np.maximum.at(levels, (at[here] - start) // self._hop, between[here])
        return levels

    def _leave(self, hops: int) -> Floats:
        """The first hops with their gain; they are forgotten here, but for the gains needed."""
        count = hops * self._hop
        ready = self._samples[:, :count]
        around = self._needed[: hops + 2 * _AHEAD]
        if hops and around.min() < 1:
            held = _windows(around, 2 * _REACH + 1).min(axis=1)
            kernel = np.hanning(2 * _SMOOTH + 3)[1:-1]
            gains = np.convolve(held, kernel / kernel.sum(), "valid")
            # `gains` begins a hop before the first: the gain goes from middle to middle.
            middles = (np.arange(len(gains)) - 0.5) * self._hop
            gain = np.interp(np.arange(count), middles, gains)
            ready = ready * gain.astype(np.float32)
        self._samples = self._samples[:, count:].copy()
        self._needed = self._needed[hops:]
        return ready


def _windows(values: Floats, size: int) -> Floats:
    return np.lib.stride_tricks.sliding_window_view(values, size)
