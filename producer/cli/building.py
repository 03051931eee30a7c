"""Building as a part of what a command does, with its progress shown."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from producer.cli.report import progress
from producer.io.workspace import Workspace

if TYPE_CHECKING:
    from producer.build.report import BuildReport


def build_all(workspace: Workspace, folder: Path) -> "BuildReport":
    """Everything, on all cores, into `folder`."""
    from producer.build.engine import build
    from producer.build.writer import BuildSettings

    with progress("building") as (on_start, on_episode):
        return build(
            workspace,
            BuildSettings(folder),
            jobs=os.cpu_count() or 1,
            on_start=on_start,
            on_episode=on_episode,
        )
