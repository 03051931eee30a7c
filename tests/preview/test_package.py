"""The wheel has the page, and the waveform's library where that was fetched."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from conftest import PROJECT

STATIC = "producer/preview/static"


def wheel_of(project: Path, out: Path) -> set[str]:
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", out]
    subprocess.run([*command, project], check=True, capture_output=True)
    (path,) = out.glob("*.whl")
    return set(zipfile.ZipFile(path).namelist())


def test_with_and_without_wavesurfer(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(PROJECT / name, project)
    for folder in ("producer", "templates"):
        ignored = shutil.ignore_patterns("vendor", "__pycache__")
        shutil.copytree(PROJECT / folder, project / folder, ignore=ignored)
    without = wheel_of(project, tmp_path / "without")
    page = {path.name for path in (PROJECT / STATIC).iterdir() if path.is_file()}
    assert {f"{STATIC}/{name}" for name in page} <= without
    assert not any("vendor" in name for name in without)
    vendor = project / STATIC / "vendor"
    vendor.mkdir()
    for name in ("wavesurfer.esm.js", "regions.esm.js", "wavesurfer-LICENSE.txt"):
        (vendor / name).write_text("fetched", "utf-8")
    added = wheel_of(project, tmp_path / "with") - without
    assert added == {f"{STATIC}/vendor/{path.name}" for path in vendor.iterdir()}
