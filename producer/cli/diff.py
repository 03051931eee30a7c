"""`producer diff`."""

import json
import sys
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import click

from producer.cli.building import build_all
from producer.cli.options import json_option, open_workspace, out_folder, out_option, root_option
from producer.cli.report import count_line, exit_status, print_problems
from producer.errors import InputError, WorkspaceError
from producer.io.workspace import Workspace
from producer.problems import has_errors

if TYPE_CHECKING:
    from producer.publish.feed_summary import Summary

_STDIN = "-"


@click.command()
@click.argument("feed", required=False, metavar="[FEED]")
@json_option("The changes as a JSON object on stdout.")
@out_option
@root_option
def command(feed: str | None, as_json: bool, out: Path | None, root: Path | None) -> int:
    """Say what subscribers will see change when the show is published.

    Builds the show, and compares its feed with the published one: items that are new, changed or
    gone, and guids that are other ones. FEED is an address, a file, or - for stdin; by default the
    feed under `base_url`. The archives of a feed in pages are read too: beside a file, else from
    where the feed says that they are. The status is 1 if a guid changes or an item is gone.

    \b
    Examples:
      producer diff
      producer diff /srv/www/podcast/feed.xml
      producer diff --json | jq '.changed[].changes[].name'
    """
    from producer.publish.feed_diff import diff_feeds
    from producer.publish.feed_diff_text import render_diff
    from producer.publish.publication import feed_of_folder

    workspace = open_workspace(root)
    folder = out_folder(workspace, out)
    status = _build(workspace, folder)
    diff = diff_feeds(_published(workspace, feed), feed_of_folder(folder))
    if as_json:
        click.echo(json.dumps(diff.as_json(), ensure_ascii=False, indent=2))
    else:
        click.echo(render_diff(diff), nl=False)
        if not diff:
            click.echo("nothing changes for subscribers", err=True)
    return max(status, int(diff.is_grave))


def _build(workspace: Workspace, folder: Path) -> int:
    report = build_all(workspace, folder)
    if has_errors(report.problems):
        print_problems([p for p in report.problems if p.severity.value == "error"])
        click.echo(f"built with {count_line(report.problems)}", err=True)
    return exit_status(report.problems)


def _published(workspace: Workspace, feed: str | None) -> "Summary":
    """The published feed with its archives."""
    from producer.feed.rss import FEED_NAME
    from producer.publish.feed_archives import with_archives
    from producer.publish.feed_summary import summary_of
    from producer.publish.redact import redacted

    if feed is None and not workspace.show.base_url:
        raise WorkspaceError("the show has no `base_url`", hint="name a FEED to compare with")
    name = workspace.show.url(FEED_NAME) if feed is None else feed
    shown = "stdin" if name == _STDIN else name
    try:
        return summary_of(
            with_archives(shown, _read(name), lambda address: _archive(address, name))
        )
    except InputError as error:
        hint = "name a FEED to compare with" if feed is None else error.hint
        raise InputError(redacted(error.message), hint=hint) from error


def _archive(address: str, feed: str) -> bytes:
    """An archive at the address that a feed states: beside a file, else on the web."""
    from producer.io.fetch import is_url
    from producer.publish.feed_archives import address_of

    try:
        url = address_of(address, feed)
        file_name = PurePosixPath(unquote(urlsplit(address).path)).name
    except ValueError:
        url = file_name = ""
    if file_name and feed != _STDIN and not is_url(feed):
        beside = Path(feed).absolute().with_name(file_name)
        if beside.is_file():
            return _read(str(beside))
    if not is_url(url):
        raise InputError(f"{address}: is no address of an archive")
    return _read(url)


def _read(name: str) -> bytes:
    from producer.feed_check.parse import MAX_BYTES
    from producer.io.fetch import fetch, is_url
    from producer.io.files import read_bytes

    if name == _STDIN:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    return fetch(name).data if is_url(name) else read_bytes(Path(name), limit=MAX_BYTES)
