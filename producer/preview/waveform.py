"""The waveform: what it is drawn from, and whether the page can draw one."""

from pathlib import Path

VENDOR = ("wavesurfer.esm.js", "regions.esm.js")


def missing_waveform(static: Path) -> str:
    """Why the page draws no waveform; empty where it can."""
    if all((static / "vendor" / name).is_file() for name in VENDOR):
        return ""
    return (
        "There is no waveform: wavesurfer.js is not installed. In a checkout, `make preview` "
        "fetches it with npm; a package built without npm does not have it."
    )


class Waveforms:
    """Peaks of sound files, worked out once for each content."""

    def __init__(self, out: Path) -> None:
        self._out = out

    def json_of(self, path: Path, digest: str) -> bytes:
        raise NotImplementedError
