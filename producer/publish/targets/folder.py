"""A folder on this machine, such as the one that nginx serves."""

import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from producer.errors import WriteError
from producer.io.files import replacing
from producer.publish.address import Address
from producer.publish.errors import PassingError, PublishError
from producer.publish.files import LocalFile, digest_of_file
from producer.publish.headers import Headers
from producer.publish.plan import RemoteFile
from producer.publish.targets.target import Context, OnBytes, Target, too_large

_CHUNK_BYTES = 1 << 20


def open_target(address: Address, context: Context) -> Target:
    """The folder, which need not be there yet."""
    top = Path(address.place)
    where = top.resolve()
    if where.is_relative_to(context.out.resolve()):
        raise PublishError(f"{top}: lies inside of the build", hint="name another folder")
    if where in (context.root.resolve(), (context.root / "episodes").resolve()):
        raise PublishError(f"{top}: holds the show itself", hint="name another folder")
    if top.exists() and not top.is_dir():
        raise PublishError(f"{top}: is not a folder", hint="name another one")
    return FolderTarget(address)


class FolderTarget(Target):
    """Files are written beside their place and renamed; each is read back."""

    def __init__(self, address: Address) -> None:
        super().__init__(address)
        self._top = Path(address.place)

    def list(self, paths: Iterable[str]) -> dict[str, RemoteFile]:
        found = {}
        with self._faults(self.shown):
            for path in paths:
                with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                    found[path] = self._stat(path)
        return {path: there for path, there in found.items() if there.size >= 0}

    def read(self, path: str, limit: int) -> bytes | None:
        with self._faults(path):
            try:
                with (self._top / path).open("rb") as file:
                    data = file.read(limit + 1)
            except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
                return None
        if len(data) > limit:
            raise too_large(path)
        return data

    def put(self, path: str, file: LocalFile, headers: Headers, on_bytes: OnBytes) -> None:
        with (
            self._faults(path),
            replacing(self._top / path) as temporary,
            file.source.open("rb") as source,
            temporary.open("wb") as sink,
        ):
            while chunk := source.read(_CHUNK_BYTES):
                sink.write(chunk)
                on_bytes(len(chunk))

    def put_bytes(self, path: str, data: bytes) -> None:
        with self._faults(path), replacing(self._top / path) as temporary:
            temporary.write_bytes(data)

    def create(self, path: str, data: bytes) -> bool:
        """By a second name of a file that is whole already: nobody sees half of it."""
        place = self._top / path
        with self._faults(path):
            place.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".producer-", suffix=".tmp", dir=place.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                os.link(name, place)
            except FileExistsError:
                return False
            finally:
                Path(name).unlink()
        return True

    def check(self, path: str, file: LocalFile) -> RemoteFile:
        with self._faults(path):
            if digest_of_file(self._top / path) != file.sha256:
                raise PassingError(
                    f"{self.shown}: {path}: arrived with other bytes", hint="is it being rebuilt?"
                )
            return self._stat(path)

    def rename(self, path: str, name: str) -> None:
        with self._faults(name):
            (self._top / path).replace(self._top / name)

    def delete(self, path: str) -> None:
        with self._faults(path):
            place = self._top / path
            place.unlink(missing_ok=True)
            # Folders that it leaves empty go too.
            for folder in place.parents:
                if folder == self._top or any(folder.iterdir()):
                    break
                folder.rmdir()

    def tells_same(self, file: LocalFile, there: RemoteFile) -> bool:
        with self._faults(file.path):
            return digest_of_file(self._top / file.path) == file.sha256

    def _stat(self, path: str) -> RemoteFile:
        """A size of -1 stands for what is no file."""
        status = (self._top / path).stat()
        is_file = (self._top / path).is_file()
        return RemoteFile(status.st_size if is_file else -1, str(status.st_mtime_ns))

    @contextlib.contextmanager
    def _faults(self, path: str) -> Iterator[None]:
        try:
            yield
        except WriteError as error:
            message = error.message.removeprefix(f"{self._top}/")
            raise PublishError(f"{self.shown}: {message}", hint=error.hint) from error
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise PublishError(f"{self.shown}: {path}: {reason}") from error
