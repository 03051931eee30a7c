"""What `producer publish` says: the changes to come, progress with its rate, the summary."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import Any

import click

from producer.publish.feed_diff_text import render_diff
from producer.publish.plan import Plan
from producer.publish.publication import Publication
from producer.publish.transfer import Hooks

_UNITS = ("bytes", "kB", "MB", "GB", "TB")


def print_plan(publication: Publication, *, prune: bool) -> None:
    """What subscribers will see change, and what is no part of the show any more."""
    click.echo(render_diff(publication.diff), err=True, nl=False)
    for orphan in publication.plan.orphans:
        left = orphan.days_left
        if prune and orphan.is_due:
            click.echo(f"to delete: {orphan.path}", err=True)
        elif prune:
            click.echo(
                f"kept for {left} more day{'' if left == 1 else 's'}: {orphan.path}", err=True
            )


def summary(publication: Publication, prune: bool) -> dict[str, Any]:
    """The plan as plain data."""
    plan = publication.plan
    doomed = publication.doomed if prune else ()
    return {
        "target": publication.target.shown,
        "to_send": [upload.file.path for upload in plan.uploads],
        "bytes": plan.upload_bytes,
        "unchanged": len(plan.standing),
        "to_delete": [orphan.path for orphan in doomed],
        "orphans": [
            {"path": orphan.path, "days_left": orphan.days_left} for orphan in plan.orphans
        ],
        "diff": publication.diff.as_json(),
    }


def summary_line(publication: Publication, *, prune: bool, dry_run: bool) -> str:
    """`3 files sent (1.2 MB), 46 unchanged; 2 orphans`."""
    plan = publication.plan
    count = len(plan.uploads)
    parts = []
    if count:
        verb = "to send" if dry_run else "sent"
        parts.append(f"{_files(count)} {verb} ({_size(plan.upload_bytes)})")
    else:
        parts.append("nothing to send")
    parts.append(f"{len(plan.standing)} unchanged")
    doomed = len(publication.doomed) if prune else 0
    if doomed:
        parts.append(f"{_files(doomed)} {'to delete' if dry_run else 'deleted'}")
    if len(plan.orphans) > doomed:
        kept = len(plan.orphans) - doomed
        hint = "" if prune else " (--prune shows them)"
        parts.append(f"{_files(kept)} no longer part of the show{hint}")
    return f"{publication.target.shown}: {'; '.join(parts)}"


@contextlib.contextmanager
def sending(plan: Plan) -> Iterator[Callable[[Callable[[str], None]], Hooks]]:
    """A bar of bytes with their rate on a terminal; yields what makes hooks of a note of paths."""
    if not sys.stderr.isatty():
        yield lambda note: Hooks(on_sent=note)
        return
    with _bar(total=plan.upload_bytes) as bar:
        task = bar.add_task("sending", total=plan.upload_bytes)

        def hooks(note: Callable[[str], None]) -> Hooks:
            def on_sent(path: str) -> None:
                bar.update(task, description=path.rpartition("/")[2][:40])
                note(path)

            return Hooks(lambda count: bar.advance(task, count), on_sent)

        yield hooks


@contextlib.contextmanager
def hashing() -> Iterator[Callable[[int], None]]:
    """The same while files are read that were not read before."""
    if not sys.stderr.isatty():
        yield lambda count: None
        return
    with _bar(total=None) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda count: bar.advance(task, count)


def _bar(total: int | None) -> Any:
    from rich import progress as bars
    from rich.console import Console

    return bars.Progress(
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.DownloadColumn(),
        bars.TransferSpeedColumn(),
        *([bars.TimeRemainingColumn()] if total else []),
        console=Console(stderr=True),
        transient=True,
    )


def _files(count: int) -> str:
    return f"{count} file{'' if count == 1 else 's'}"


def _size(count: int) -> str:
    value = float(count)
    for unit in _UNITS:
        if value < 1000 or unit == _UNITS[-1]:
            return f"{value:.0f} {unit}" if unit == _UNITS[0] else f"{value:.1f} {unit}"
        value /= 1000
    raise AssertionError
