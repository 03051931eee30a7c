"""The waveform: what it is drawn from, and whether the page can draw one."""

import base64
import json
import threading
from pathlib import Path

from producer.audio.analysis_cache import cached_analysis
from producer.audio.pauses import all_pauses
from producer.build.manifest import FOLDER

VENDOR = ("wavesurfer.esm.js", "regions.esm.js")
# Hops of 10 ms that one value of the page's stands for: at the largest zoom, some pixels.
_HOPS = 2
# Shorter ones are breaths between words: too many to offer.
_LEAST_PAUSE_MS = 300

# Of a signed byte, how far it is from 0.
_SIZES = bytes(min(value, 256 - value, 127) for value in range(256))


def missing_waveform(static: Path) -> str:
    """Why the page draws no waveform; empty where it can."""
    if all((static / "vendor" / name).is_file() for name in VENDOR):
        return ""
    return (
        "There is no waveform: wavesurfer.js is not installed. In a checkout, `make preview` "
        "fetches it with npm; a package built without npm does not have it."
    )


class Waveforms:
    """What is drawn of sound files, worked out once for each content and kept with the outputs."""

    def __init__(self, out: Path) -> None:
        self._folder = out / FOLDER
        self._lock = threading.Lock()

    def json_of(self, path: Path, digest: str) -> bytes:
        """`peaks` in base64, a byte each from 0 to 127, evenly over the file; and `pauses`.

        Pauses are starts and ends in milliseconds of the audio. Raises AudioError.
        """
        with self._lock:
            analysis = cached_analysis(path, digest, self._folder)
        hop_ms = analysis.hop_samples * 1000 / analysis.sample_rate
        found = all_pauses(analysis.levels_db(), hop_ms, _LEAST_PAUSE_MS)
        pauses = [(pause.start_ms, pause.end_ms) for pause in found]
        drawn = base64.b64encode(loudest(analysis.peaks)).decode()
        return json.dumps({"peaks": drawn, "pauses": pauses}, separators=(",", ":")).encode()


def loudest(peaks: bytes, hops: int = _HOPS) -> bytes:
    """Of every few hops, each a lowest and a highest signed byte, the greatest distance from 0."""
    width = 2 * hops
    sizes = peaks.translate(_SIZES)
    sizes += bytes(-len(sizes) % width)
    return bytes(map(max, *(sizes[at::width] for at in range(width))))
