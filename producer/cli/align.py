"""`producer align`."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from producer.align.alignment import align_lines
from producer.align.edits import TimeStyle, time_edits
from producer.align.retime import Retiming, retime
from producer.align.turns import ParagraphTimes, habit
from producer.build.load import in_file_order
from producer.captions.caption import Caption
from producer.captions.read import CAPTION_SUFFIXES, find_captions, read_captions
from producer.check.captions import drift_problems, unplaced_problems
from producer.cli.options import episode_argument, json_option, root_option
from producer.cli.reading import read_or_exit
from producer.cli.report import exit_status, print_problems
from producer.errors import InputError
from producer.io.edits import write_edit
from producer.io.workspace import Workspace
from producer.model.episode import Episode
from producer.source.edit import apply
from producer.text import truncate_chars
from producer.times import format_clock, seconds

# How much of a line the table shows.
_WORDS_CHARS = 48


@click.command()
@episode_argument
@click.option(
    "--captions",
    "captions_path",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The captions. Default: the file in episodes/captions/ that is named after the episode.",
)
@click.option("--write", is_flag=True, help="Write the times into the episode's file.")
@click.option(
    "--paragraph-times",
    type=click.Choice([each.value for each in ParagraphTimes]),
    help="Later paragraphs of a turn get the turn's time, or their own. Default: as the episode.",
)
@click.option("--only-missing", is_flag=True, help="Leave lines alone that have a time.")
@click.option(
    "--from-line",
    type=click.IntRange(min=1),
    metavar="N",
    help="Leave lines alone that stand above line N of the file.",
)
@json_option("As a JSON array with an object a line, times in seconds.")
@root_option
def command(
    episode: str,
    captions_path: Path | None,
    write: bool,
    paragraph_times: str | None,
    only_missing: bool,
    from_line: int | None,
    as_json: bool,
    root: Path | None,
) -> int:
    """Give every line its time from the captions.

    Prints the line of the file, the time there and the new one, how sure it is (0 to 100 %) and
    the first words. Lines that could not be placed keep what they have and are listed, and so
    are times that are far from the captions. --write changes `sec` and `time` alone.

    \b
    Examples:
      producer align s01e01
      producer align s01e01 --captions captions.txt --write && git diff --stat
      producer align s01e01 --only-missing --write
    """
    workspace, path, found, problems = read_or_exit(root, episode)
    captions = _captions(workspace, found.slug, captions_path)
    alignment = align_lines(found.lines, captions)
    retimings = retime(
        found.transcript,
        alignment,
        ParagraphTimes(paragraph_times) if paragraph_times else habit(found.transcript),
        only_missing=only_missing,
        from_position=_position(found, from_line),
    )
    if write:
        changed = write_edit(path, found.source, apply(found.source, time_edits(found, retimings)))
        said = "times written" if changed else "times unchanged"
        click.echo(f"{found.source.path}: {said}", err=True)
    elif not as_json:
        _print_table(found, retimings)
    if as_json:
        style = TimeStyle.of(found)
        rows = [_as_json(found, style, retiming) for retiming in retimings]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    unplaced = tuple(unplaced_problems(found, retimings))
    drifts = () if write else tuple(drift_problems(found, alignment))
    print_problems(in_file_order((*unplaced, *drifts)))
    if unplaced:
        count = f"{len(unplaced)} of {len(retimings)} lines"
        click.echo(f"{count} could not be placed and keep what they have", err=True)
    return exit_status(problems)


def _captions(workspace: Workspace, slug: str, given: Path | None) -> tuple[Caption, ...]:
    folders = workspace.caption_folders
    path = given or find_captions(folders, slug)
    if path is None:
        names = ", ".join(f"{slug}{suffix}" for suffix in CAPTION_SUFFIXES)
        raise InputError(
            f"{slug} has no captions",
            hint=f"{workspace.shown(folders[0])}/ has none of {names}; name a file with --captions",
        )
    captions = read_captions(path)
    if not captions:
        raise InputError(f"{path}: holds no captions")
    return captions


def _position(episode: Episode, from_line: int | None) -> int:
    """How many lines of the transcript stand above this line of the file."""
    if from_line is None:
        return 0
    return sum(_file_line(episode, line.index) < from_line for line in episode.lines)


def _file_line(episode: Episode, index: int) -> int:
    place = episode.position("transcript", index)
    return place[1] if place else 0


def _print_table(episode: Episode, retimings: Sequence[Retiming]) -> None:
    click.echo(f"{'line':>6}  {'time':>8}  {'new':>8}  sure  words")
    for retiming in retimings:
        sure = f"{retiming.confidence:4.0%}" if retiming.found_ms is not None else "    "
        click.echo(
            f"{_file_line(episode, retiming.line.index):>6}  {_clock(retiming.line.start_ms):>8}"
            f"  {_clock(retiming.found_ms):>8}  {sure}"
            f"  {truncate_chars(retiming.line.text, _WORDS_CHARS)}"
        )


def _as_json(episode: Episode, style: TimeStyle, retiming: Retiming) -> dict[str, Any]:
    found_ms = retiming.found_ms
    return {
        "index": retiming.line.index,
        "line": _file_line(episode, retiming.line.index),
        "who": retiming.line.who,
        "text": retiming.line.text,
        "before": _seconds(retiming.line.start_ms),
        "after": None if found_ms is None else style.sec(found_ms),
        "confidence": round(retiming.confidence, 3),
        "elsewhere": _seconds(retiming.elsewhere_ms),
    }


def _seconds(ms: int | None) -> int | float | None:
    return None if ms is None else seconds(ms)


def _clock(ms: int | None) -> str:
    return "-" if ms is None else format_clock(ms)
