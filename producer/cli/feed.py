"""`producer feed`."""

from pathlib import Path

import click

from producer.build.engine import build
from producer.build.site import can_feed
from producer.build.writer import BuildSettings
from producer.cli.options import open_workspace, out_folder, out_option, root_option
from producer.cli.report import exit_status, print_problems, progress
from producer.errors import WorkspaceError
from producer.feed.rss import FEED_NAME
from producer.io.workspace import CONFIG_NAME


@click.command()
@click.option("--check", is_flag=True, help="Only say whether the feed is up to date.")
@out_option
@root_option
def command(check: bool, out: Path | None, root: Path | None) -> int:
    """Write build/feed.xml, or check that it is up to date.

    A feed names the sound with its length in bytes, so what it names is built first. With --check
    nothing is written; the status is 1 if the feed is missing or not what a build would write.

    \b
    Examples:
      producer feed
      producer feed --check && rsync -a build/ host:/srv/podcast/
    """
    workspace = open_workspace(root)
    if not workspace.show.has_feed and not workspace.show_problems:
        raise WorkspaceError(
            f"there is no {CONFIG_NAME} in {workspace.root}",
            hint="a feed needs title, link, description, image and base_url from it",
        )
    folder = out_folder(workspace, out)
    with progress("building") as (on_start, on_episode):
        report = build(
            workspace,
            BuildSettings(folder, dry_run=check),
            on_start=on_start,
            on_episode=on_episode,
        )
    print_problems(report.problems)
    status = exit_status(report.problems)
    if not can_feed(workspace):
        return max(status, 1)
    path = folder / FEED_NAME
    if check and report.written:
        click.echo(f"{path}: out of date: {len(report.written)} files to write", err=True)
        return max(status, 1)
    click.echo(str(path))
    return status
