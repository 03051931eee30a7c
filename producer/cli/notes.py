"""`producer notes`."""

from pathlib import Path

import click

from producer.build.images import image_reference
from producer.build.text_outputs import notes_html, notes_markdown
from producer.cli.load import derived_or_exit, load_one, status_of
from producer.cli.options import episode_argument, root_option
from producer.cli.report import exit_status, print_problems
from producer.render.environment import Templates
from producer.render.views import episode_context
from producer.render.youtube_description import youtube_description


@click.command()
@episode_argument
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["markdown", "html", "youtube"]),
    default="markdown",
    show_default=True,
    help="markdown, safe html, or the text of a YouTube description.",
)
@root_option
def command(episode: str, format_name: str, root: Path | None) -> int:
    """Print the show notes of an episode.

    \b
    Examples:
      producer notes s01e01 > notes.md
      producer notes s01e01 --format youtube | pbcopy
    """
    workspace, loaded = load_one(root, episode)
    derived = derived_or_exit(workspace, loaded)
    _, image_url = image_reference(workspace, derived.episode.image)
    context = episode_context(derived, None, image_url)
    templates = Templates(workspace.templates)
    status = status_of(workspace, loaded)
    if format_name == "youtube":
        text, problems = youtube_description(derived, context, templates)
        print_problems(problems)
        status = max(status, exit_status(problems))
    else:
        text = notes_markdown(context, templates)
        if format_name == "html":
            text = notes_html(context, templates, text)
    click.echo(text, nl=False)
    return status
