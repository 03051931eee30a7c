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


@pytest.fixture(scope="session", params=["sample", "rich"])
def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, producer: Run
) -> Iterator[Served]:
    """Both shows, on a server of this machine."""
    root = tmp_path_factory.mktemp("served") / "show"
    with published(root, producer, request.param == "rich") as show:
        yield show


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
            pytest.skip(f"{package} is not in {folder}: tools/install_clients.sh puts it there")
        done = subprocess.run(
            [program, Path(__file__).with_name(script), folder, feed],
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    return run
