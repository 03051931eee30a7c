"""A server by the installed rsync: over SSH (`rsync:user@host:/path`) or to a daemon (`rsync://`).

One call a turn, by content (`--checksum`), with what it replaces put in place at the end of the
call. Passwords of daemons come from `RSYNC_PASSWORD`, the way to SSH from `RSYNC_RSH`, as rsync
has it.
"""

import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from producer.publish.address import Address
from producer.publish.errors import PassingError, PublishError
from producer.publish.files import LocalFile
from producer.publish.headers import Headers
from producer.publish.plan import RemoteFile, Turn, Upload
from producer.publish.redact import redacted
from producer.publish.targets.program import run_program
from producer.publish.targets.target import Context, OnBytes, Target, too_large
from producer.text import one_line

_TIMEOUT_S = 6 * 3600
_SILENCE_S = 60
_LISTED = re.compile(r"-\S{9}\S?\s+(?P<size>[\d,.]+) (?P<when>\S+ \S+) (?P<path>.+)")
_ESCAPED = re.compile(r"\\#([0-7]{3})")
# Broken connections and time-outs (rsync(1), EXIT VALUES); 255 is ssh's.
_PASSING = frozenset({10, 12, 30, 35, 255})
_MISSING = 23
_FILE_MODES = "--chmod=D755,F644"


def open_target(address: Address, context: Context) -> Target:
    """The folder at the other side."""
    host = address.place.removeprefix("rsync://").rpartition("@")[2]
    if not host or host.startswith(("-", ":")) or address.place.startswith("-"):
        raise PublishError(f"{address.shown}: names no server")
    return RsyncTarget(address, context)


class RsyncTarget(Target):
    """A folder at the other side."""

    is_batch = True
    can_stage = False

    def __init__(self, address: Address, context: Context) -> None:
        super().__init__(address)
        self._out = context.out
        self._top = address.place.rstrip("/") + "/"

    def list(self, paths: Iterable[str]) -> dict[str, RemoteFile]:
        wanted = set(paths)
        status, said, why = self._run(["--list-only", "-r", "--no-h", "--", self._top])
        if status == _MISSING and "No such file" in why:
            return {}
        self._must(status, why, self.shown)
        found = {}
        for line in said.splitlines():
            if match := _LISTED.fullmatch(line):
                size = int(re.sub(r"\D", "", match["size"]))
                found[_unescaped(match["path"])] = RemoteFile(size)
        return {path: there for path, there in found.items() if path in wanted}

    def read(self, path: str, limit: int) -> bytes | None:
        with tempfile.TemporaryDirectory(prefix="producer-") as folder:
            arguments = [f"--max-size={limit}", "--", self._top + path, f"{folder}/file"]
            status, _, why = self._run(arguments)
            if status == _MISSING and "No such file" in why:
                return None
            self._must(status, why, path)
            copy = Path(folder) / "file"
            if not copy.is_file():
                raise too_large(path)
            return copy.read_bytes()

    def put(self, path: str, file: LocalFile, headers: Headers, on_bytes: OnBytes) -> None:
        if path != file.path:
            raise ValueError("rsync keeps names")
        self.put_batch([Upload(file, Turn.DOCUMENTS, replaces=False)], lambda path: None)
        on_bytes(file.size)

    def put_batch(self, uploads: Sequence[Upload], on_sent: Callable[[str], None]) -> None:
        """Send them, then ask whether anything differs still: rsync compares whole files."""
        paths = [upload.file.path for upload in uploads]
        self._send(self._out, paths, "--delay-updates")
        differing = self._send(self._out, paths, "--dry-run", "--out-format=%n")
        names = {_unescaped(line) for line in differing.splitlines()}
        for path in paths:
            if path in names:
                raise PassingError(f"{self.shown}: {path}: arrived with other bytes")
            on_sent(path)

    def put_bytes(self, path: str, data: bytes) -> None:
        self._put_document(path, data)

    def create(self, path: str, data: bytes) -> bool:
        self._put_document(path, data, "--ignore-existing")
        return self.read(path, 1 << 16) == data

    def check(self, path: str, file: LocalFile) -> RemoteFile:
        there = self.list([path]).get(path)
        if there is None or there.size != file.size:
            raise PassingError(f"{self.shown}: {path}: did not arrive whole")
        return there

    def rename(self, path: str, name: str) -> None:
        raise NotImplementedError

    def delete(self, path: str) -> None:
        """By a mirror of nothing, from which all but this path is left out."""
        steps = path.split("/")
        above = ["/".join(steps[:n]) for n in range(1, len(steps))]
        patterns = [f"--include=/{_pattern(step)}/" for step in above]
        patterns += [f"--include=/{_pattern(path)}", "--exclude=*"]
        with tempfile.TemporaryDirectory(prefix="producer-") as empty:
            # The folders on the way are there, so that they stay.
            (Path(empty) / "top" / (above[-1] if above else "")).mkdir(parents=True)
            arguments = ["-r", "--delete", *patterns, "--", f"{empty}/top/", self._top]
            status, _, why = self._run(arguments)
        self._must(status, why, path)

    def _put_document(self, path: str, data: bytes, *options: str) -> None:
        with tempfile.TemporaryDirectory(prefix="producer-") as folder:
            copy = Path(folder) / path
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(data)
            self._send(Path(folder), [path], *options)

    def _send(self, folder: Path, paths: Sequence[str], *options: str) -> str:
        names = "".join(f"{path}\0" for path in paths).encode()
        arguments = ["--checksum", "--files-from=-", "--from0", _FILE_MODES, *options]
        status, said, why = self._run([*arguments, "--", f"{folder}/", self._top], names)
        self._must(status, why, self.shown)
        return said

    def _run(self, arguments: Sequence[str], stdin: bytes = b"") -> tuple[int, str, str]:
        command = ["rsync", f"--timeout={_SILENCE_S}", *arguments]
        # It writes times as the client's zone has them.
        env = {"TZ": "UTC"}
        done = run_program(command, f"{self.shown}: rsync", _TIMEOUT_S, stdin=stdin, env=env)
        said, why = (part.decode(errors="surrogateescape") for part in (done.stdout, done.stderr))
        return done.returncode, said, one_line(redacted(why))

    def _must(self, status: int, why: str, path: str) -> None:
        if status:
            where = self.shown if path == self.shown else f"{self.shown}: {path}"
            kind = PassingError if status in _PASSING else PublishError
            raise kind(f"{where}: {why[:300] or f'rsync ended with status {status}'}")


def _unescaped(name: str) -> str:
    """A name as rsync prints it, with what is not ASCII in octal."""
    raw = _ESCAPED.sub(lambda match: chr(int(match.group(1), 8)), name)
    data = raw.encode("latin-1", errors="replace") if _ESCAPED.search(name) else None
    return data.decode(errors="surrogateescape") if data is not None else name


def _pattern(path: str) -> str:
    """A path as a pattern that matches it alone."""
    return re.sub(r"([*?\[\\])", r"\\\1", path)
