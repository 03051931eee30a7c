"""Reading one episode file for a command that asks nothing of its sound or of other builds."""

from pathlib import Path

import click

from producer.cli.options import open_workspace
from producer.cli.report import print_problems
from producer.io.workspace import Workspace
from producer.model.episode import Episode
from producer.problems import Problem


def read_or_exit(
    root: Path | None, name: str
) -> tuple[Workspace, Path, Episode, tuple[Problem, ...]]:
    """The workspace, the file, its episode and problems, which are shown; exits with 1 for none."""
    workspace = open_workspace(root, (name,))
    slug, path = workspace.episode_path(name)
    episode, problems = workspace.read_episode(slug, path)
    print_problems(problems)
    if episode is None:
        raise click.exceptions.Exit(1)
    return workspace, path, episode, problems
