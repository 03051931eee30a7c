"""What was measured of sound files, kept between runs: decoding an hour takes seconds."""

import contextlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path

from producer.audio.analysis_cache import cached_analysis
from producer.build.manifest import FOLDER, FileRecord, Manifest
from producer.build.media_files import MediaFiles
from producer.errors import WriteError
from producer.io.files import write_bytes

_NAME = "preview-media.json"


class AnalysedMedia(MediaFiles):
    """Takes lengths from the analysis that the waveform needs as well: one decode for both."""

    def __init__(self, known: dict[str, FileRecord], folder: Path) -> None:
        super().__init__(known)
        self._folder = folder

    def duration_ms(self, path: Path) -> int:
        """The length of a sound file. Raises AudioError where it cannot be decoded."""
        digest, record = self.digest(path), self.seen.get(str(path))
        if digest is None or record is None or record.duration_ms is not None:
            return super().duration_ms(path)
        duration_ms = cached_analysis(path, digest, self._folder).duration_ms
        self.seen[str(path)] = replace(record, duration_ms=duration_ms)
        return duration_ms


def load_media(out: Path) -> MediaFiles:
    """What the last build and the last preview knew."""
    known = dict(Manifest.load(out).files)
    try:
        data = json.loads((out / FOLDER / _NAME).read_bytes())
        known |= {path: FileRecord(**record) for path, record in data.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        pass
    return AnalysedMedia(known, out / FOLDER)


def save_media(out: Path, seen: Mapping[str, FileRecord]) -> None:
    """Keep it, if that can be done: without, the next start is slower, and nothing else."""
    data = {path: asdict(record) for path, record in sorted(seen.items())}
    with contextlib.suppress(WriteError):
        write_bytes(out / FOLDER / _NAME, json.dumps(data, indent=1).encode())
