"""Where the state of an output folder is kept: rows by kind and name, in SQLite.

A commit happens whole or not at all, also when the process or the machine dies in the middle. Each
row carries a seal, the digest of what it says, so that damage which SQLite cannot see is noticed,
too. Whoever meets `DamagedStore` throws the store away: it can always be made anew.
"""

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from producer.build.fingerprint import digest
from producer.errors import WriteError

# Raised when the shape of what is kept changes; a store of another shape counts as none.
_VERSION = 3
# How long one process waits for the commit of another.
_PATIENCE_S = 60
_TABLE = (
    "CREATE TABLE IF NOT EXISTS rows "
    "(kind TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, seal TEXT NOT NULL, "
    "PRIMARY KEY (kind, name))"
)


class DamagedStore(Exception):  # noqa: N818 - what is kept is damaged, not the program
    """What is kept cannot be what was put there."""


class Store:
    """Rows by kind and name; values are plain data. Nothing is kept for good before `commit`."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self._connection = connection
        self._path = path

    @classmethod
    def read(cls, path: Path) -> "Store":
        """What is kept at `path`; an empty store where there is none or none that can be read.

        Opening it writes nothing, unless a killed process left a commit to be rolled back.
        """
        if path.is_file():
            with contextlib.suppress(sqlite3.Error):
                return cls(_opened(path, "rw"), path)
        return cls.empty()

    @classmethod
    def write(cls, path: Path) -> "Store":
        """The same to be written to, made if need be. Raises WriteError."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                connection = _opened(path, "rwc")
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                discard(path)
                connection = _opened(path, "rwc")
        except (OSError, sqlite3.Error) as error:
            raise _write_error(path, error) from error
        return cls(connection, path)

    @classmethod
    def empty(cls) -> "Store":
        """A store of nothing, which is never kept."""
        # An empty name: a database on disk that nobody else sees, and that goes with the process.
        connection = sqlite3.connect("", isolation_level=None)
        connection.execute(_TABLE)
        return cls(connection, None)

    def copy(self) -> "Store":
        """A private store with the same rows, for trying things out."""
        other = Store.empty()
        try:
            with _damage():
                self._connection.backup(other._connection)
        except DamagedStore:
            other.close()
            raise
        return other

    def get(self, kind: str, name: str) -> Any:
        """One value, None where there is none. Raises DamagedStore."""
        with _damage():
            query = "SELECT name, value, seal FROM rows WHERE kind = ? AND name = ?"
            row = self._connection.execute(query, (kind, name)).fetchone()
            return None if row is None else _unsealed(kind, *row)

    def all(self, kind: str) -> Iterator[tuple[str, Any]]:
        """All values of a kind by their names, in order. Raises DamagedStore."""
        with _damage():
            query = "SELECT name, value, seal FROM rows WHERE kind = ? ORDER BY name"
            for row in self._connection.execute(query, (kind,)):
                yield row[0], _unsealed(kind, *row)

    def put(self, kind: str, name: str, value: Any) -> None:
        """Keep a value. Raises WriteError."""
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        sealed = (kind, name, text, _seal(kind, name, text))
        self._execute("INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?)", [sealed])

    def delete(self, kind: str, names: Iterable[str]) -> None:
        """Forget values. Raises WriteError."""
        rows = ((kind, name) for name in names)
        self._execute("DELETE FROM rows WHERE kind = ? AND name = ?", rows)

    def _execute(self, statement: str, rows: Iterable[tuple[str, ...]]) -> None:
        try:
            if not self._connection.in_transaction:
                self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(statement, rows)
        except sqlite3.Error as error:
            raise _write_error(self._path, error) from error

    def commit(self) -> None:
        """Keep all that was put since the last time. Raises WriteError."""
        try:
            if self._connection.in_transaction:
                self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise _write_error(self._path, error) from error

    def close(self) -> None:
        """Drop what was not committed."""
        self._connection.close()


def discard(path: Path) -> None:
    """Delete a store with all that belongs to it. Raises WriteError."""
    try:
        for name in (path, path.with_name(f"{path.name}-journal")):
            name.unlink(missing_ok=True)
    except OSError as error:
        raise _write_error(path, error) from error


def _opened(path: Path, mode: str) -> sqlite3.Connection:
    """A connection that has looked into the file. Raises sqlite3.Error."""
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=_PATIENCE_S, isolation_level=None)
    try:
        _prepare(connection, is_new=mode == "rwc")
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, *, is_new: bool) -> None:
    """Make sure that it is a store of ours, or make it one if it is empty and may be new."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if is_new and not version and not tables:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(_TABLE)
        connection.execute(f"PRAGMA user_version = {_VERSION}")
        connection.execute("COMMIT")
    elif version != _VERSION or "rows" not in tables:
        raise sqlite3.DatabaseError("not what this version keeps")


@contextlib.contextmanager
def _damage() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, ValueError, TypeError) as error:
        raise DamagedStore from error


def _seal(kind: str, name: str, text: str) -> str:
    return digest("\0".join((kind, name, text)).encode())


def _unsealed(kind: str, name: str, text: str, seal: str) -> Any:
    if _seal(kind, name, text) != seal:
        raise DamagedStore
    return json.loads(text)


def _write_error(path: Path | None, error: Exception) -> WriteError:
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return WriteError(
        f"{path}: cannot be written: {reason}", hint="is there space, and may you write there?"
    )
