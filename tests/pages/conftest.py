"""A checker of HTML, and the pages of real episodes."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT, Run

NODE_MODULES = Path(os.environ.get("PRODUCER_CLIENTS") or PROJECT / ".clients" / "node_modules")


def node_file(path: str) -> Path:
    """A file of a package of npm; skips the test where it is not installed."""
    file = NODE_MODULES / path
    if not file.is_file():
        pytest.skip(f"{path} is not in {NODE_MODULES}: tools/install_for_tests.sh puts it there")
    return file


@pytest.fixture(scope="session")
def html_faults() -> Callable[[list[Path]], list[str]]:
    """What the Nu Html Checker has to say of HTML files."""
    jar = node_file("vnu-jar/build/dist/vnu.jar")
    java = shutil.which("java")
    if java is None:
        pytest.skip("no Java, which the Nu Html Checker needs")

    def check(paths: list[Path]) -> list[str]:
        options = ["--format", "json", "--stdout", "--exit-zero-always"]
        done = subprocess.run(
            [java, "-Xss2m", "-jar", jar, *options, *paths],
            capture_output=True,
            timeout=240,
            check=True,
        )
        messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
        return [f"{m['url'].rsplit('/', 2)[-2:]}: {m['message']}" for m in messages]

    return check


@pytest.fixture(scope="session")
def corpus_build(corpus: Path, tmp_path_factory: pytest.TempPathFactory, producer: Run) -> Path:
    """The outputs of the corpus, made once for all tests that only look."""
    out = tmp_path_factory.mktemp("corpus") / "out"
    assert producer("build", "--root", corpus, "--out", out, "--jobs", "2").status in {0, 1}
    return out
