"""The wheel, built and installed in an empty environment elsewhere, does the same."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import PROJECT, copy_sample


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", out]
    subprocess.run([*command, PROJECT], check=True, capture_output=True)
    (path,) = out.glob("*.whl")
    return path


def test_templates_are_inside_and_nothing_of_the_show(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    packaged = {n.removeprefix("producer/templates/") for n in names if "/templates/" in n}
    assert packaged == {path.name for path in (PROJECT / "templates").iterdir()}
    tops = {name.split("/")[0].split("-")[0] for name in names}
    assert tops == {"producer", "podcast_producer"}


def test_installed_elsewhere_it_builds_any_show(wheel: Path, built: Path, tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    pip = [venv / "bin" / "python", "-m", "pip", "install", "--quiet", wheel]
    subprocess.run(pip, check=True, capture_output=True)
    show = copy_sample(tmp_path / "other show")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        [venv / "bin" / "producer", "build"],
        cwd=show,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, b""), done.stderr.decode()
    for path in sorted((built / "build").rglob("*")):
        if path.is_file() and ".producer" not in path.parts:
            other = show / "build" / path.relative_to(built / "build")
            assert other.read_bytes() == path.read_bytes(), path.name
