"""`producer suggest`."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from producer.cli.options import episode_argument, json_option, root_option
from producer.cli.reading import read_or_exit
from producer.cli.report import exit_status, print_failure
from producer.io.ask import AskError, ask_titles
from producer.io.workspace import Workspace
from producer.model.episode import Episode
from producer.suggest.proposals import MAX_COUNT, Proposal, propose
from producer.text import truncate_chars
from producer.times import format_clock, seconds

# How much of a line the table shows.
_WORDS_CHARS = 48


@click.command()
@episode_argument
@click.option(
    "--count",
    type=click.IntRange(1, MAX_COUNT),
    metavar="N",
    help="How many places. Default: one in 350 words, less the headers that are there.",
)
@click.option(
    "--ask",
    metavar="COMMAND",
    help="Let a command print titles: it gets the parts as JSON on stdin.",
)
@json_option("As a JSON array with an object a place, times in seconds.")
@root_option
def command(
    episode: str, count: int | None, ask: str | None, as_json: bool, root: Path | None
) -> int:
    """Propose where headers could go, with words for each.

    Prints the line of the file above which a header could stand, its time, its first words, and
    words that set apart what follows. They are hints: nothing is written, and no title is made.
    Where there are headers, only further places are proposed.

    --ask runs a command of yours, such as a language model's, with {"parts": [{"start": seconds,
    "terms": [...], "text": "..."}]} on stdin. It prints a title a line, in the order of the parts.

    \b
    Examples:
      producer suggest s01e01
      producer suggest s01e01 --count 12 --json
      producer suggest s01e01 --ask "llm -s 'A short title for each part, one a line, no more'"
    """
    workspace, _, found, problems = read_or_exit(root, episode)
    proposals = propose(
        found.transcript,
        count=count,
        host_names=_names(workspace, workspace.show.hosts),
        guest_names=_names(workspace, found.guests),
    )
    titles: Sequence[str] = ()
    failure: AskError | None = None
    if ask is not None and proposals:
        try:
            titles = ask_titles(ask, [_part(proposal) for proposal in proposals])
        except AskError as error:
            failure = error
    if as_json:
        rows = [_as_json(found, *each) for each in _titled(proposals, titles)]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        _print_table(found, proposals, titles)
    if not proposals or (count is not None and len(proposals) < count):
        click.echo(_said(found, len(proposals)), err=True)
    if failure is not None:
        print_failure(failure)
        return failure.exit_status
    return exit_status(problems)


def _names(workspace: Workspace, slugs: Sequence[str]) -> list[str]:
    people = workspace.people
    return [people[slug].name if slug in people else slug for slug in slugs]


def _titled(
    proposals: Sequence[Proposal], titles: Sequence[str]
) -> list[tuple[Proposal, str | None]]:
    given: list[str | None] = list(titles) or [None] * len(proposals)
    return list(zip(proposals, given, strict=True))


def _said(episode: Episode, count: int) -> str:
    headers = len(episode.headers)
    words = sum(line.words for line in episode.lines)
    has = f"{headers} header{'' if headers == 1 else 's'} in {words:,} words"
    what = f"only {count} further place{'' if count == 1 else 's'}" if count else "no further place"
    return f"{episode.source.path}: {what} for a header: it has {has}"


def _print_table(episode: Episode, proposals: Sequence[Proposal], titles: Sequence[str]) -> None:
    if proposals:
        click.echo(f"{'line':>6}  {'time':>8}  {'words':<{_WORDS_CHARS}}  hints")
    for proposal, title in _titled(proposals, titles):
        start = "-" if proposal.start_ms is None else format_clock(proposal.start_ms)
        words = truncate_chars(proposal.line.text, _WORDS_CHARS)
        hints = ", ".join(proposal.terms) + (f"; asked: {title}" if title else "")
        row = f"{_file_line(episode, proposal):>6}  {start:>8}  {words:<{_WORDS_CHARS}}  {hints}"
        click.echo(row.rstrip())


def _file_line(episode: Episode, proposal: Proposal) -> int:
    place = episode.position("transcript", proposal.line.index)
    return place[1] if place else 0


def _part(proposal: Proposal) -> dict[str, Any]:
    start_ms = proposal.start_ms
    return {
        "start": None if start_ms is None else seconds(start_ms),
        "terms": list(proposal.terms),
        "text": proposal.text,
    }


def _as_json(episode: Episode, proposal: Proposal, title: str | None) -> dict[str, Any]:
    start_ms = proposal.start_ms
    row: dict[str, Any] = {
        "index": proposal.line.index,
        "line": _file_line(episode, proposal),
        "start": None if start_ms is None else seconds(start_ms),
        "who": proposal.line.who,
        "words": truncate_chars(proposal.line.text, _WORDS_CHARS),
        "terms": list(proposal.terms),
    }
    return row if title is None else {**row, "title": title}
