"""A marker at the target that keeps a second publisher away, and says who the first one is.

A publisher that dies leaves it behind: on the same machine it is seen to be gone, elsewhere the
marker is old after an hour.
"""

import contextlib
import json
import os
import secrets
import socket
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import Protocol

from producer.publish.errors import LockedError, PublishError
from producer.text import one_line

LOCK_PATH = ".producer/lock.json"
STALE_S = 3600
_RENEW_S = 300
_MAX_BYTES = 4096


class Lockable(Protocol):
    """What of a target the marker needs."""

    shown: str

    def create(self, path: str, data: bytes) -> bool:
        """Write a file that is not there yet; False where it is."""

    def read(self, path: str, limit: int) -> bytes | None:
        """A file's bytes; None where there is none."""

    def put_bytes(self, path: str, data: bytes) -> None:
        """Write or replace a file."""

    def delete(self, path: str) -> None:
        """Delete a file that may be gone."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who publishes: `seen_s` is when it was last heard of, in seconds since 1970."""

    seen_s: int
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    host: str = field(default_factory=socket.gethostname)
    pid: int = field(default_factory=os.getpid)

    def dump(self) -> bytes:
        """The marker."""
        return (json.dumps(asdict(self)) + "\n").encode()

    @classmethod
    def parse(cls, data: bytes) -> "Holder | None":
        """The holder in a marker; None for anything else."""
        try:
            found = json.loads(data)
            holder = cls(found["seen_s"], found["id"], found["host"], found["pid"])
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
        texts = isinstance(holder.id, str) and isinstance(holder.host, str)
        return holder if texts and type(holder.seen_s) is int and type(holder.pid) is int else None

    def is_gone(self, now_s: int) -> bool:
        """Whether it died without taking its marker along."""
        if self.host == socket.gethostname() and not _is_running(self.pid):
            return True
        return abs(now_s - self.seen_s) > STALE_S


class Lock:
    """The marker while it is ours."""

    def __init__(self, target: Lockable, clock: Callable[[], float]) -> None:
        self._target = target
        self._clock = clock
        self.holder = Holder(int(clock()))

    def renew(self) -> None:
        """Say that we are still at it, now and then."""
        now_s = int(self._clock())
        if now_s - self.holder.seen_s >= _RENEW_S:
            self.confirm()
            self.holder = replace(self.holder, seen_s=now_s)
            self._target.put_bytes(LOCK_PATH, self.holder.dump())

    def confirm(self) -> None:
        """Raise LockedError unless the marker is still ours."""
        data = self._target.read(LOCK_PATH, _MAX_BYTES)
        holder = Holder.parse(data) if data is not None else None
        if holder is None or holder.id != self.holder.id:
            raise LockedError(
                f"{self._target.shown}: somebody else took over while this was going on",
                hint="run it again when they are done",
            )

    def acquire(self, *, by_force: bool) -> None:
        """Put the marker there. Raises LockedError where another one holds."""
        data = self.holder.dump()
        if self._target.create(LOCK_PATH, data):
            return
        there = self._target.read(LOCK_PATH, _MAX_BYTES)
        holder = Holder.parse(there) if there is not None else None
        if holder is not None and not by_force and not holder.is_gone(self.holder.seen_s):
            minutes = max(0, self.holder.seen_s - holder.seen_s) // 60
            raise LockedError(
                f"{self._target.shown}: being published to from {one_line(holder.host)[:80]}, "
                f"last seen {minutes} min ago",
                hint="wait for it, or run with --break-lock if it is dead",
            )
        self._target.put_bytes(LOCK_PATH, data)
        self.confirm()

    def release(self) -> None:
        """Take the marker away, if it is ours."""
        with contextlib.suppress(PublishError):
            self.confirm()
            self._target.delete(LOCK_PATH)


@contextlib.contextmanager
def locked(target: Lockable, clock: Callable[[], float], *, by_force: bool) -> Iterator[Lock]:
    """The only publisher for as long as the block lasts. Raises LockedError."""
    lock = Lock(target, clock)
    lock.acquire(by_force=by_force)
    try:
        yield lock
    finally:
        lock.release()


def _is_running(pid: int) -> bool:
    if os.name != "posix" or not 0 < pid < 1 << 31:
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
