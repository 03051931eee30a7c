"""Where the work is done: in this process, in processes of this machine, or on a cluster."""

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from typing import Any, Protocol

_PARENT_CHECK_S = 0.2
_CHECKS_TO_LEAVE = 2


class Crew(Protocol):
    """Something that runs functions of plain data. `size` is how many it runs side by side.

    `may_lose_workers` says whether one of them died, where that is known, or could have.
    """

    size: int
    may_lose_workers: bool

    def executor(self) -> Executor:
        """The executor at work; another one after it broke."""

    def broke(self) -> None:
        """Say that the executor is not to be used any more."""

    def close(self, *, at_once: bool) -> None:
        """End all work; `at_once` without waiting for it."""


@contextlib.contextmanager
def closing(crew: Crew) -> Iterator[Crew]:
    """The crew for as long as the block lasts; its work is dropped if the block fails."""
    try:
        yield crew
    except BaseException:
        crew.close(at_once=True)
        raise
    crew.close(at_once=False)


class Here(Executor):
    """An executor that does the work when it is submitted, in this process."""

    size = 1
    may_lose_workers = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """The function's result, done already. Its exception is raised by the future."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future

    def executor(self) -> Executor:
        """This."""
        return self

    def broke(self) -> None:
        """It cannot."""

    def close(self, *, at_once: bool) -> None:
        """There is nothing to end."""


class Processes:
    """Processes of this machine."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.may_lose_workers = False
        self._pool: ProcessPoolExecutor | None = None

    def executor(self) -> Executor:
        """The pool of processes, started when it is first asked for."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self.size, initializer=_start, initargs=(os.getpid(),))
            with _held_interrupt():
                # The processes start with the first task.
                self._pool.submit(_nothing).result()
        return self._pool

    def broke(self) -> None:
        """Drop the pool: one that lost a process takes no more work."""
        self.may_lose_workers = True
        self.close(at_once=True)

    def close(self, *, at_once: bool) -> None:
        """End the processes; at once, what they are writing is not kept."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        if at_once:
            processes = multiprocessing.active_children()
            pool.shutdown(wait=False, cancel_futures=True)
            for process in processes:
                process.terminate()
        pool.shutdown(wait=True)


class _Process:
    """What a process of the pool keeps between its tasks."""

    is_busy = False
    is_leaving = False


_process = _Process()


def in_process(function: Callable[..., Any], *args: Any) -> Any:
    """Run a task in a process of the pool, such that it can be told to leave in the middle."""
    if _process.is_leaving:  # the pool hands on what was queued already
        raise SystemExit
    _process.is_busy = True
    try:
        return function(*args)
    finally:
        _process.is_busy = False


def _nothing() -> None:
    return


@contextlib.contextmanager
def _held_interrupt() -> Iterator[None]:
    """Ctrl-C waits: a process that gets it before it can ignore it would break the whole pool."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(parent: int) -> None:
    # Ctrl-C reaches the whole group; the first process decides, and asks the others to leave.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    signal.signal(signal.SIGTERM, _leave)
    # Told which one it was: asked for here, it could be gone already.
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """End when the process that started this one is gone: nobody else would ever say so.

    Also when it was told to leave and gets no task to leave from. A pool that lost a process waits
    for the others, and from Python 3.12 on it does not wake them.
    """
    checks = 0
    while os.getppid() == parent and checks < _CHECKS_TO_LEAVE:
        time.sleep(_PARENT_CHECK_S)
        checks = checks + 1 if _process.is_leaving and not _process.is_busy else 0
    os._exit(1)


def _leave(number: int, frame: object) -> None:
    """Drop the task at hand by an exception, so that temporary files are deleted on the way out.

    Never in between tasks: a process that dies while it reads the pool's queue breaks it for all.
    """
    _process.is_leaving = True
    if _process.is_busy:
        raise SystemExit(128 + number)
