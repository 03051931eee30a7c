"""`producer notes`."""

from pathlib import Path

import click

from producer.build.images import image_reference
from producer.cli.load import derived_or_exit, load_one, status_of
from producer.cli.options import episode_argument, root_option
from producer.cli.report import exit_status, print_problems
from producer.model.show import SITE_GENERATORS
from producer.render.environment import Templates
from producer.render.notes import notes_html, notes_markdown, site_page
from producer.render.share import drafts_text, share_drafts
from producer.render.views import episode_context
from producer.render.youtube_description import youtube_description

# What `--format` takes besides, and the drafts that it prints.
_DRAFTS = {
    "x": "share/x.txt",
    "linkedin": "share/linkedin.txt",
    "mastodon": "share/mastodon.txt",
    "bluesky": "share/bluesky.txt",
    "newsletter": "share/newsletter.md",
    "guests": "share/guests.txt",
}


@click.command()
@episode_argument
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["markdown", "html", "youtube", *SITE_GENERATORS, *_DRAFTS]),
    default="markdown",
    show_default=True,
    help="markdown, safe html, the text of a YouTube description, a page for a site generator, "
    "posts about the clips, a block for a newsletter, or messages to the guests.",
)
@root_option
def command(episode: str, format_name: str, root: Path | None) -> int:
    """Print the show notes of an episode.

    Or another text that is made of it, such as posts about its clips.

    \b
    Examples:
      producer notes s01e01 > notes.md
      producer notes s01e01 --format youtube | pbcopy
      producer notes s01e01 --format hugo > content/podcast/s01e01.md
      producer notes s01e01 --format mastodon
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
    elif format_name in _DRAFTS:
        text = drafts_text(share_drafts(derived, context, templates).get(_DRAFTS[format_name], ()))
    else:
        text = notes_markdown(context, templates)
        if format_name == "html":
            text = notes_html(context, templates, text)
        elif format_name in SITE_GENERATORS:
            has_address = workspace.show.base_url or "://" in derived.episode.image
            public_image = image_url if has_address else ""
            text = site_page(format_name, context, templates, text, image_url=public_image)
    click.echo(text, nl=False)
    return status
