"""`producer chapters`."""

from pathlib import Path

import click

from producer.cli.load import derived_or_exit, load_one, status_of
from producer.cli.options import episode_argument, root_option
from producer.derive.timeline import Timeline
from producer.formats.chapters import CHAPTER_FORMATS, ChapterContext


@click.command()
@episode_argument
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(CHAPTER_FORMATS)),
    default="youtube",
    show_default=True,
    help="How to write them.",
)
@click.option(
    "--timeline",
    type=click.Choice([timeline.value for timeline in Timeline]),
    help="Count from the start of the video or of the audio. Default: as the format is used.",
)
@root_option
def command(episode: str, format_name: str, timeline: str | None, root: Path | None) -> int:
    """Print the chapters of an episode.

    The youtube format is ready to paste into a description: it begins at 0:00, and chapters under
    10 seconds are merged. The others have every header.

    \b
    Examples:
      producer chapters s01e01
      producer chapters s01e01 --format ffmetadata > chapters.ini
      producer chapters s01e01 --format csv --timeline audio
    """
    workspace, loaded = load_one(root, episode)
    derived = derived_or_exit(workspace, loaded)
    chosen = CHAPTER_FORMATS[format_name]
    on = Timeline(timeline) if timeline else chosen.timeline
    if format_name == "youtube":
        if on is Timeline.AUDIO:
            raise click.UsageError("the youtube format is for the video: use --format markdown")
        chapters = derived.youtube_chapters
    else:
        chapters = derived.audio_chapters if on is Timeline.AUDIO else derived.chapters
    context = ChapterContext(derived.episode.title, derived.show.title, derived.episode.youtube_id)
    click.echo(chosen.render(chapters, context), nl=False)
    return status_of(workspace, loaded)
