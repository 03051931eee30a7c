"""The waveform of a recording as BBC's audiowaveform writes it, for peaks.js and wavesurfer.js.

    waveform_json(analysis, pixels_per_second=100, bits=8) -> str

Its JSON, version 2: https://github.com/bbc/audiowaveform/blob/master/doc/DataFormat.md
"""

import json
from typing import Literal

import numpy as np

from producer.audio.analysis import HOPS_A_SECOND, Analysis

Bits = Literal[8, 16]


def waveform_json(
    analysis: Analysis, pixels_per_second: int = HOPS_A_SECOND, bits: Bits = 8
) -> str:
    """The lowest and the highest sample of each pixel, of the mean of both channels.

    An analysis has them for hops of 10 ms, in 8 bits: a pixel is as many whole hops as come nearest
    to the resolution asked, at least one, and 16 bits are the same numbers times 256. The last
    pixel may be of less sound than the others.
    """
    wanted_samples = analysis.sample_rate / pixels_per_second
    hops = max(round(wanted_samples / analysis.hop_samples), 1)
    values = np.frombuffer(analysis.peaks, np.int8).astype(np.int16).reshape(-1, 2)
    starts = np.arange(0, len(values), hops)
    ends = np.empty((len(starts), 2), np.int16)
    np.minimum.reduceat(values[:, 0], starts, out=ends[:, 0])
    np.maximum.reduceat(values[:, 1], starts, out=ends[:, 1])
    if bits == 16:
        ends *= 256
    data = {
        "version": 2,
        "channels": 1,
        "sample_rate": analysis.sample_rate,
        "samples_per_pixel": hops * analysis.hop_samples,
        "bits": bits,
        "length": len(ends),
        "data": ends.ravel().tolist(),
    }
    return json.dumps(data, separators=(",", ":")) + "\n"
