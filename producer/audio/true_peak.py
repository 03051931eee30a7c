"""True peak as ITU-R BS.1770-5, annex 2, defines it: the highest level between the samples."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_TIMES = 4  # as annex 2 asks for rates up to 48 kHz; more would find 0.1 dB more at the most
REACH = 12  # samples that count on either side
_BETA = 6.0
_AT_ONCE = 4096


def _phases() -> Floats:
    """The filters for the three places between two samples, a column each."""
    at = np.arange(-REACH + 1, REACH + 1)
    columns = []
    for phase in range(1, _TIMES):
        distance = at - phase / _TIMES
        window = np.i0(_BETA * np.sqrt(np.maximum(1 - (distance / REACH) ** 2, 0))) / np.i0(_BETA)
        taps = np.sinc(distance) * window
        columns.append(taps / taps.sum())
    return np.array(columns, np.float32).T


def _both_sides() -> Floats:
    """The filters for the places before a sample and after it, of all the samples around it."""
    filters = _phases()
    none = np.zeros((1, _TIMES - 1), np.float32)
    return np.concatenate(
        [np.concatenate([filters, none]), np.concatenate([none, filters])], axis=1
    )


_BOTH_SIDES = _both_sides()
# Only beside a sample that is this near to the highest level can a higher one lie: no less than
# half of a tone is seen by samples a third of its period apart, and sound has no tone above that.
_NEAR = 0.5


class TruePeak:
    """The highest absolute level of all that it is fed, 1.0 being full scale."""

    def __init__(self, channels: int) -> None:
        self.level = 0.0
        self._before = np.zeros((channels, 2 * REACH), np.float32)
        self._highest_before = 0.0

    def feed(self, piece: Floats, highest: float | None = None) -> None:
        """Take the next samples, a row for each channel; their highest level, if it is known."""
        if not piece.shape[1]:
            return
        if highest is None:
            highest = max(float(piece.max()), -float(piece.min()))
        self.level = max(self.level, highest)
        if max(highest, self._highest_before) >= self.level * _NEAR > 0:
            seam = np.concatenate([self._before, piece[:, : 2 * REACH]], axis=1)
            if np.abs(seam).max() >= self.level * _NEAR:
                self._look_between(seam)
            if highest >= self.level * _NEAR:
                self._look_between(piece)
        end = piece[:, -2 * REACH :]
        if end.shape[1] < 2 * REACH:
            end = np.concatenate([self._before, end], axis=1)[:, -2 * REACH :]
        self._before = end.copy()
        self._highest_before = float(np.abs(end).max())

    def _look_between(self, rows: Floats) -> None:
        for row in rows:
            _, levels = between_samples(row, self.level * _NEAR)
            if len(levels):
                self.level = max(self.level, float(levels.max()))

    def finish(self) -> float:
        """The level, with silence after the last sample."""
        self.feed(np.zeros((len(self._before), 2 * REACH), np.float32))
        return self.level


def between_samples(row: Floats, least: float) -> tuple[NDArray[np.intp], Floats]:
    """The samples above `least` that are higher than their neighbours, and the level beside them.

    The first and the last samples of the row, as many as the filter reaches, are not among them.
    """
    inner = row[REACH:-REACH]
    high = ((inner >= least) | (inner <= -least)).nonzero()[0] + REACH
    before, size, after = (np.abs(row[high + beside]) for beside in (-1, 0, 1))
    top = high[(size >= before) & (size >= after)]
    levels = np.empty(len(top), np.float32)
    if len(top):
        row = np.ascontiguousarray(row)
        width = 2 * REACH + 1
        around = np.ndarray((len(row) - width + 1, width), row.dtype, row, 0, row.strides * 2)
        for at in range(0, len(top), _AT_ONCE):
            some = around[top[at : at + _AT_ONCE] - REACH] @ _BOTH_SIDES
            levels[at : at + _AT_ONCE] = np.abs(some, out=some).max(axis=1)
    return top, levels
