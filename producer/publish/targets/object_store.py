"""What S3, Google Cloud Storage and Azure have in common, through fsspec.

Objects are written whole or not at all. Files are sent side by side, large ones in parts.
"""

import contextlib
import errno
from abc import abstractmethod
from collections.abc import Iterable, Iterator
from typing import Any

from producer.publish.address import Address
from producer.publish.errors import PassingError, PublishError
from producer.publish.files import LocalFile
from producer.publish.headers import Headers, headers_of
from producer.publish.plan import RemoteFile
from producer.publish.redact import redacted
from producer.publish.targets.target import OnBytes, Target, too_large
from producer.text import one_line

_BUSY = frozenset(
    {errno.EBUSY, errno.EIO, errno.ECONNRESET, errno.EPIPE, errno.ETIMEDOUT, errno.ECONNREFUSED}
    | {getattr(errno, "EREMOTEIO", errno.EIO), errno.ENETUNREACH, errno.EHOSTUNREACH}
)
_SAID_CHARS = 200
# HTTP: who are you, you may not; and too slow, too many. All from 500 on may pass as well.
_REFUSED = frozenset({401, 403})
_PASSING = frozenset({408, 429})


class ObjectStore(Target):
    """A bucket or container, and a prefix of the names in it."""

    keeps_headers = True
    at_once = 4
    # Of the library below fsspec: what of its own it raises, and what of that may pass.
    final_errors: tuple[type[Exception], ...] = ()
    passing_errors: tuple[type[Exception], ...] = ()
    credentials_hint = ""

    def __init__(self, address: Address, filesystem: Any) -> None:
        super().__init__(address)
        self._fs = filesystem
        self._top = address.place.partition("://")[2].strip("/")
        if not self._top:
            raise PublishError(f"{self.shown}: names no bucket")

    @abstractmethod
    def _write_options(self, headers: Headers) -> dict[str, Any]:
        """The arguments of the library's writing functions that set the headers."""

    @abstractmethod
    def _remote(self, info: dict[str, Any]) -> RemoteFile:
        """What a listing says of a file."""

    @abstractmethod
    def _is_same(self, path: str, file: LocalFile, headers: Headers) -> bool | None:
        """Whether bytes and headers at a path are these; None where the store does not tell."""

    def list(self, paths: Iterable[str]) -> dict[str, RemoteFile]:
        wanted = set(paths)
        cut = len(self._top) + 1
        with self._faults(self.shown):
            try:
                found = self._fs.find(self._top, detail=True)
            except FileNotFoundError:
                return {}
        files = {name[cut:]: self._remote(info) for name, info in found.items()}
        return {path: there for path, there in files.items() if path in wanted}

    def stat(self, path: str) -> RemoteFile | None:
        with self._faults(path):
            try:
                return self._remote(self._fs.info(self._name(path)))
            except FileNotFoundError:
                return None

    def read(self, path: str, limit: int) -> bytes | None:
        with self._faults(path):
            try:
                data: bytes = self._fs.cat_file(self._name(path), start=0, end=limit + 1)
            except FileNotFoundError:
                return None
        if len(data) > limit:
            raise too_large(path)
        return data

    def put(self, path: str, file: LocalFile, headers: Headers, on_bytes: OnBytes) -> None:
        with self._faults(path):
            self._fs.put_file(
                str(file.source),
                self._name(path),
                callback=_Callback(on_bytes),
                **self._write_options(headers),
            )

    def put_bytes(self, path: str, data: bytes) -> None:
        with self._faults(path):
            self._fs.pipe_file(self._name(path), data, **self._write_options(_OURS))

    def create(self, path: str, data: bytes) -> bool:
        with self._faults(path):
            name = self._name(path)
            try:
                self._fs.pipe_file(name, data, mode="create", **self._write_options(_OURS))
            except FileExistsError:
                return False
            except OSError as error:
                # A server that does not know conditions: look first, and see later (`confirm`).
                if error.errno not in {errno.ENOSYS, errno.EINVAL}:
                    raise
                if self.read(path, 1 << 16) is not None:
                    return False
                self._fs.pipe_file(name, data, **self._write_options(_OURS))
        return True

    def check(self, path: str, file: LocalFile) -> RemoteFile:
        there = self.stat(path)
        if there is None or there.size != file.size:
            raise PassingError(f"{self.shown}: {path}: did not arrive whole")
        if self._is_same(path, file, headers_of(file.path)) is False:
            raise PassingError(
                f"{self.shown}: {path}: arrived with other bytes", hint="is it being rebuilt?"
            )
        return there

    def tells_same(self, file: LocalFile, there: RemoteFile) -> bool:
        return self._is_same(file.path, file, headers_of(file.path)) is True

    def rename(self, path: str, name: str) -> None:
        with self._faults(name):
            self._fs.cp_file(self._name(path), self._name(name))
            self._fs.rm_file(self._name(path))

    def delete(self, path: str) -> None:
        with self._faults(path), contextlib.suppress(FileNotFoundError):
            self._fs.rm_file(self._name(path))

    def _name(self, path: str) -> str:
        return f"{self._top}/{path}"

    @abstractmethod
    def _status(self, error: Exception) -> int | None:
        """The HTTP status that an error of the library stands for, where it tells."""

    @contextlib.contextmanager
    def _faults(self, path: str) -> Iterator[None]:
        try:
            yield
        except PublishError:
            raise
        except Exception as error:
            found = self._fault(path, error)
            if found is None:
                raise
            raise found from error

    def _fault(self, path: str, error: Exception) -> PublishError | None:
        """What an error of the library means; None for one that is a mistake of ours."""
        # Libraries wrap what the one below them says.
        causes = [each for each in (error, error.__cause__) if isinstance(each, Exception)]
        status = next((told for each in causes if (told := self._status(each))), None)
        said = self._said(path, error, status)
        if status in _REFUSED or isinstance(error, PermissionError):
            return PublishError(said, hint=self.credentials_hint)
        may_pass = status is not None and (status in _PASSING or status >= 500)
        passing = (*self.passing_errors, ConnectionError, TimeoutError)
        if may_pass or any(isinstance(each, passing) for each in causes):
            return PassingError(said)
        if isinstance(error, FileNotFoundError):
            return PublishError(said, hint="is the bucket there?")
        if isinstance(error, OSError):
            return PassingError(said) if error.errno in _BUSY else PublishError(said)
        if status:
            return PublishError(said)
        if any(isinstance(each, self.final_errors) for each in causes):
            return PublishError(said, hint=self.credentials_hint)
        return None

    def _said(self, path: str, error: Exception, status: int | None) -> str:
        said = one_line(redacted(str(error)))[:_SAID_CHARS].strip(", ")
        if not said or said == str(status):
            said = f"HTTP {status}" if status else type(error).__name__
        return f"{self.shown}: {said}" if path == self.shown else f"{self.shown}: {path}: {said}"


_OURS = Headers("application/json", "no-store")


class _Callback:
    """What fsspec tells of progress; a callback of its own needs the package to be imported."""

    def __init__(self, on_bytes: OnBytes) -> None:
        self._on_bytes = on_bytes
        self._told = 0

    def set_size(self, size: int) -> None:
        """fsspec knows the size; so do we."""

    def relative_update(self, inc: int = 1) -> None:
        """So many more bytes have gone."""
        self._told += inc
        self._on_bytes(inc)

    def absolute_update(self, value: int) -> None:
        """So many bytes have gone in all."""
        self.relative_update(value - self._told)
