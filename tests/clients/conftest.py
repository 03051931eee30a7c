"""The published shows, and the folder of the node clients."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT, Run

from clients.published import SAMPLE, Published, Served, published

Node = Callable[..., Any]


@pytest.fixture(scope="session")
def served_sample(tmp_path_factory: pytest.TempPathFactory, producer: Run) -> Iterator[Served]:
    """The sample show on a server of this machine."""
    with published(tmp_path_factory.mktemp("served") / "show", producer, is_rich=False) as show:
        yield show


@pytest.fixture(scope="session")
def served_rich(tmp_path_factory: pytest.TempPathFactory, producer: Run) -> Iterator[Served]:
    """The rich show on a server of this machine."""
    with published(tmp_path_factory.mktemp("served") / "show", producer, is_rich=True) as show:
        yield show


@pytest.fixture(params=["sample", "rich"])
def served(request: pytest.FixtureRequest) -> Served:
    """Each show that can be loaded."""
    show: Served = request.getfixturevalue(f"served_{request.param}")
    return show


@pytest.fixture(params=["sample_show", "served_rich"])
def show(request: pytest.FixtureRequest) -> Published:
    """Each show whose feed is read as a file: the sample show has its own address there."""
    published: Published = request.getfixturevalue(request.param)
    return published


@pytest.fixture(scope="session")
def sample_show(built: Path) -> Published:
    """The sample show as it is, at an address that is not there."""
    return Published(built / "build", "https://workbench.example.org/podcast", SAMPLE)


@pytest.fixture(scope="session")
def node() -> Node:
    """Runs a script beside the tests with a package of npm, and gives what it prints."""
    folder = Path(os.environ.get("PRODUCER_CLIENTS") or PROJECT / ".clients" / "node_modules")

    def run(script: str, package: str, feed: Path) -> Any:
        program = shutil.which("node")
        if program is None:
            pytest.skip("node is not installed")
        if not (folder / package / "package.json").is_file():
            pytest.skip(f"{package} is not in {folder}: tools/install_for_tests.sh puts it there")
        done = subprocess.run(
            [program, Path(__file__).with_name(script), folder, feed],
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    return run
