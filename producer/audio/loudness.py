"""Loudness as ITU-R BS.1770-5 and EBU R 128 define it: K-weighting, then gating.

The filter is one of order four, run over blocks of samples as matrices: a block's output is what
its samples and the state before it make of it, and the states follow from one another in a few
doubling steps. That is several times faster than going from sample to sample.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

# The samples that are filtered at once; pieces that are fed are multiples of it.
BLOCK_SAMPLES = 32
# OpenBLAS gives larger products to threads, which spin where the cores have other work.
_LARGEST_PRODUCT = 1 << 18
_BLOCKS_A_PRODUCT = 256
_BLOCKS_A_GROUP = 16
_FORGOTTEN = 1e-8  # of a state: less than 32 bits hold
# Added to states: in silence they would become numbers so small that arithmetic is slow.
_NEVER_ZERO = 1e-15
_OFFSET_DB = -0.691  # BS.1770-5, formula 2
_ABSOLUTE_GATE_LUFS = -70.0
_RELATIVE_GATE_LU = -10.0
_STEPS_A_GATE = 4  # 400 ms, a new one every 100 ms
_ORDER = 4


class KWeighting:
    """The filter of BS.1770-5, annex 1, for any rate, over the channels of one sound."""

    def __init__(self, rate: int, channels: int) -> None:
        b, a = _coefficients(rate)
        direct, observed, entered, carried = _block_matrices(b, a)
        # All are to be multiplied from the right: a block, and a state, is a row.
        self._direct, self._observed, self._entered = (
            matrix.T.astype(np.float32) for matrix in (direct, observed, entered)
        )
        powers = [np.eye(_ORDER)]
        for _ in range(_BLOCKS_A_GROUP):
            powers.append(powers[-1] @ carried.T)
        # What enters with a block of a group does to the states before those after it, and to the
        # state before the next group; and what the state before the group does to them.
        within = np.zeros((_BLOCKS_A_GROUP, _ORDER, _BLOCKS_A_GROUP + 1, _ORDER))
        for block in range(_BLOCKS_A_GROUP):
            for later in range(block + 1, _BLOCKS_A_GROUP + 1):
                within[block, :, later] = powers[later - block - 1]
        size = _ORDER * _BLOCKS_A_GROUP
        self._within = within.reshape(size, size + _ORDER).astype(np.float32)
        self._through = np.concatenate(powers[:-1], axis=1).astype(np.float32)
        # What a group's state does to those 1, 2, 4 ... groups later, as long as it is felt.
        self._carried = [powers[-1]]
        while np.abs(self._carried[-1]).max() > _FORGOTTEN:
            self._carried.append(self._carried[-1] @ self._carried[-1])
        self._state = np.zeros((channels, _ORDER))
        self._weighted = np.empty((channels, 0, BLOCK_SAMPLES), np.float32)

    def filter(self, piece: Floats) -> Floats:
        """The weighted samples of the next piece, whose columns are whole blocks.

        The array holds only until the next call: pieces are so large that memory for each is dear.
        """
        channels, samples = piece.shape
        count = samples // BLOCK_SAMPLES
        blocks = piece.reshape(channels, count, BLOCK_SAMPLES)
        states = self._states(blocks)
        if self._weighted.shape != blocks.shape:
            self._weighted = np.empty(blocks.shape, np.float32)
        # By parts that stay in the processor's cache.
        for at in range(0, count, _BLOCKS_A_PRODUCT):
            part = slice(at, at + _BLOCKS_A_PRODUCT)
            made = np.matmul(blocks[:, part], self._direct, out=self._weighted[:, part])
            made += states[:, part] @ self._observed
        return self._weighted.reshape(channels, samples)

    def _states(self, blocks: Floats) -> Floats:
        """The state before each block; the one after the last is kept."""
        channels, count = blocks.shape[:2]
        groups = count // _BLOCKS_A_GROUP + 1
        entered = np.zeros((channels, groups * _BLOCKS_A_GROUP, _ORDER), np.float32)
        _multiply(blocks, self._entered, entered[:, :count])
        # First as if each group began from nothing.
        within = np.empty((channels, groups, self._within.shape[1]), np.float32)
        _multiply(entered.reshape(channels, groups, -1), self._within, within)
        before = np.empty((channels, groups, _ORDER))
        before[:, 0] = self._state
        before[:, 1:] = within[:, :-1, -_ORDER:]
        for doubled, carried in enumerate(self._carried):
            if (step := 1 << doubled) >= groups:
                break
            before[:, step:] += before[:, :-step] @ carried
        states = within[:, :, :-_ORDER]
        states += (before + _NEVER_ZERO).astype(np.float32) @ self._through
        states = states.reshape(channels, -1, _ORDER)
        self._state = states[:, count].astype(np.float64)
        return states[:, :count]


def _multiply(rows: Floats, matrix: Floats, out: Floats) -> None:
    """The products of each channel's rows and a matrix, in parts that one thread does."""
    step = max(_LARGEST_PRODUCT // matrix.size, 1)
    for at in range(0, rows.shape[1], step):
        part = slice(at, at + step)
        np.matmul(rows[:, part], matrix, out=out[:, part])


def energies(one: Floats, other: Floats) -> Floats:
    """The sums of the products of two arrays along their last axis: of one with itself, its energy.

    As `numpy.vecdot` of NumPy 2: quicker than `einsum`.
    """
    sums: Floats = (one[..., None, :] @ other[..., None])[..., 0, 0]
    return sums


def integrated_lufs(step_energies: Doubles) -> float | None:
    """The gated loudness of a programme, from its energy in steps of 100 ms.

    A step's energy is the sum over channels of the mean square of the weighted samples. None where
    all is under the gate: silence, or less than a few tenths of a second.
    """
    if not len(step_energies):
        return None
    length = min(_STEPS_A_GATE, len(step_energies))
    gates = np.convolve(step_energies, np.full(length, 1 / length), "valid")
    heard = gates[gates > _energy(_ABSOLUTE_GATE_LUFS)]
    if not len(heard):
        return None
    heard = heard[heard > _energy(lufs_of(float(heard.mean())) + _RELATIVE_GATE_LU)]
    return lufs_of(float(heard.mean()))


def lufs_of(energy: float) -> float:
    """The loudness of a weighted energy above 0, ungated."""
    return _OFFSET_DB + 10 * float(np.log10(energy))


def _energy(lufs: float) -> float:
    return float(10 ** ((lufs - _OFFSET_DB) / 10))


@dataclass(frozen=True, slots=True)
class _Analogue:
    """A second-order stage before it is made digital: gains of s², s and 1 over a common pole."""

    hertz: float
    q: float
    high: float
    band: float
    low: float


# BS.1770-5 gives coefficients for 48 kHz only. These are the analogue filters behind them, found by
# undoing the bilinear transform: a shelf of 4 dB at 1682 Hz, and a high pass at 38 Hz.
_SHELF_GAIN = 10 ** (3.999843853973347 / 20)
_STAGES = (
    _Analogue(
        1681.974450955533, 0.7071752369554196, _SHELF_GAIN, _SHELF_GAIN**0.4996667741545416, 1.0
    ),
    _Analogue(38.13547087602444, 0.5003270373238773, 1.0, 0.0, 0.0),
)


def _coefficients(rate: int) -> tuple[Doubles, Doubles]:
    """Numerator and denominator of both stages in one; the denominator begins with 1."""
    b, a = np.ones(1), np.ones(1)
    for stage in _STAGES:
        # A pole above half the rate, which no sound of that rate has, is held below it.
        k = np.tan(np.pi * min(stage.hertz / rate, 0.49))
        denominator = np.array([1 + k / stage.q + k * k, 2 * (k * k - 1), 1 - k / stage.q + k * k])
        band, low = stage.band * k / stage.q, stage.low * k * k
        numerator = np.array(
            [stage.high + band + low, 2 * (low - stage.high), stage.high - band + low]
        )
        # The table's high pass has a gain of a little over 1: its numerator is 1, -2, 1 as it is.
        b = np.convolve(b, numerator if stage.low else np.array([1.0, -2.0, 1.0]) * denominator[0])
        b, a = b / denominator[0], np.convolve(a, denominator / denominator[0])
    return b, a


def _block_matrices(b: Doubles, a: Doubles) -> tuple[Doubles, Doubles, Doubles, Doubles]:
    """What makes of a block's samples and the state before it its output and the state after it.

    In the order: samples to output, state to output, samples to state, state to state. States are
    in coordinates in which they are as large as what they do to the output, so that 32 bits will
    do.
    """
    advance = np.zeros((_ORDER, _ORDER))
    advance[:, 0] = -a[1:]
    advance[:-1, 1:] = np.eye(_ORDER - 1)
    enter = b[1:] - a[1:] * b[0]
    powers = [np.eye(_ORDER)]
    for _ in range(BLOCK_SAMPLES):
        powers.append(advance @ powers[-1])
    observed = np.array([power[0] for power in powers[:-1]])
    response = np.concatenate([[b[0]], [power[0] @ enter for power in powers[: BLOCK_SAMPLES - 1]]])
    lag = np.subtract.outer(np.arange(BLOCK_SAMPLES), np.arange(BLOCK_SAMPLES))
    direct = np.where(lag >= 0, response[np.maximum(lag, 0)], 0.0)
    entered = np.array([power @ enter for power in reversed(powers[:-1])]).T
    basis, change = np.linalg.qr(observed)
    carried = change @ powers[-1] @ np.linalg.inv(change)
    return direct, basis, change @ entered, carried
