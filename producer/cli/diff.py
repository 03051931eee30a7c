"""`producer diff`."""

import json
import sys
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import click

from producer.cli.building import build_all
from producer.cli.options import json_option, open_workspace, out_folder, out_option, root_option
from producer.cli.report import count_line, exit_status, print_problems
from producer.errors import InputError, WorkspaceError
from producer.io.workspace import Workspace
from producer.problems import has_errors


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
    from producer.publish.feed_summary import summarize
    from producer.publish.publication import feed_of_folder

    workspace = open_workspace(root)
    folder = out_folder(workspace, out)
    status = _build(workspace, folder)
    name, documents = _published(workspace, feed)
    diff = diff_feeds(summarize(name, documents), feed_of_folder(folder))
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


def _published(workspace: Workspace, feed: str | None) -> tuple[str, list[bytes]]:
    """The name of the published feed, without secrets, and its bytes with those of its archives."""
    from producer.feed.rss import FEED_NAME
    from producer.feed_check.parse import MAX_BYTES
    from producer.io.fetch import fetch, is_url
    from producer.io.files import read_bytes
    from producer.publish.feed_archives import address_of, with_archives
    from producer.publish.redact import redacted

    if feed is None and not workspace.show.base_url:
        raise WorkspaceError("the show has no `base_url`", hint="name a FEED to compare with")
    name = workspace.show.url(FEED_NAME) if feed is None else feed
    shown = "stdin" if name == "-" else redacted(name)

    def load(address: str) -> bytes:
        """An archive."""
        try:
            file_name = PurePosixPath(unquote(urlsplit(address).path)).name
            url = address_of(address, name)
        except ValueError:
            raise InputError(f"{shown}: its archive {address} has no address") from None
        if name != "-" and not is_url(name) and file_name:
            beside = Path(name).with_name(file_name)
            if beside.is_file():
                return read_bytes(beside, limit=MAX_BYTES)
        if not is_url(url):
            raise InputError(f"{shown}: its archive {address} is not there")
        return fetch(url).data

    try:
        if name == "-":
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            data = fetch(name).data if is_url(name) else read_bytes(Path(name), limit=MAX_BYTES)
        return shown, with_archives(shown, data, load)
    except InputError as error:
        hint = "name a FEED to compare with" if feed is None else error.hint
        raise InputError(redacted(error.message), hint=hint) from error
