"""A server by SSH. Keys, agent, known hosts and `~/.ssh/config` are those that `ssh` uses.

paramiko is used as it is, not by way of fsspec: that one accepts any host key.
"""

import contextlib
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import paramiko

from producer.publish.address import Address
from producer.publish.errors import PassingError, PublishError
from producer.publish.files import LocalFile
from producer.publish.headers import Headers
from producer.publish.plan import RemoteFile
from producer.publish.redact import redacted
from producer.publish.targets.target import Context, OnBytes, Target, too_large
from producer.text import one_line

_CONNECT_S = 20
_SILENCE_S = 60
_CHUNK_BYTES = 1 << 18
# A file that is larger is not loaded back to be compared: its bytes were counted and hashed as they
# went, and SSH guards them on the way.
READ_BACK_BYTES = 4 * 1024 * 1024
PASSWORD_VARIABLE = "PRODUCER_SFTP_PASSWORD"


def open_target(address: Address, context: Context) -> Target:
    """The folder on the server; the connection is made when it is needed."""
    return SftpTarget(address)


class SftpTarget(Target):
    """A folder; `sftp://host/path` is absolute, `sftp://host/~/path` below the home folder."""

    def __init__(self, address: Address) -> None:
        super().__init__(address)
        try:
            url = urlsplit(address.place)
            self._host, self._port = url.hostname or "", url.port
        except ValueError as error:
            raise PublishError(f"{self.shown}: is no address") from error
        if not self._host or self._host.startswith("-"):
            raise PublishError(f"{self.shown}: names no server")
        self._user = unquote(url.username or "")
        self._password = unquote(url.password or "") or os.environ.get(PASSWORD_VARIABLE, "")
        path = unquote(url.path)
        self._top = path.removeprefix("/~/") if path.startswith("/~/") else path
        self._top = self._top.rstrip("/") or ("." if path.startswith("/~/") else "/")
        self._client: paramiko.SSHClient | None = None
        self._sftp: paramiko.SFTPClient | None = None
        self._folders: set[str] = set()

    def list(self, paths: Iterable[str]) -> dict[str, RemoteFile]:
        wanted = set(paths)
        found = {}
        for folder in sorted({path.rpartition("/")[0] for path in wanted}):
            with self._faults(folder or self.shown) as sftp:
                try:
                    entries = sftp.listdir_attr(self._place(folder))
                except FileNotFoundError:
                    continue
            for entry in entries:
                path = f"{folder}/{entry.filename}" if folder else entry.filename
                if path in wanted and stat.S_ISREG(entry.st_mode or 0):
                    found[path] = _remote(entry)
        return found

    def read(self, path: str, limit: int) -> bytes | None:
        with self._faults(path) as sftp:
            try:
                with sftp.open(self._place(path), "rb") as file:
                    file.prefetch()
                    data: bytes = file.read(limit + 1)
            except FileNotFoundError:
                return None
        if len(data) > limit:
            raise too_large(path)
        return data

    def put(self, path: str, file: LocalFile, headers: Headers, on_bytes: OnBytes) -> None:
        digest = hashlib.sha256()
        with self._replacing(path) as sink, file.source.open("rb") as source:
            while chunk := source.read(_CHUNK_BYTES):
                sink.write(chunk)
                digest.update(chunk)
                on_bytes(len(chunk))
            if digest.hexdigest() != file.sha256:
                raise PassingError(f"{path}: changed while it was sent", hint="is it rebuilt?")

    def put_bytes(self, path: str, data: bytes) -> None:
        with self._replacing(path) as sink:
            sink.write(data)

    def create(self, path: str, data: bytes) -> bool:
        with self._faults(path) as sftp:
            self._make_folders(sftp, path.rpartition("/")[0])
            if path.rpartition("/")[2] in sftp.listdir(self._place(path.rpartition("/")[0])):
                return False
            try:
                with sftp.open(self._place(path), "wx") as file:
                    file.write(data)
            except OSError:
                # SFTP 3 has no word for "it is there"; if it is not, writing says why.
                if self.read(path, 1 << 16) is None:
                    raise
                return False
        return True

    def check(self, path: str, file: LocalFile) -> RemoteFile:
        with self._faults(path) as sftp:
            there = _remote(sftp.stat(self._place(path)))
        if there.size != file.size:
            raise PassingError(f"{path}: {there.size:,} bytes arrived of {file.size:,}")
        if file.size <= READ_BACK_BYTES:
            data = self.read(path, READ_BACK_BYTES) or b""
            if hashlib.sha256(data).hexdigest() != file.sha256:
                raise PassingError(f"{path}: arrived with other bytes")
        return there

    def rename(self, path: str, name: str) -> None:
        with self._faults(name) as sftp:
            sftp.posix_rename(self._place(path), self._place(name))

    def delete(self, path: str) -> None:
        with self._faults(path) as sftp, contextlib.suppress(FileNotFoundError):
            sftp.remove(self._place(path))
        # Folders that it leaves empty go too; the server refuses the others.
        folder = path.rpartition("/")[0]
        with contextlib.suppress(PublishError), self._faults(path) as sftp:
            while folder:
                sftp.rmdir(self._place(folder))
                self._folders.discard(folder)
                folder = folder.rpartition("/")[0]

    def close(self) -> None:
        if self._client is not None:
            self._client.close()
        self._client = self._sftp = None
        self._folders.clear()

    def _place(self, path: str) -> str:
        return f"{self._top.rstrip('/')}/{path}" if path else self._top

    @contextlib.contextmanager
    def _replacing(self, path: str) -> Iterator[Any]:
        """A file beside `path` that takes its place when the block ends without an error."""
        folder, _, name = path.rpartition("/")
        temporary = self._place(
            f"{folder}/.producer-{name}.tmp" if folder else f".producer-{name}.tmp"
        )
        with self._faults(path) as sftp:
            self._make_folders(sftp, folder)
            with sftp.open(temporary, "wb") as file:
                file.set_pipelined(True)
                yield file
            sftp.posix_rename(temporary, self._place(path))

    def _make_folders(self, sftp: paramiko.SFTPClient, folder: str) -> None:
        steps = ["", *_upwards(folder)]
        for step in steps:
            if step in self._folders:
                continue
            place = self._place(step)
            for below in _upwards(place) if step == "" else [place]:
                try:
                    sftp.stat(below)
                except FileNotFoundError:
                    sftp.mkdir(below)
            self._folders.add(step)

    def _connected(self) -> paramiko.SFTPClient:
        if self._sftp is None:
            self._client = _connect(self._host, self._port, self._user, self._password)
            self._sftp = self._client.open_sftp()
            channel = self._sftp.get_channel()
            if channel is not None:
                channel.settimeout(_SILENCE_S)
        return self._sftp

    def _is_dead(self) -> bool:
        transport = self._client.get_transport() if self._client is not None else None
        return self._sftp is not None and (transport is None or not transport.is_active())

    @contextlib.contextmanager
    def _faults(self, path: str) -> Iterator[paramiko.SFTPClient]:
        where = self.shown if path == self.shown else f"{self.shown}: {path}"
        try:
            yield self._connected()
        except PublishError:
            raise
        except paramiko.BadHostKeyException as error:
            self.close()
            hint = "see why, before you take the old key out of ~/.ssh/known_hosts"
            raise PublishError(
                f"{where}: the server's key is not the known one", hint=hint
            ) from error
        except (paramiko.AuthenticationException, paramiko.PasswordRequiredException) as error:
            self.close()
            hint = f"is the key in ~/.ssh or the agent, or the password in {PASSWORD_VARIABLE}?"
            raise PublishError(f"{where}: the server refuses the login", hint=hint) from error
        except (paramiko.SSHException, EOFError, ConnectionError, TimeoutError) as error:
            self.close()
            said = one_line(redacted(str(error)))[:200] or "the connection broke off"
            if "not found in known_hosts" in said:
                hint = f"connect once with `ssh {self._host}`, and look at its key"
                raise PublishError(f"{where}: the server's key is not known", hint=hint) from error
            raise PassingError(f"{where}: {said}") from error
        except OSError as error:
            if self._is_dead():
                self.close()
                raise PassingError(f"{where}: the connection broke off") from error
            said = error.strerror or one_line(redacted(str(error)))[:200] or "failed"
            hint = "is there space, and may you write there?"
            raise PublishError(f"{where}: {said}", hint=hint) from error


