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


_FILTERS = _phases()
# Only beside a sample that is this near to the highest level can a higher one lie: no less than
# half of a tone is seen by samples a third of its period apart, and sound has no tone above that.
_NEAR = 0.5


class TruePeak:
    """The highest absolute level of all that it is fed, 1.0 being full scale."""

    def __init__(self, channels: int) -> None:
        self.level = 0.0
        self._before = np.zeros((channels, 2 * REACH), np.float32)

    def feed(self, piece: Floats) -> None:
        """Take the next samples, a row for each channel."""
        if not piece.shape[1]:
            return
        highest = max(float(piece.max()), -float(piece.min()))
        self.level = max(self.level, highest)
        before = self._before
        self._before = np.concatenate([before, piece[:, -2 * REACH :]], axis=1)[:, -2 * REACH :]
        if max(highest, float(np.abs(before).max())) >= self.level * _NEAR > 0:
            for row in np.concatenate([before, piece], axis=1):
                self._look_between(row)

    def finish(self) -> float:
        """The level, with silence after the last sample."""
        self.feed(np.zeros((len(self._before), 2 * REACH), np.float32))
        return self.level

    def _look_between(self, row: Floats) -> None:
        _, levels = between_samples(row, self.level * _NEAR)
        if len(levels):
            self.level = max(self.level, float(levels.max()))


def between_samples(row: Floats, least: float) -> tuple[NDArray[np.intp], Floats]:
    """The samples above `least` that are higher than their neighbours, and the level beside them.

    The first and the last samples of the row, as many as the filter reaches, are not among them.
    """
    size = np.abs(row)
    high = np.flatnonzero(size[REACH:-REACH] >= least) + REACH
    top = high[(size[high] >= size[high - 1]) & (size[high] >= size[high + 1])]
    levels = np.empty(len(top), np.float32)
    for at in range(0, len(top), _AT_ONCE):
        some = top[at : at + _AT_ONCE]
        sides = [
            np.abs(row[before[:, None] + np.arange(1 - REACH, REACH + 1)] @ _FILTERS).max(axis=1)
            for before in (some - 1, some)
        ]
        levels[at : at + _AT_ONCE] = np.maximum(*sides)
    return top, levels
