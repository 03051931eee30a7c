"""Where the work is done makes no difference, and who dies over it is replaced."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from build.trees import BINARY, small_show, tree
from producer.build.batches import WorkerError, batch_size, run
from producer.build.executors import Here, Processes, closing, in_process
from producer.errors import WriteError


def double(items: Sequence[int]) -> list[int]:
    return [2 * item for item in items]


def die_once(folder: Path, items: Sequence[int]) -> list[int]:
    """Whoever is the first to do 7 dies over it, and takes along what else is in the batch."""
    marker = folder / "died"
    if 7 in items and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return double(items)


def die_always(items: Sequence[int]) -> list[int]:
    if 7 in items:
        os.kill(os.getpid(), signal.SIGKILL)
    return double(items)


def fail(items: Sequence[int]) -> list[int]:
    if 7 in items:
        raise WriteError("disk full", hint="make space")
    return double(items)


@pytest.mark.parametrize("size", [1, 2, 5, 100])
def test_results_come_in_order(size: int) -> None:
    with closing(Here()) as crew:
        assert list(run(crew, double, range(20), size, str)) == [2 * n for n in range(20)]


def test_lost_work_is_done_again(tmp_path: Path) -> None:
    with closing(Processes(2)) as crew:
        work = partial(in_process, die_once, tmp_path)
        assert list(run(crew, work, range(30), 2, str)) == [2 * n for n in range(30)]
    assert (tmp_path / "died").exists()


def test_what_kills_everybody_is_named() -> None:
    got: list[int] = []
    with pytest.raises(WorkerError) as error, closing(Processes(2)) as crew:
        got.extend(run(crew, partial(in_process, die_always), range(30), 2, str))
    assert error.value.message == "7: whoever builds it dies, 3 times in a row"
    assert error.value.hint is not None


def test_a_failure_keeps_its_hint() -> None:
    with pytest.raises(WriteError) as error, closing(Processes(2)) as crew:
        list(run(crew, partial(in_process, fail), range(30), 2, str))
    assert (error.value.message, error.value.hint) == ("disk full", "make space")


@pytest.mark.parametrize(
    ("total", "workers", "size"), [(0, 2, 1), (5, 1, 1), (7, 2, 1), (200, 2, 16), (40, 2, 5)]
)
def test_batch_size(total: int, workers: int, size: int) -> None:
    assert batch_size(total, workers) == size


def build_in(root: Path, *args: str) -> tuple[int, str, dict[str, bytes]]:
    """Status, what was said but for the time, and the outputs, which are deleted."""
    done = subprocess.run(
        [BINARY, "build", "--root", root, "--json", *args],
        capture_output=True,
        timeout=300,
        check=False,
    )
    said = done.stdout.decode() + done.stderr.decode().rpartition(" (")[0]
    outputs = tree(root / "build")
    subprocess.run([BINARY, "clean", "--root", root], capture_output=True, check=True)
    assert not (root / "build").exists()
    return done.returncode, said, outputs


@pytest.fixture
def show(tmp_path: Path) -> Path:
    root = small_show(tmp_path / "show", 24)
    for number in (3, 11):  # which say something, in an order of their own
        path = root / "episodes" / f"e{number:03}.md"
        path.write_text(path.read_text("utf-8").replace("title: ", "title: a: ", 1), "utf-8")
    return root


def test_one_job_or_eight(show: Path) -> None:
    alone = build_in(show, "--jobs", "1")
    assert alone[0] == 1
    assert build_in(show, "--jobs", "8") == alone


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds processes by /proc")
def test_a_process_that_is_killed_in_the_middle(show: Path) -> None:
    wanted = build_in(show, "--jobs", "1")[2]
    process = subprocess.Popen(
        [BINARY, "build", "--root", show, "--jobs", "2"], stderr=subprocess.PIPE
    )
    while not list((show / "build").glob("*/index.html")):
        assert process.poll() is None
        time.sleep(0.005)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    for child in children.read_text().split()[:1]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(child), signal.SIGKILL)
    said = process.communicate(timeout=60)[1].decode()
    assert process.returncode == 1, said
    assert tree(show / "build") == wanted


@contextlib.contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list["subprocess.Popen[bytes]"]]]:
    """A scheduler and two workers, as processes of their own on loopback."""
    environment = {
        **os.environ,
        "DASK_DISTRIBUTED__DASHBOARD__LINK": "",
        "DASK_TEMPORARY_DIRECTORY": str(folder),
        "PYTHONWARNINGS": "ignore",
    }
    where = folder / "scheduler.json"
    running: list[subprocess.Popen[bytes]] = []

    def begin(*args: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "distributed.cli." + args[0], *args[1:]]
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        running.append(process)
        return process

    try:
        file = str(where)
        begin("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
              "--scheduler-file", file)  # fmt: skip
        workers = [
            begin("dask_worker", "--scheduler-file", file, "--nthreads", "1", "--no-dashboard",
                  "--host", "127.0.0.1", "--no-nanny", "--name", str(number))
            for number in range(2)
        ]  # fmt: skip
        yield _address(where), workers
    finally:
        for process in running:
            process.kill()
            process.wait()


def _address(where: Path) -> str:
    """The scheduler's address, once both of its workers are there."""
    import json

    from distributed import Client

    deadline_s = time.monotonic() + 60
    while not where.exists() or not where.read_text():
        assert time.monotonic() < deadline_s
        time.sleep(0.05)
    address: str = json.loads(where.read_text())["address"]
    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
    return address


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[tuple[str, list["subprocess.Popen[bytes]"]]]:
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    (tmp_path / "dask").mkdir()
    with cluster(tmp_path / "dask") as started:
        yield started


def test_a_cluster(show: Path, dask: tuple[str, list["subprocess.Popen[bytes]"]]) -> None:
    alone = build_in(show, "--jobs", "1")
    address, workers = dask
    assert build_in(show, "--scheduler", address) == alone
    process = subprocess.Popen(
        [BINARY, "build", "--root", show, "--scheduler", address], stderr=subprocess.PIPE
    )
    while not list((show / "build").glob("*/index.html")):
        assert process.poll() is None
        time.sleep(0.005)
    workers[0].kill()
    said = process.communicate(timeout=120)[1].decode()
    assert process.returncode == 1, said
    assert "Traceback" not in said
    assert tree(show / "build") == alone[2]


def test_no_cluster(show: Path) -> None:
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    done = subprocess.run(
        [BINARY, "build", "--root", show, "--scheduler", "tcp://127.0.0.1:9"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == (
        "producer: error: there is no Dask scheduler at tcp://127.0.0.1:9"
    )
    assert "Traceback" not in done.stderr


def test_dask_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    from producer.build.cluster import Cluster, ClusterError

    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError) as error:
        Cluster("tcp://127.0.0.1:9")
    assert error.value.hint == "pip install 'podcast-producer[cluster]'"


def test_a_worker_of_another_version_is_refused(
    show: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import producer.build.worker as module
    from producer.build.writer import BuildSettings
    from producer.errors import ProducerError

    monkeypatch.setattr(module, "tool_digest", lambda: "another")
    job = module.Job(show, BuildSettings(show / "build"), "", "this")
    with pytest.raises(ProducerError, match="another version"):
        module.build_tasks(job, [])
