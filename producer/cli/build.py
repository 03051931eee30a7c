"""`producer build`."""

import json
import os
import time
from pathlib import Path

import click

from producer.build.engine import build
from producer.build.report import BuildReport
from producer.build.writer import BuildSettings
from producer.cli.options import (
    episodes_argument,
    json_option,
    open_workspace,
    out_folder,
    out_option,
    root_option,
    select,
)
from producer.cli.report import (
    count_line,
    exit_status,
    print_failure,
    print_problems,
    progress,
)


@click.command()
@episodes_argument
@out_option
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    default=os.cpu_count() or 1,
    help="Episodes to build side by side. Default: one for each core.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Give the work to the Dask cluster of this scheduler. Its workers must see the workspace.",
)
@click.option("--no-audio", is_flag=True, help="Leave the sound alone: texts, pages and feed only.")
@click.option("--dry-run", is_flag=True, help="Print what would be written, and why.")
@click.option("--force", is_flag=True, help="Build everything, changed or not.")
@json_option("A summary as a JSON object on stdout.")
@root_option
def command(
    episodes: tuple[str, ...],
    out: Path | None,
    jobs: int,
    scheduler: str | None,
    no_audio: bool,
    dry_run: bool,
    force: bool,
    as_json: bool,
    root: Path | None,
) -> int:
    """Build everything that changed.

    Writes chapters, transcripts, show notes, pages, clips and audio of each episode into
    build/EPISODE/, then the index page, and the feed last. An episode that cannot be read is
    reported; the others are built all the same.

    \b
    Examples:
      producer build
      producer build s01e01 --no-audio
      producer build --root ~/my-show --out /tmp/site
      producer build --dry-run                 what would be written, and why
      producer build --scheduler tcp://10.0.0.5:8786
    """
    started = time.monotonic()
    workspace = open_workspace(root, episodes)
    settings = BuildSettings(out_folder(workspace, out), not no_audio, dry_run, force)
    only = select(workspace, episodes) if episodes else None
    with progress("building") as (on_start, on_episode):
        report = build(
            workspace,
            settings,
            only=only,
            jobs=jobs,
            scheduler=scheduler,
            on_start=on_start,
            on_episode=on_episode,
            on_wait=lambda: click.echo("another build is running: waiting for it", err=True),
        )
    print_problems(report.problems)
    if as_json:
        click.echo(json.dumps(_summary(report), ensure_ascii=False, indent=2))
    elif dry_run:
        for path, why in report.written.items():
            click.echo(f"write {path}\t{why}")
        for path, why in report.removed.items():
            click.echo(f"delete {path}\t{why}")
    place = workspace.shown(settings.out)
    click.echo(_summary_line(report, place, time.monotonic() - started, dry_run), err=True)
    for failure in report.failures:
        print_failure(failure)
    return 2 if report.failures else exit_status(report.problems)


def _summary(report: BuildReport) -> dict[str, object]:
    return {
        "episodes": report.episodes,
        "unchanged": report.unchanged,
        "written": list(report.written),
        "removed": list(report.removed),
        "reasons": {**report.written, **report.removed},
        "problems": [problem.as_json() for problem in report.problems],
    }


def _summary_line(report: BuildReport, place: str, seconds: float, dry_run: bool) -> str:
    plural = "" if report.episodes == 1 else "s"
    parts = [f"{report.episodes} episode{plural}, {report.unchanged} unchanged"]
    files = len(report.written)
    if files or report.removed:
        verb = "to write" if dry_run else "written"
        parts.append(f"{files} file{'' if files == 1 else 's'} {verb} to {place}/")
        if report.removed:
            parts.append(f"{len(report.removed)} deleted")
    else:
        parts.append("nothing to do")
    if found := count_line(report.problems):
        parts.append(found)
    return f"{'; '.join(parts)} ({seconds:.1f} s)"
