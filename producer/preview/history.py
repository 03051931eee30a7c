"""Undo and redo of one file: whole contents, so that bytes come back as they were."""

from collections import deque
from dataclasses import dataclass

# Of each file, both directions together; the oldest changes go first.
MAX_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Change:
    """A file before and after an edit, and what the edit was."""

    before: bytes
    after: bytes
    label: str

    @property
    def reverse(self) -> "Change":
        """The same the other way."""
        return Change(self.after, self.before, self.label)


class History:
    """The changes made to one file since the server started.

    A change can be undone while the file holds exactly what it left, and redone while the file
    holds what was before it: an edit made elsewhere meanwhile is never lost.
    """

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._done: deque[Change] = deque()
        self._undone: list[Change] = []
        self._size = 0

    def add(self, change: Change) -> None:
        """Remember a new change; what was undone before it cannot be redone any more."""
        self._size -= sum(map(_size, self._undone))
        self._undone.clear()
        self._done.append(change)
        self._size += _size(change)
        while self._size > self._max_bytes and len(self._done) > 1:
            self._size -= _size(self._done.popleft())

    def to_undo(self, current: bytes) -> Change | None:
        """The last change, if the file is as it left it."""
        last = self._done[-1] if self._done else None
        return last if last is not None and last.after == current else None

    def to_redo(self, current: bytes) -> Change | None:
        """The change undone last, if the file is as it was before it."""
        last = self._undone[-1] if self._undone else None
        return last if last is not None and last.before == current else None

    @property
    def has_done(self) -> bool:
        """Whether there is anything to undo, whatever the file holds now."""
        return bool(self._done)

    @property
    def has_undone(self) -> bool:
        """Whether there is anything to redo, whatever the file holds now."""
        return bool(self._undone)

    def undid(self) -> None:
        """The last change was undone."""
        self._undone.append(self._done.pop())

    def redid(self) -> None:
        """The change undone last was made again."""
        self._done.append(self._undone.pop())


def _size(change: Change) -> int:
    return len(change.before) + len(change.after)
