"""A Dask cluster as the place where the work is done. Its workers see the same workspace."""

import contextlib
import importlib
import logging
from concurrent.futures import Executor
from typing import Any

from producer.errors import ProducerError

_CONNECT_S = 10
# How often Dask gives a task to another worker after one has died.
_RETRIES = 2


class ClusterError(ProducerError):
    """The cluster cannot be reached, or went away."""


class Cluster:
    """The workers of a Dask scheduler. Dask itself replaces those that die."""

    def __init__(self, address: str) -> None:
        """Connect to the scheduler. Raises ClusterError."""
        try:
            distributed: Any = importlib.import_module("distributed")
        except ImportError as error:
            raise ClusterError(
                "a cluster needs Dask, which is not installed",
                hint="pip install 'podcast-producer[cluster]'",
            ) from error
        # What Dask says of workers that come and go is not for the user: the work is done again.
        for name in ("distributed.client", "distributed.core", "distributed.comm"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self.may_lose_workers = True
        try:
            self._client = distributed.Client(address, timeout=_CONNECT_S, set_as_default=False)
            threads: dict[str, int] = self._client.nthreads()
        except (OSError, ValueError, TypeError) as error:
            raise ClusterError(
                f"there is no Dask scheduler at {address}",
                hint="start one with `dask scheduler`, and workers with `dask worker ADDRESS`",
            ) from error
        if not threads:
            self._client.close()
            raise ClusterError(
                f"the scheduler at {address} has no workers",
                hint=f"start some with `dask worker {address}`",
            )
        self.size = sum(threads.values())
        self._executor: Executor = self._client.get_executor(pure=False, retries=_RETRIES)

    def executor(self) -> Executor:
        """The cluster as an executor."""
        return self._executor

    def broke(self) -> None:
        """Dask goes on by itself."""

    def close(self, *, at_once: bool) -> None:
        """Leave the cluster as it is; at once, what it still does for this build is dropped."""
        with contextlib.suppress(Exception):
            self._executor.shutdown(wait=not at_once)
        with contextlib.suppress(Exception):
            self._client.close(timeout=1 if at_once else _CONNECT_S)
