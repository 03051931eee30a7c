"""What all tests share: the golden flag, the installed command, workspaces to build in."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PROJECT = Path(__file__).parent.parent
CORPUS = PROJECT.parent / "shared" / "corpus"

# How long an example takes says more about the machine than about the program.
settings.register_profile("producer", settings(), deadline=None)
settings.load_profile("producer")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what comes out as the new golden files, to look at with git diff",
    )


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def corpus() -> Path:
    if not (CORPUS / "episodes").is_dir():
        pytest.skip(f"the corpus of real episodes is not at {CORPUS}")
    return CORPUS


@dataclass(frozen=True)
class Result:
    status: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture(scope="session")
def producer() -> Run:
    """Runs the installed command, as a user does."""
    binary = Path(sys.executable).with_name("producer")
    assert binary.is_file(), "install the project first: make test"

    def run(*args: str | Path, cwd: Path | None = None, **env: str) -> Result:
        done = subprocess.run(
            [str(binary), *map(str, args)],
            cwd=cwd,
            env={**os.environ, "NO_COLOR": "1", **env},
            capture_output=True,
            timeout=300,
            check=False,
        )
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the sample show, to change at will."""
    return copy_sample(tmp_path / "show")


def copy_sample(target: Path) -> Path:
    target.mkdir()
    shutil.copy(PROJECT / "podcast.yaml", target)
    for folder in ("episodes", "people", "images"):
        shutil.copytree(PROJECT / folder, target / folder)
    return target


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, producer: Run) -> Path:
    """The sample show, built once for all tests that only look."""
    root = copy_sample(tmp_path_factory.mktemp("built") / "show")
    result = producer("build", "--root", root)
    assert result.status == 0, result.err
    return root


@pytest.fixture
def built_copy(built: Path, tmp_path: Path) -> Path:
    """The sample show as built, to change at will."""
    return shutil.copytree(built, tmp_path / "built")


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Debian's Chromium. One for all tests: a second Playwright in the process would not start."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("there is no chromium: tools/install_for_tests.sh installs Debian's")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--mute-audio"],
        )
        yield chromium
        chromium.close()
