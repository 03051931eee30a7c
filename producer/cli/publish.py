"""`producer publish`."""

from pathlib import Path

import click

from producer.cli.options import open_workspace, out_folder, out_option, root_option
from producer.publish import publish_folder


@click.command()
@click.argument("target", type=click.Path(path_type=Path, file_okay=False))
@click.option("--dry-run", is_flag=True, help="Print what would be copied, and copy nothing.")
@out_option
@root_option
def command(target: Path, dry_run: bool, out: Path | None, root: Path | None) -> int:
    """Copy build/ to a folder, media first, feed last.

    Only files that differ are copied; each arrives whole, and nothing is deleted.

    \b
    Examples:
      producer publish /srv/www/podcast
      producer publish /srv/www/podcast --dry-run
    """
    workspace = open_workspace(root)
    count = publish_folder(out_folder(workspace, out), target, dry_run=dry_run, on_file=click.echo)
    verb = "to copy" if dry_run else "copied"
    click.echo(f"{count} file{'' if count == 1 else 's'} {verb}", err=True)
    return 0
