"""Sound at another rate, piece by piece."""

from collections.abc import Iterable, Iterator

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def resampled(pieces: Iterable[Floats], rate: int, new_rate: int) -> Iterator[Floats]:
    """The sound at `new_rate`, of which an n-th of n seconds is as long as before."""
    if rate == new_rate:
        yield from pieces
        return
    resampler: AudioResampler | None = None
    for piece in pieces:
        layout = "mono" if len(piece) == 1 else "stereo"
        if resampler is None:
            resampler = AudioResampler(format="fltp", layout=layout, rate=new_rate)
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(piece), format="fltp", layout=layout)
        frame.sample_rate = rate
        for made in resampler.resample(frame):
            yield _floats(made)
    if resampler is not None:
        for made in resampler.resample(None):
            yield _floats(made)


def _floats(frame: AudioFrame) -> Floats:
    return frame.to_ndarray().astype(np.float32, copy=False)
