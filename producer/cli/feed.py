"""`producer feed`."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from producer.cli.options import out_folder, out_option, problem_options, root_option
from producer.cli.report import count_line, exit_status, print_problems, progress
from producer.errors import WorkspaceError
from producer.formats.problems import PROBLEM_FORMATS
from producer.io.workspace import CONFIG_NAME, Workspace
from producer.problems import Problem

if TYPE_CHECKING:
    from producer.model.image import ImageFacts


class _Options(NamedTuple):
    """How a check is done and shown."""

    online: bool
    strict: bool
    format_name: str


@click.command()
@click.argument("feed", required=False, metavar="[FEED]")
@click.option("--check", is_flag=True, help="Check a feed; write nothing.")
@click.option("--online", is_flag=True, help="With --check: ask the servers for each enclosure.")
@problem_options
@out_option
@root_option
def command(
    feed: str | None,
    check: bool,
    online: bool,
    strict: bool,
    format_name: str,
    as_json: bool,
    out: Path | None,
    root: Path | None,
) -> int:
    """Write build/feed.xml, or check that it is up to date.

    A feed names the sound with its length in bytes, so what it names is built first. With --check
    nothing is written; the status is 1 if the feed is missing or not what a build would write, or
    breaks a rule of Apple, Spotify, YouTube, PSP-1 or Podcasting 2.0. A FEED, which is a file, an
    address, or - for stdin, is held against the same rules, and needs no show around it.

    \b
    Examples:
      producer feed
      producer feed --check && rsync -a build/ host:/srv/podcast/
      producer feed --check https://example.org/feed.xml
      producer feed --check --online --json feed.xml | jq '.[].code'
    """
    if not check and (feed is not None or online or strict or as_json or format_name != "text"):
        raise click.UsageError("that goes with --check: without it, the feed is written")
    options = _Options(online, strict, "json" if as_json else format_name)
    if feed is not None:
        return _check_any(feed, options)
    from producer.cli.options import open_workspace

    workspace = open_workspace(root)
    if not workspace.show.has_feed and not workspace.show_problems:
        raise WorkspaceError(
            f"there is no {CONFIG_NAME} in {workspace.root}",
            hint="a feed needs title, link, description, image and base_url from it",
        )
    folder = out_folder(workspace, out)
    return _check_own(workspace, folder, options) if check else _write(workspace, folder)


def _write(workspace: Workspace, folder: Path) -> int:
    """Build what the feed names, and the feed."""
    from producer.build.feed_step import can_feed
    from producer.feed.rss import FEED_NAME

    problems, _ = _build(workspace, folder, dry_run=False)
    print_problems(problems)
    status = exit_status(problems)
    if not can_feed(workspace):
        return max(status, 1)
    click.echo(str(folder / FEED_NAME))
    return status


def _check_own(workspace: Workspace, folder: Path, options: _Options) -> int:
    """Whether the show's feed is up to date, and what the rules say of it."""
    from producer.build.feed_step import can_feed
    from producer.build.show_checks import read_image
    from producer.feed.rss import FEED_NAME
    from producer.io.files import read_bytes

    built, stale = _build(workspace, folder, dry_run=True)
    path = folder / FEED_NAME
    problems = [*built]
    checked = can_feed(workspace) and path.is_file()
    if checked:
        url = workspace.show.url(FEED_NAME)
        # The picture as a build looks at it: what a build would refuse, is not said to be well.
        picture, _ = read_image(workspace, workspace.show, workspace.show.image)
        problems += _check(workspace.shown(path), read_bytes(path), url, options, picture)
    _show(problems, workspace.shown(path) if checked else "", options)
    status = exit_status(problems, strict=options.strict)
    if not can_feed(workspace):
        return max(status, 1)
    if stale:
        click.echo(f"{path}: out of date: {stale} files to write", err=True)
        return max(status, 1)
    if options.format_name == "text":
        click.echo(str(path))
    return status


def _build(workspace: Workspace, folder: Path, *, dry_run: bool) -> tuple[Sequence[Problem], int]:
    """The problems that a build meets, and how many files it writes or would write."""
    from producer.build.engine import build
    from producer.build.writer import BuildSettings

    with progress("building") as (on_start, on_episode):
        report = build(
            workspace,
            BuildSettings(folder, dry_run=dry_run),
            on_start=on_start,
            on_episode=on_episode,
        )
    return report.problems, len(report.written)


def _check_any(feed: str, options: _Options) -> int:
    """Check a feed from a file, stdin or the web."""
    from producer.feed_check.parse import MAX_BYTES
    from producer.io.fetch import fetch, is_url
    from producer.io.files import read_bytes

    if is_url(feed):
        fetched = fetch(feed)
        if fetched.redirects:
            click.echo(f"{feed}: redirects to {fetched.url}", err=True)
        problems = _check(feed, fetched.data, fetched.url, options)
    elif feed == "-":
        # A byte more than is checked, so that what is too long shows as such.
        problems = _check("stdin", sys.stdin.buffer.read(MAX_BYTES + 1), "", options)
    else:
        problems = _check(feed, read_bytes(Path(feed), limit=MAX_BYTES), "", options)
    _show(problems, feed, options)
    return exit_status(problems, strict=options.strict)


def _check(
    path: str,
    data: bytes,
    feed_url: str,
    options: _Options,
    picture: "ImageFacts | None" = None,
) -> tuple[Problem, ...]:
    """What the rules say, and the servers if they are to be asked."""
    import datetime

    from producer.feed_check.check import problems_of, read_feed
    from producer.feed_check.online import check_enclosures
    from producer.feed_check.parse import parse
    from producer.io.fetch import probe

    document = parse(path, data)
    feed = read_feed(document, datetime.datetime.now(datetime.UTC), feed_url, picture)
    problems = problems_of(document, feed)
    if not options.online or feed is None:
        return problems
    with progress("asking") as (on_start, on_answer):
        on_start(len({enclosure.get("url") for enclosure in feed.every("enclosure")}))
        asked = check_enclosures(document, feed, probe, on_answer)
    both = (*problems, *asked)
    return tuple(sorted(both, key=lambda problem: (problem.line, problem.column)))


def _show(problems: Sequence[Problem], name: str, options: _Options) -> None:
    """The problems, and for people a line that counts them, if `name` was there to check."""
    if options.format_name != "text":
        click.echo(PROBLEM_FORMATS[options.format_name](problems), nl=False)
        return
    print_problems(problems)
    if name:
        click.echo(f"{name} checked: {count_line(problems) or 'nothing to mend'}", err=True)
