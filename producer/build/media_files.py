"""Digests and lengths of media files, taken once and then trusted by size, mtime and inode."""

from pathlib import Path

from producer.build.fingerprint import digest_file
from producer.build.manifest import FileRecord


class MediaFiles:
    """Looks up media files in what earlier builds knew of them, and in the files for the rest."""

    def __init__(self, known: dict[str, FileRecord]) -> None:
        self._known = known
        self.seen: dict[str, FileRecord] = {}

    def digest(self, path: Path) -> str | None:
        """The digest of a file's content; None where there is no file."""
        record = self._record(path)
        return record.digest if record else None

    def duration_ms(self, path: Path) -> int:
        """The length of a sound file. Raises AudioError where it cannot be decoded."""
        from producer.audio.measure import measure

        record = self._record(path)
        if record is not None and record.duration_ms is not None:
            return record.duration_ms
        duration_ms = measure(path).duration_ms
        if record is not None:
            self.seen[str(path)] = FileRecord(
                record.size, record.mtime_ns, record.inode, record.digest, duration_ms
            )
        return duration_ms

    def _record(self, path: Path) -> FileRecord | None:
        key = str(path)
        try:
            stat = path.stat()
        except OSError:
            return None
        for record in (self.seen.get(key), self._known.get(key)):
            if record is not None and (record.size, record.mtime_ns, record.inode) == (
                stat.st_size,
                stat.st_mtime_ns,
                stat.st_ino,
            ):
                self.seen[key] = record
                return record
        if not path.is_file():
            return None
        try:
            found = FileRecord(stat.st_size, stat.st_mtime_ns, stat.st_ino, digest_file(path))
        except OSError:
            return None
        self.seen[key] = found
        return found
