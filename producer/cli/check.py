"""`producer check`."""

import datetime
from pathlib import Path

import click

from producer.build.checking import check_workspace
from producer.build.manifest import known_files
from producer.build.media_files import MediaFiles
from producer.cli.options import (
    episodes_argument,
    open_workspace,
    out_folder,
    problem_options,
    root_option,
    select,
)
from producer.cli.report import count_line, exit_status, print_problems
from producer.formats.problems import PROBLEM_FORMATS


@click.command()
@episodes_argument
@problem_options
@root_option
def command(
    episodes: tuple[str, ...], strict: bool, format_name: str, as_json: bool, root: Path | None
) -> int:
    """Say what is wrong, at which line, and how to mend it.

    Changes nothing. docs/problems.md explains every code.

    \b
    Examples:
      producer check
      producer check s01e01 --strict
      producer check --json | jq '.[].code'
      producer check --format table            how often each code is found
      producer check --format github           in a workflow: annotations at the lines
    """
    workspace = open_workspace(root, episodes)
    media = MediaFiles(known_files(out_folder(workspace, None)))
    selected = select(workspace, episodes)
    now = datetime.datetime.now(datetime.UTC)
    problems = check_workspace(workspace, selected, media, now, is_whole=not episodes)
    if as_json:
        format_name = "json"
    if format_name != "text":
        click.echo(PROBLEM_FORMATS[format_name](problems), nl=False)
    else:
        print_problems(problems)
        number = f"{len(selected)} episode{'' if len(selected) == 1 else 's'}"
        click.echo(f"{number} checked: {count_line(problems) or 'nothing to mend'}", err=True)
    return exit_status(problems, strict=strict)
