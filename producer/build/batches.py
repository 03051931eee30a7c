"""Giving out work in batches, and taking the results in order, whoever dies in between."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Future
from itertools import islice
from typing import TypeVar

from producer.build.executors import Crew
from producer.errors import ProducerError

Item = TypeVar("Item")
Result = TypeVar("Result")
# Batches that wait for each one at work: enough that nobody is idle, few enough to hold in memory.
_AHEAD = 3
_MAX_BATCH = 16
_TRIES = 3


class WorkerError(ProducerError):
    """A worker died again and again over the same work."""


def batch_size(total: int, workers: int) -> int:
    """How many items go out at a time: several batches for each worker, of a bounded size."""
    return 1 if workers <= 1 else max(1, min(_MAX_BATCH, total // (4 * workers)))


def run(
    crew: Crew,
    work: Callable[[Sequence[Item]], Sequence[Result]],
    items: Iterable[Item],
    size: int,
    name: Callable[[Item], str],
) -> Iterator[Result]:
    """The results of `work` in the order of the items, given out `size` at a time.

    Work that was lost with a worker is done again, item by item, so that one that kills whoever
    takes it is found; raises WorkerError with its name after three deaths, and what `work` raises.
    """
    rest = iter(items)
    waiting: deque[tuple[list[Item], Future[Sequence[Result]]]] = deque()
    # A crew of one works when it is given something: nothing is given ahead.
    ahead = crew.size * _AHEAD if crew.size > 1 else 1
    while True:
        try:
            while len(waiting) < ahead and (batch := list(islice(rest, size))):
                # Noted before it is given out, so that it is not lost with a crew that broke.
                waiting.append((batch, Future()))
                waiting[-1] = (batch, crew.executor().submit(work, batch))
            if not waiting:
                return
            results = waiting[0][1].result()
        except BrokenExecutor:
            lost = list(waiting)
            waiting.clear()
            crew.broke()
            for batch, future in lost:
                if _is_done(future):
                    yield from future.result()
                else:
                    yield from _alone(crew, work, batch, name)
            continue
        except Exception as error:
            if _is_killed_on_cluster(error):
                raise _dead(name(waiting[0][0][0])) from error
            raise
        waiting.popleft()
        yield from results


def _is_done(future: "Future[Sequence[Result]]") -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _alone(
    crew: Crew,
    work: Callable[[Sequence[Item]], Sequence[Result]],
    batch: Sequence[Item],
    name: Callable[[Item], str],
) -> Iterator[Result]:
    """The results of a batch whose worker died, each item by itself."""
    for item in batch:
        for tries_left in reversed(range(_TRIES)):
            try:
                yield from crew.executor().submit(work, [item]).result()
                break
            except (BrokenExecutor, CancelledError) as error:
                crew.broke()
                if not tries_left:
                    raise _dead(name(item)) from error


def _is_killed_on_cluster(error: Exception) -> bool:
    """Whether Dask gave up on work that killed its workers. Dask may not even be installed."""
    return type(error).__name__ == "KilledWorker"


def _dead(name: str) -> WorkerError:
    return WorkerError(
        f"{name}: whoever builds it dies, {_TRIES} times in a row",
        hint="does memory run out? try --jobs 1",
    )
