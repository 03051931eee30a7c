"""`producer publish`."""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from producer.cli.building import build_all
from producer.cli.options import json_option, open_workspace, out_folder, out_option, root_option
from producer.cli.report import count_line, exit_status, print_problems
from producer.io.workspace import CONFIG_NAME, Workspace
from producer.problems import Problem, has_errors

if TYPE_CHECKING:
    from producer.publish.publication import Publication


class _Options(NamedTuple):
    """What the user asked for."""

    dry_run: bool
    prune: bool
    yes: bool
    verify: bool
    break_lock: bool
    as_json: bool


@click.command()
@click.argument("target", required=False, metavar="[TARGET]")
@click.option("--dry-run", is_flag=True, help="Print what would be sent, and send nothing.")
@click.option("--prune", is_flag=True, help="Delete what is no part of the show any more.")
@click.option("--verify", is_flag=True, help="Load the public feed, and ask for new enclosures.")
@click.option("--yes", is_flag=True, help="Delete, and let guids change and episodes go, unasked.")
@click.option("--break-lock", is_flag=True, help="Take over from a publisher that died.")
@click.option("--force-push", is_flag=True, help="Git: one commit that replaces the branch.")
@json_option("A summary as a JSON object on stdout.")
@out_option
@root_option
def command(
    target: str | None,
    dry_run: bool,
    prune: bool,
    verify: bool,
    yes: bool,
    break_lock: bool,
    force_push: bool,
    as_json: bool,
    out: Path | None,
    root: Path | None,
) -> int:
    """Build, and send what differs to a target: media first, feed last.

    TARGET is a folder, s3://BUCKET/PREFIX, sftp://HOST/PATH, gs://..., az://..., rsync:HOST:PATH
    or git:REMOTE#BRANCH; by default `publish` of podcast.yaml. Nothing is sent while the feed or an
    episode has errors. Each file is verified before the feed goes; if anything fails the feed that
    stands stays, and the next run goes on from there. Prints the paths that were sent.

    \b
    Examples:
      producer publish /srv/www/podcast
      producer publish s3://my-bucket/podcast --dry-run
      producer publish git:origin#gh-pages --verify
    """
    from producer.publish.targets import Context

    workspace = open_workspace(root)
    settings = workspace.show.publish
    folder = out_folder(workspace, out)
    options = _Options(dry_run, prune, yes, verify or settings.verify, break_lock, as_json)
    address = _address(workspace, target)
    problems = _build(workspace, folder)
    print_problems(problems)
    if has_errors(tuple(problems)):
        click.echo(f"not published: {count_line(problems)}", err=True)
        return 1
    context = Context(
        root=workspace.root,
        out=folder,
        endpoint=settings.endpoint,
        region=settings.region,
        force_push=force_push,
    )
    return _publish(workspace, folder, address, context, options)


def _address(workspace: Workspace, target: str | None) -> Any:
    """The target that is named, or the show's own; relative folders from here, or from the show."""
    from producer.publish.address import parse_address

    if target is not None:
        return parse_address(target, Path.cwd())
    if not workspace.show.publish.target:
        raise click.UsageError(f"name a TARGET, or give one as `publish` in {CONFIG_NAME}")
    return parse_address(workspace.show.publish.target, workspace.root)


def _build(workspace: Workspace, folder: Path) -> list[Problem]:
    """Build, and hold the feed against the rules as if there were no other one."""
    from producer.publish.gate import feed_errors

    report = build_all(workspace, folder)
    if workspace.has_broken_show:
        return report.problems
    found = feed_errors(workspace, folder)
    # The build may have said the same of them, as warnings.
    said = {(problem.code, problem.path, problem.line) for problem in found}
    kept = [p for p in report.problems if (p.code, p.path, p.line) not in said]
    return [*kept, *found]


def _publish(
    workspace: Workspace, folder: Path, address: Any, context: Any, options: _Options
) -> int:
    from contextlib import ExitStack

    from producer.cli.publish_report import hashing, print_plan
    from producer.publish.files import build_files
    from producer.publish.lock import locked
    from producer.publish.publication import prepare
    from producer.publish.targets import open_target

    with ExitStack() as stack:
        target = open_target(address, context)
        stack.callback(target.close)
        with hashing() as on_bytes:
            files = build_files(folder, on_bytes)
        lock = None
        if not (options.dry_run or target.is_atomic):
            lock = stack.enter_context(locked(target, time.time, by_force=options.break_lock))
        publication = prepare(target, files, keep_days=workspace.show.publish.keep_days)
        print_plan(publication, prune=options.prune)
        if options.dry_run:
            return _dry_run(publication, options)
        _must_agree(publication, options)
        sent = _send(publication, options, lock)
    return _afterwards(workspace, folder, publication, sent, options)


