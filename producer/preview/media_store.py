"""What was measured of sound files, kept between runs: decoding an hour takes seconds."""

import contextlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from producer.build.manifest import FOLDER, FileRecord, known_files
from producer.build.media_files import MediaFiles
from producer.errors import WriteError
from producer.io.files import write_bytes

_NAME = "preview-media.json"


def load_media(out: Path) -> MediaFiles:
    """What the last build and the last preview knew."""
    known = known_files(out)
    try:
        data = json.loads((out / FOLDER / _NAME).read_bytes())
        known |= {path: FileRecord(**record) for path, record in data.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        pass
    # The waveform wants their analyses as well.
    return MediaFiles(known, out / FOLDER)


def save_media(out: Path, seen: Mapping[str, FileRecord]) -> None:
    """Keep it, if that can be done: without, the next start is slower, and nothing else."""
    data = {path: asdict(record) for path, record in sorted(seen.items())}
    with contextlib.suppress(WriteError):
        write_bytes(out / FOLDER / _NAME, json.dumps(data, indent=1).encode())
