"""Digests and lengths of media files, taken once and then trusted by size, mtime and inode."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from producer.build.fingerprint import digest_file
from producer.build.manifest import FileRecord


class MediaFiles:
    """Looks up media files in what earlier builds knew of them, and in the files for the rest."""

    def __init__(self, known: Mapping[str, FileRecord], analyses: Path | None = None) -> None:
        """`analyses` is the folder that analyses are kept below, for whoever will want those of
        the recordings anyway: lengths come from them then, and nothing is decoded twice.
        """
        self._known = known
        self._analyses = analyses
        self.seen: dict[str, FileRecord] = {}

    def digest(self, path: Path) -> str | None:
        """The digest of a file's content; None where there is no file."""
        return self.digest_at(str(path))

    def digest_at(self, path: str) -> str | None:
        """The same for a path that is text."""
        record = self._record(path)
        return record.digest if record else None

    def duration_ms(self, path: Path) -> int:
        """The length of a sound file. Raises AudioError where it cannot be decoded."""
        record = self._record(str(path))
        if record is not None and record.duration_ms is not None:
            return record.duration_ms
        duration_ms = self._measured_ms(path, record)
        if record is not None:
            self.seen[str(path)] = FileRecord(
                record.size, record.mtime_ns, record.inode, record.digest, duration_ms
            )
        return duration_ms

    def _measured_ms(self, path: Path, record: FileRecord | None) -> int:
        # Codecs are large: what is known already needs none.
        if self._analyses is not None and record is not None:
            from producer.audio.analysis_cache import cached_analysis

            return cached_analysis(path, record.digest, self._analyses).duration_ms
        from producer.audio.copy import count

        if length := count(path):
            return length.ms
        from producer.audio.measure import measure

        return measure(path).duration_ms

    def _record(self, key: str) -> FileRecord | None:
        try:
            found = os.stat(key)  # noqa: PTH116 - for each file that an episode may have
        except (OSError, ValueError):
            return None
        now = (found.st_size, found.st_mtime_ns, found.st_ino)
        for record in (self.seen.get(key), self._known.get(key)):
            if record is not None and (record.size, record.mtime_ns, record.inode) == now:
                self.seen[key] = record
                return record
        if not stat.S_ISREG(found.st_mode):
            return None
        try:
            new = FileRecord(*now, digest_file(Path(key)))
        except OSError:
            return None
        self.seen[key] = new
        return new
