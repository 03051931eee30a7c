"""Writing outputs whose inputs changed, and remembering them all."""

from dataclasses import dataclass
from pathlib import Path

from producer.build.manifest import EpisodeRecord, OutputRecord
from producer.build.output import Output
from producer.io.files import replacing


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """What the user asked for."""

    out: Path
    with_audio: bool = True
    dry_run: bool = False
    force: bool = False


class Writer:
    """Writes what `previous` does not have yet; `records` holds all, `written` what was new."""

    def __init__(self, settings: BuildSettings, previous: EpisodeRecord) -> None:
        self.settings = settings
        self.previous = previous
        self.records: dict[str, OutputRecord] = {}
        self.written: list[str] = []

    def write(self, output: Output) -> int:
        """Write the output unless it stands already; its size in bytes (0 in a dry run)."""
        known = self.current(output.path, output.key)
        if known is not None:
            self.records[output.path] = known
            return known.size
        size = 0
        if not self.settings.dry_run:
            with replacing(self.settings.out / output.path) as temporary:
                output.make(temporary)
                size = temporary.stat().st_size
        self.note(output.path, OutputRecord(size, output.key))
        return size

    def note(self, path: str, record: OutputRecord) -> None:
        """Remember an output as written."""
        self.written.append(path)
        self.records[path] = record

    def current(self, path: str, key: str) -> OutputRecord | None:
        """The record of an output that stands as `key` wants it; None if it must be made."""
        record = self.previous.outputs.get(path)
        if record is None or record.key != key or self.settings.force:
            return None
        return record if is_there(self.settings.out, path, record) else None

    def keep(self, suffixes: tuple[str, ...]) -> dict[str, OutputRecord]:
        """Carry over outputs of an earlier build that this one was told not to make."""
        kept = {
            path: record
            for path, record in self.previous.outputs.items()
            if path.endswith(suffixes) and is_there(self.settings.out, path, record)
        }
        self.records |= kept
        return kept


def is_there(out: Path, path: str, record: OutputRecord) -> bool:
    """Whether an output is still where it was written, in its size."""
    try:
        return (out / path).stat().st_size == record.size
    except OSError:
        return False