def _dry_run(publication: "Publication", options: _Options) -> int:
    from producer.cli.publish_report import summary, summary_line

    if options.as_json:
        click.echo(json.dumps(summary(publication, options.prune), ensure_ascii=False, indent=2))
    else:
        for upload in publication.plan.uploads:
            click.echo(upload.file.path)
        for orphan in publication.doomed if options.prune else ():
            click.echo(f"delete {orphan.path}")
    click.echo(summary_line(publication, prune=options.prune, dry_run=True), err=True)
    return 0


def _must_agree(publication: "Publication", options: _Options) -> None:
    """Ask before subscribers lose something and before files go; refuse where nobody can answer."""
    from producer.publish.errors import PublishError

    questions = []
    if publication.diff.is_grave:
        questions.append("guids change or episodes vanish for subscribers")
    if options.prune and publication.doomed:
        questions.append(f"{len(publication.doomed)} files are to be deleted")
    if not questions or options.yes:
        return
    said = "; ".join(questions)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise PublishError(f"not published: {said}", hint="run it with --yes if that is meant")
    if not click.confirm(f"{said}: go on?", err=True):
        raise PublishError("not published")


def _send(publication: "Publication", options: _Options, lock: Any) -> list[str]:
    from producer.cli.publish_report import sending

    doomed = publication.doomed if options.prune else ()
    sent: list[str] = []

    def note(path: str) -> None:
        sent.append(path)
        if not options.as_json:
            click.echo(path)

    with sending(publication.plan) as hooks:
        publication.carry_out(doomed=doomed, lock=lock, hooks=hooks(note))
    return sent


def _afterwards(
    workspace: Workspace,
    folder: Path,
    publication: "Publication",
    sent: Sequence[str],
    options: _Options,
) -> int:
    """Look from outside, tell others, and say what is left to do by hand."""
    from producer.cli.publish_report import summary, summary_line
    from producer.publish.paste import lines_to_paste

    click.echo(summary_line(publication, prune=options.prune, dry_run=False), err=True)
    show = workspace.show
    problems: Sequence[Problem] = ()
    failure = ""
    if options.verify and show.base_url:
        failure, problems = _verify(workspace, folder, publication)
    told = [] if failure or not publication.sends_feed else _notify(workspace)
    print_problems(problems)
    if failure:
        click.echo(f"not verified: {failure}", err=True)
    elif options.verify and show.base_url and not has_errors(tuple(problems)):
        click.echo(f"verified: {show.base_url}", err=True)
    new = publication.diff.new if publication.sends_feed else ()
    for line in lines_to_paste(new, show.base_url, folder, workspace.shown(folder)):
        click.echo(line, err=True)
    if options.as_json:
        report = {
            **summary(publication, options.prune),
            "sent": list(sent),
            "problems": [problem.as_json() for problem in problems],
            "not_verified": failure,
            "told": [{"url": url, "failure": said} for url, said in told],
        }
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    return max(exit_status(problems), int(bool(failure)))


def _verify(
    workspace: Workspace, folder: Path, publication: "Publication"
) -> tuple[str, Sequence[Problem]]:
    from producer.feed.rss import FEED_NAME
    from producer.io.fetch import fetch, probe
    from producer.io.files import read_bytes
    from producer.publish.verify import verify_public

    if not (folder / FEED_NAME).is_file():
        return "there is no feed", ()
    verdict = verify_public(
        workspace.show.url(FEED_NAME),
        read_bytes(folder / FEED_NAME),
        publication.built.enclosures - publication.published.enclosures,
        fetch=fetch,
        probe=probe,
        sleep=time.sleep,
    )
    return verdict.failure, verdict.problems


def _notify(workspace: Workspace) -> list[tuple[str, str]]:
    from producer.feed.rss import FEED_NAME
    from producer.publish.notify import notify_all

    show = workspace.show
    hubs = tuple(dict.fromkeys((*show.feed.hubs, *show.publish.hubs)))
    told = []
    if show.base_url:
        for url, failure in notify_all(show.url(FEED_NAME), hubs, show.publish.podping):
            told.append((url, failure))
            click.echo(f"{url}: {f'not told: {failure}' if failure else 'told'}", err=True)
    return told
