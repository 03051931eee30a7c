"""`producer fix`."""

import datetime
from collections.abc import Sequence
from pathlib import Path

import click

from producer.build.fixing import FixedFile, fix_files, fix_show, write_fixed
from producer.build.manifest import known_files
from producer.build.media_files import MediaFiles
from producer.cli.options import (
    episodes_argument,
    open_workspace,
    out_folder,
    root_option,
    select,
)
from producer.cli.report import count_line, exit_status, print_failure, print_problems
from producer.errors import ProducerError
from producer.problems import Problem


@click.command()
@episodes_argument
@click.option("--dry-run", is_flag=True, help="Show the diff, and write nothing.")
@root_option
def command(episodes: tuple[str, ...], dry_run: bool, root: Path | None) -> int:
    """Mend what has one right answer, and show the diff.

    Stored clips that differ from the headers, a stored duration that differs from the audio's,
    `time` that differs from `sec` or is missing, headers that repeat their neighbour, a missing
    guid (the show's too), a YouTube link or id that follows from the other, a file name that
    addresses escape. Nothing else of a file changes by a byte. Where two answers are possible, it
    says so and leaves it. A second run changes nothing.

    \b
    Examples:
      producer fix --dry-run
      producer fix s01e01 && git diff
      producer fix --dry-run | git apply         the same, by way of git
    """
    workspace = open_workspace(root, episodes)
    media = MediaFiles(known_files(out_folder(workspace, None)))
    now = datetime.datetime.now(datetime.UTC)
    files: list[FixedFile] = []
    failed = False
    if not episodes and (show := fix_show(workspace)) is not None:
        failed = not _one(show, workspace.shown(show.path), dry_run=dry_run)
    for file in fix_files(workspace, select(workspace, episodes), media, now):
        files.append(file)
        failed |= not _one(file, workspace.shown(file.path), dry_run=dry_run)
    remaining = [problem for file in files for problem in file.remaining]
    click.echo(_summary(files, remaining, dry_run=dry_run), err=True)
    return 2 if failed else exit_status(remaining)


def _one(file: FixedFile, shown: str, *, dry_run: bool) -> bool:
    """Show and write one file; False where something of it could not be done."""
    click.echo(file.diff, nl=False)
    if file.fixed is None:
        print_problems(file.remaining)
        return True
    done = [mend.what for mend in file.fixed.mends]
    if file.moves:
        done.append(f"renamed to {file.moves[-1][1].name}")
    refused: list[ProducerError] = [*file.fixed.refused]
    try:
        if not dry_run and file.is_changed:
            write_fixed(file)
        if done:
            click.echo(f"{shown}: {'; '.join(done)}", err=True)
    except ProducerError as error:
        refused.append(error)
    print_problems(file.left)
    for each in refused:
        print_failure(each)
    return not refused


def _summary(files: Sequence[FixedFile], remaining: Sequence[Problem], *, dry_run: bool) -> str:
    changed = sum(file.is_changed for file in files)
    verb = "to mend" if dry_run else "mended"
    plural = "" if len(files) == 1 else "s"
    line = f"{len(files)} episode{plural}: {changed} {verb}, {len(files) - changed} as they were"
    found = count_line(remaining)
    return f"{line}; left for you: {found} (see producer check)" if found else line
