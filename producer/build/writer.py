"""Writing outputs whose inputs changed, and remembering them all with the reason for each."""

import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from producer.build.causes import FORCED, LOST, NEW, in_short
from producer.build.fingerprint import digest, digest_file
from producer.build.manifest import OutputRecord
from producer.build.output import Output
from producer.io.outputs import place_bytes, placing


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """What the user asked for."""

    out: Path
    with_audio: bool = True
    dry_run: bool = False
    force: bool = False


class Writer:
    """Writes what `previous` does not have yet.

    `records` holds all outputs, `written` what was new, each path with its reason. `why` says what
    changed of what the outputs are made from.
    """

    def __init__(
        self, settings: BuildSettings, previous: Mapping[str, OutputRecord], why: Sequence[str] = ()
    ) -> None:
        self.settings = settings
        self.previous = previous
        self.records: dict[str, OutputRecord] = {}
        self.written: dict[str, str] = {}
        self._why = why

    def write(self, output: Output) -> int:
        """Write the output unless it stands already; its size in bytes.

        A dry run makes an output of unknown size in a place of its own: pages and feed tell sizes.
        """
        known = self.current(output.path, output.key)
        if known is not None:
            self.records[output.path] = known
            return known.size
        if self.settings.dry_run:
            size = self._size(output)
            self.note(output.path, OutputRecord(size, output.key))
            return size
        if output.data is not None:
            self.write_bytes(output.path, output.key, output.data, output.key)
        else:
            with placing(f"{self.settings.out}/{output.path}") as temporary:
                output.make(Path(temporary))
                content = output.content or digest_file(Path(temporary))
                found = Path(temporary).stat()
            record = OutputRecord(found.st_size, output.key, found.st_mtime_ns, content)
            self.note(output.path, record)
        return self.records[output.path].size

    def write_bytes(self, path: str, key: str, data: bytes, content: str = "") -> None:
        """Write bytes that `current` says are to be written; `content` is their digest if known."""
        found = place_bytes(f"{self.settings.out}/{path}", data)
        content = content or digest(data)
        self.note(path, OutputRecord(found.st_size, key, found.st_mtime_ns, content))

    def note(self, path: str, record: OutputRecord) -> None:
        """Remember an output as written."""
        self.written[path] = self._reason(path, record.key)
        self.records[path] = record

    def current(self, path: str, key: str) -> OutputRecord | None:
        """The record of an output that stands as `key` wants it; None if it must be made."""
        record = self.previous.get(path)
        if record is None or record.key != key or self.settings.force:
            return None
        return standing(f"{self.settings.out}/{path}", record)

    def keep(self, suffixes: tuple[str, ...]) -> dict[str, OutputRecord]:
        """Carry over outputs of an earlier build that this one was told not to make."""
        out = self.settings.out
        kept = {
            path: found
            for path, record in self.previous.items()
            if path.endswith(suffixes) and (found := standing(f"{out}/{path}", record))
        }
        self.records |= kept
        return kept

    def _reason(self, path: str, key: str) -> str:
        before = self.previous.get(path)
        if self.settings.force:
            return FORCED
        if before is not None and before.key == key:
            return LOST
        if not self.previous or not self._why:
            return NEW
        return in_short(self._why)

    def _size(self, output: Output) -> int:
        """The size that an output would have, as far as anything can depend on it."""
        before = self.previous.get(output.path)
        if before is not None and before.key == output.key:
            return before.size
        if output.data is not None:
            return len(output.data)
        if not output.is_measured or not self.previous or self.settings.force:
            return output.about_bytes  # all that tells the size is written anyway
        with tempfile.TemporaryDirectory(prefix="producer-") as folder:
            target = Path(folder) / Path(output.path).name
            output.make(target)
            return target.stat().st_size


def is_there(path: str, record: OutputRecord) -> bool:
    """Whether an output still is the file that was written, by its size and time."""
    try:
        found = os.stat(path)  # noqa: PTH116 - for each output of a build
    except OSError:
        return False
    return found.st_size == record.size and found.st_mtime_ns == record.mtime_ns


def standing(path: str, record: OutputRecord) -> OutputRecord | None:
    """The record of an output that holds what was written; None for another file or none.

    One with another time is looked into: a copied folder is as good as the one it was.
    """
    if is_there(path, record):
        return record
    try:
        found = os.stat(path)  # noqa: PTH116
        if found.st_size != record.size or digest_file(Path(path)) != record.content:
            return None
    except OSError:
        return None
    return record._replace(mtime_ns=found.st_mtime_ns)
