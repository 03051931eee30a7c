"""Building episodes one after the other, or side by side in processes."""

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from producer.build.episode import EpisodeBuild, build_episode
from producer.build.manifest import EpisodeRecord, FileRecord
from producer.build.media_files import MediaFiles
from producer.build.writer import BuildSettings
from producer.io.workspace import Workspace
from producer.render.environment import Templates

_PARENT_CHECK_S = 0.3
Built = tuple[EpisodeBuild, dict[str, FileRecord]]


@dataclass(frozen=True, slots=True)
class Task:
    """An episode to build, with what the last build knew of it and of its media."""

    slug: str
    path: Path
    previous: EpisodeRecord
    known: dict[str, FileRecord]


def run_tasks(
    workspace: Workspace, settings: BuildSettings, tasks: Sequence[Task], jobs: int
) -> Iterator[Built]:
    """The episodes built, in the order of the tasks, whatever the number of jobs."""
    workers = min(jobs, len(tasks))
    if workers <= 1:
        yield from map(_Worker(workspace, settings), tasks)
        return
    with ProcessPoolExecutor(
        workers, initializer=_start, initargs=(workspace.root, settings)
    ) as pool:
        try:
            with _held_interrupt():
                results = pool.map(_build, tasks)  # starts the processes
            yield from results
        except BaseException:
            # Stop the others where they are; what they were writing is not kept.
            pool.shutdown(wait=False, cancel_futures=True)
            for process in multiprocessing.active_children():
                process.terminate()
            raise


class _Worker:
    """Builds episodes in one process, reading show, people and templates once."""

    def __init__(self, workspace: Workspace, settings: BuildSettings) -> None:
        self._workspace = workspace
        self._settings = settings
        self._templates = Templates(workspace.templates)

    def __call__(self, task: Task) -> Built:
        media = MediaFiles(task.known)
        result = build_episode(
            self._workspace,
            self._templates,
            self._settings,
            task.slug,
            task.path,
            task.previous,
            media,
        )
        return result, media.seen


class _Process:
    """What a process of the pool keeps between its tasks."""

    worker: _Worker
    is_busy = False
    is_leaving = False


_process = _Process()


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


def _start(root: Path, settings: BuildSettings) -> None:
    # Ctrl-C reaches the whole group; the first process decides, and asks the others to leave.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    _process.worker = _Worker(Workspace(root), settings)


def _end_with(parent: int) -> None:
    """End when the process that started this one is gone: nobody else would ever say so."""
    while os.getppid() == parent:
        time.sleep(_PARENT_CHECK_S)
    os._exit(1)


def _leave(number: int, frame: object) -> None:
    """Drop the task at hand by an exception, so that temporary files are deleted on the way out.

    Never in between tasks: a process that dies while it reads the pool's queue breaks it for all.
    """
    _process.is_leaving = True
    if _process.is_busy:
        raise SystemExit(128 + number)


def _build(task: Task) -> Built:
    if _process.is_leaving:  # the pool hands on what was queued already
        raise SystemExit
    _process.is_busy = True
    try:
        return _process.worker(task)
    finally:
        _process.is_busy = False
