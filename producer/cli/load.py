"""Loading one episode for a command that prints something of it."""

from pathlib import Path

import click

from producer.build.load import LoadedEpisode, load_episode
from producer.build.manifest import known_files
from producer.build.media_files import MediaFiles
from producer.check.silence import audible
from producer.cli.options import open_workspace, out_folder
from producer.cli.report import exit_status, print_problems
from producer.derive.derived import Derived
from producer.io.workspace import Workspace
from producer.problems import Problem


def load_one(root: Path | None, name: str) -> tuple[Workspace, LoadedEpisode]:
    """The workspace and one episode of it, with what the last build knows of its audio."""
    workspace = open_workspace(root, (name,))
    slug, path = workspace.episode_path(name)
    media = MediaFiles(known_files(out_folder(workspace, None)))
    return workspace, load_episode(workspace, slug, path, media)


def derived_or_exit(workspace: Workspace, loaded: LoadedEpisode) -> Derived:
    """The derived episode, its problems shown; exits with 1 where the file is not one."""
    print_problems(_all(workspace, loaded))
    if loaded.derived is None:
        raise click.exceptions.Exit(1)
    return loaded.derived


def status_of(workspace: Workspace, loaded: LoadedEpisode) -> int:
    """The exit status that the problems of one episode ask for."""
    return exit_status(_all(workspace, loaded))


def _all(workspace: Workspace, loaded: LoadedEpisode) -> tuple[Problem, ...]:
    """The problems that touch one episode: keys that only a feed needs do not."""
    of_show = (problem for problem in workspace.show_problems if problem.code != "S106")
    return (*audible(of_show, loaded.silencings), *loaded.shown())
