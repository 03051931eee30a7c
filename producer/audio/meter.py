"""Loudness and true peak of sound that comes in pieces of any size."""

import math
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from producer.audio.loudness import BLOCK_SAMPLES, KWeighting, energies, integrated_lufs
from producer.audio.true_peak import TruePeak

Floats = NDArray[np.float32]

_STEPS_A_SECOND = 10


class Meter:
    """Takes a sound and says at the end how loud it is; the peak only if asked for."""

    def __init__(self, rate: int, channels: int, *, with_peak: bool = False) -> None:
        self._step = max(rate // _STEPS_A_SECOND, 1)
        self._filter = KWeighting(rate, channels)
        self._peak = TruePeak(channels) if with_peak else None
        # Whole steps and whole blocks of the filter; a second or two at common rates.
        whole = math.lcm(self._step, BLOCK_SAMPLES)
        self._waiting = np.empty((channels, whole * max(rate // whole, 1)), np.float32)
        self._held = 0
        self._energies: list[NDArray[np.float64]] = []

    @property
    def samples(self) -> int:
        """How many it takes at once: pieces of as many are measured without being copied."""
        return self._waiting.shape[1]

    def feed(self, piece: Floats, highest: float | None = None) -> None:
        """Take the next samples, and their highest level if it is known."""
        if self._peak is not None:
            self._peak.feed(piece, highest)
        size = self.samples
        if not self._held and piece.shape[1] == size:
            self._measure(piece)
            return
        while piece.shape[1]:
            part, piece = piece[:, : size - self._held], piece[:, size - self._held :]
            end = self._held + part.shape[1]
            self._waiting[:, self._held : end] = part
            self._held = end % size
            if not self._held:
                self._measure(self._waiting)

    def lufs(self) -> float | None:
        """The loudness, once all is in; None for silence. To be asked once."""
        if self._held:
            self._waiting[:, self._held :] = 0
            # A last step that is not whole counts only where it is all there is.
            steps = self._held // self._step
            self._measure(self._waiting, steps if steps or self._energies else 1)
            self._held = 0
        return integrated_lufs(np.concatenate(self._energies)) if self._energies else None

    def true_peak_dbtp(self) -> float | None:
        """The highest level, between the samples too; None for silence."""
        level = self._peak.finish() if self._peak is not None else 0.0
        return 20 * math.log10(level) if level > 0 else None

    def _measure(self, piece: Floats, steps: int | None = None) -> None:
        weighted = self._filter.filter(piece)
        weighted = weighted.reshape(len(weighted), -1, self._step)
        mean = energies(weighted, weighted).sum(axis=0) / self._step
        self._energies.append(mean[:steps].astype(np.float64))


def metered(pieces: Iterable[Floats], meter: Meter) -> Iterator[Floats]:
    """The same pieces, measured as they pass."""
    for piece in pieces:
        meter.feed(piece)
        yield piece
