"""Options and arguments that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from producer.io.workspace import Workspace

F = TypeVar("F", bound=Callable[..., Any])


def complete_slug(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The slugs of the workspace that begin with what is typed."""
    workspace = Workspace.open(ctx.params.get("root"))
    return [CompletionItem(s) for s in workspace.episode_paths if s.startswith(incomplete)]


def root_option(command: F) -> F:
    """`--root DIR`."""
    return click.option(
        "--root",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="The show's folder. Default: the nearest one upwards with a podcast.yaml.",
    )(command)


def out_option(command: F) -> F:
    """`--out DIR`."""
    return click.option(
        "--out",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Where outputs go. Default: build/ in the show's folder.",
    )(command)


def json_option(help_text: str) -> Callable[[F], F]:
    """`--json`."""
    return click.option("--json", "as_json", is_flag=True, help=help_text)


def problem_options(command: F) -> F:
    """`--strict`, `--format` and `--json` of the commands that check."""
    from producer.formats.problems import PROBLEM_FORMATS

    command = json_option("The same as --format json: an array with one object a problem.")(command)
    command = click.option(
        "--format",
        "format_name",
        type=click.Choice(["text", *PROBLEM_FORMATS]),
        default="text",
        show_default=True,
        help="text on stderr; on stdout JSON, GitHub's annotations, SARIF, or a table of counts.",
    )(command)
    return click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")(command)


def episode_argument(command: F) -> F:
    """One EPISODE."""
    return click.argument("episode", metavar="EPISODE", shell_complete=complete_slug)(command)


def episodes_argument(command: F) -> F:
    """Any number of EPISODEs."""
    return click.argument(
        "episodes", metavar="[EPISODE]...", nargs=-1, shell_complete=complete_slug
    )(command)


def open_workspace(root: Path | None, episodes: tuple[str, ...] = ()) -> Workspace:
    """The workspace at `root`, else the one that the first episode named by a path lies in."""
    path = next((Path(name) for name in episodes if Path(name).is_file()), None)
    return Workspace.open(root, path)


def out_folder(workspace: Workspace, out: Path | None) -> Path:
    """The output folder."""
    return out.absolute() if out is not None else workspace.root / "build"


def select(workspace: Workspace, episodes: tuple[str, ...]) -> dict[str, Path]:
    """The named episodes, or all of them; raises WorkspaceError for one that does not exist."""
    if not episodes:
        return workspace.episode_paths
    return dict(workspace.episode_path(name) for name in episodes)
