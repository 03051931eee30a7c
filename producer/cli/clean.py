"""`producer clean`."""

from pathlib import Path

import click

from producer.build.clean import clean
from producer.cli.options import open_workspace, out_folder, out_option, root_option


@click.command()
@click.option("--dry-run", is_flag=True, help="Print what would be deleted, and delete nothing.")
@out_option
@root_option
def command(dry_run: bool, out: Path | None, root: Path | None) -> int:
    """Delete what builds have made, and nothing else.

    Goes by what the last build noted. Without those notes nothing is known to be an output: then
    delete the folder yourself.

    \b
    Examples:
      producer clean
      producer clean --dry-run
    """
    workspace = open_workspace(root)
    folder = out_folder(workspace, out)
    paths = clean(
        folder,
        dry_run=dry_run,
        on_wait=lambda: click.echo("a build is running: waiting for it", err=True),
    )
    if dry_run:
        for path in paths:
            click.echo(f"delete {path}")
    verb = "to delete" if dry_run else "deleted"
    count = f"{len(paths)} file{'' if len(paths) == 1 else 's'}"
    click.echo(f"{count} {verb} in {workspace.shown(folder)}/", err=True)
    return 0
