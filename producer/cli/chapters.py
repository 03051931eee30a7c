"""`producer chapters`."""

import sys
from pathlib import Path

import click

from producer.chapter_lists import read_chapter_list
from producer.chapter_lists.placing import header_edits, place_chapters
from producer.cli.imported import print_import_problems
from producer.cli.load import derived_or_exit, load_one, status_of
from producer.cli.options import episode_argument, root_option
from producer.derive.derived import Derived
from producer.derive.timeline import Timeline
from producer.formats.chapters import CHAPTER_FORMATS, ChapterContext
from producer.imports.content import MAX_BYTES
from producer.io.edits import write_edit
from producer.io.files import read_bytes
from producer.source.diff import unified_diff
from producer.source.edit import apply

_STDIN = Path("-")


@click.command()
@episode_argument
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(CHAPTER_FORMATS)),
    help="How to write them.  [default: youtube]",
)
@click.option(
    "--timeline",
    type=click.Choice([timeline.value for timeline in Timeline]),
    help="Count from the start of the video or of the audio. Default: as the format is used.",
)
@click.option(
    "--import",
    "listed",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Show the headers that a list of chapters puts into the episode.",
)
@click.option("--write", is_flag=True, help="With --import: write them into the episode.")
@root_option
def command(
    episode: str,
    format_name: str | None,
    timeline: str | None,
    listed: Path | None,
    write: bool,
    root: Path | None,
) -> int:
    """Print the chapters of an episode, or take headers from a list of chapters.

    The youtube format is ready to paste into a description: it begins at 0:00, and chapters under
    10 seconds are merged. The others have every header.

    --import reads a list as people write it, `1:12 Title` or `Title (1:12)`, alone or in a video's
    description, and every format that this command prints. Each header
    goes before the first line that is said at its time or later. Headers that are there stay.

    \b
    Examples:
      producer chapters s01e01
      producer chapters s01e01 --format ffmetadata > chapters.ini
      producer chapters s01e01 --format csv --timeline audio
      producer chapters s01e01 --import description.txt --write
    """
    on = Timeline(timeline) if timeline else None
    if listed is not None:
        if format_name is not None:
            raise click.UsageError("--import finds out the format itself: leave --format out")
        return _take(root, episode, listed, on, write=write)
    if write:
        raise click.UsageError("--write goes with --import only")
    workspace, loaded = load_one(root, episode)
    derived = derived_or_exit(workspace, loaded)
    click.echo(_rendered(derived, format_name or "youtube", on), nl=False)
    return status_of(workspace, loaded)


def _rendered(derived: Derived, format_name: str, timeline: Timeline | None) -> str:
    chosen = CHAPTER_FORMATS[format_name]
    on = timeline or chosen.timeline
    if format_name == "youtube":
        if on is Timeline.AUDIO:
            raise click.UsageError("the youtube format is for the video: use --format markdown")
        chapters = derived.youtube_chapters
    else:
        chapters = derived.audio_chapters if on is Timeline.AUDIO else derived.chapters
    context = ChapterContext(derived.episode.title, derived.show.title, derived.episode.youtube_id)
    return chosen.render(chapters, context)


def _take(
    root: Path | None, name: str, listed: Path, timeline: Timeline | None, *, write: bool
) -> int:
    """Show the diff that a list makes, and write it if asked to."""
    workspace, loaded = load_one(root, name)
    derived = derived_or_exit(workspace, loaded)
    shown, data = _read(listed)
    found = read_chapter_list(shown, data)
    print_import_problems(shown, found.problems)
    before = derived.episode.source
    placings = place_chapters(derived.episode, derived.chapters, found, timeline or found.timeline)
    after = apply(before, header_edits(placings), document=derived.episode.document)
    click.echo(unified_diff(before, after), nl=False)
    count = len(placings)
    what = f"{count} header{'' if count == 1 else 's'} of {len(found.chapters)} in the list"
    if write:
        _, path = workspace.episode_path(name)
        write_edit(path, before, after)
        click.echo(f"{before.path}: {what} written", err=True)
    else:
        click.echo(f"{before.path}: {what} to write", err=True)
    return status_of(workspace, loaded)


def _read(listed: Path) -> tuple[str, bytes]:
    """The file as messages show it, and its bytes."""
    if listed == _STDIN:
        # A byte more than is read at all, so that too much is refused and not cut.
        return "standard input", sys.stdin.buffer.read(MAX_BYTES + 1)
    return str(listed), read_bytes(listed, limit=MAX_BYTES)