def _connect(host: str, port: int | None, user: str, password: str) -> paramiko.SSHClient:
    config = _config(host)
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(paramiko.RejectPolicy())
    client.load_system_host_keys()
    for name in config.get("userknownhostsfile", "").split():
        with contextlib.suppress(OSError):
            client.load_host_keys(str(Path(name).expanduser()))
    command = config.get("proxycommand")
    client.connect(
        config.get("hostname", host),
        port or int(config.get("port", 22)),
        user or config.get("user") or None,
        password or None,
        key_filename=[str(Path(name).expanduser()) for name in config.get("identityfile", [])],
        sock=paramiko.ProxyCommand(command) if command else None,
        timeout=_CONNECT_S,
        banner_timeout=_CONNECT_S,
        auth_timeout=_CONNECT_S,
    )
    return client


def _config(host: str) -> Any:
    """What `~/.ssh/config` says of a host."""
    path = Path("~/.ssh/config").expanduser()
    try:
        return paramiko.SSHConfig.from_path(str(path)).lookup(host)
    except OSError:
        return {}
    except paramiko.ConfigParseError as error:
        raise PublishError(f"{path}: cannot be read: {one_line(str(error))[:200]}") from error


def _upwards(path: str) -> list[str]:
    """A folder and those above it, the outermost first."""
    parts = path.split("/")
    return [joined for n in range(1, len(parts) + 1) if (joined := "/".join(parts[:n]))]


def _remote(entry: paramiko.SFTPAttributes) -> RemoteFile:
    return RemoteFile(entry.st_size or 0, str(entry.st_mtime or ""))
