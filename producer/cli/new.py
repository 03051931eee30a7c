"""`producer new`."""

import datetime
import uuid
from pathlib import Path

import click

from producer.captions.caption import Caption, parse_listing
from producer.captions.youtube import fetch_captions
from producer.cli.options import open_workspace, root_option
from producer.errors import InputError, WorkspaceError
from producer.io.files import read_bytes, write_bytes
from producer.io.workspace import Workspace
from producer.new_episode import new_episode, next_numbers
from producer.render.environment import Templates
from producer.youtube_url import is_video_id, video_id_of


@click.command()
@click.argument("slug", required=False)
@click.option("--video", metavar="ID", help="A YouTube id or URL; its captions become the draft.")
@click.option(
    "--from",
    "listing",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Captions as a listing, `M:SS text` a line, instead of YouTube's.",
)
@root_option
def command(slug: str | None, video: str | None, listing: Path | None, root: Path | None) -> int:
    """Start an episode file, from captions if there are any.

    Writes episodes/SLUG.md with a new guid, the next free number and the captions as paragraphs
    with times. Without a SLUG the number is the name: s01e03. A file that is there already is
    never overwritten.

    \b
    Examples:
      producer new s01e03-soap-boilers --video abcdefghijk
      producer new s01e03-soap-boilers --from captions.txt
    """
    workspace = open_workspace(root)
    numbers = next_numbers(_numbers(workspace))
    if slug is None:
        slug = f"s{numbers['season']:02}e{numbers['episode']:02}"
    slug = slug.removesuffix(".md")
    if not slug or slug.startswith(("_", ".")) or "/" in slug or "\\" in slug:
        raise click.UsageError(f"{slug!r} cannot be the name of an episode")
    path = workspace.episodes_folder / f"{slug}.md"
    if path.exists():
        raise WorkspaceError(f"{workspace.shown(path)} is there already", hint="name it otherwise")
    video_id = _video_id(video)
    text = new_episode(
        Templates(workspace.templates),
        workspace.show,
        guid=str(uuid.uuid4()),
        date=datetime.datetime.now(datetime.UTC).date().isoformat(),
        video_id=video_id,
        captions=_captions(workspace, video_id, listing),
        numbers=numbers,
    )
    write_bytes(path, text.encode())
    click.echo(workspace.shown(path))
    return 0


def _video_id(video: str | None) -> str | None:
    if video is None:
        return None
    video_id = video if is_video_id(video) else video_id_of(video)
    if video_id is None:
        raise click.UsageError(f"{video!r} is no YouTube id, nor a URL with one")
    return video_id


def _captions(
    workspace: Workspace, video_id: str | None, listing: Path | None
) -> tuple[Caption, ...]:
    if listing is not None:
        try:
            return parse_listing(read_bytes(listing).decode("utf-8-sig"))
        except ValueError as error:
            raise InputError(f"{listing}: {error}", hint="one caption a line: 1:23 text") from error
    return fetch_captions(video_id, workspace.show.language) if video_id else ()


def _numbers(workspace: Workspace) -> list[tuple[int | None, int | None]]:
    episodes = (workspace.read_episode(s, p)[0] for s, p in workspace.episode_paths.items())
    return [(episode.season, episode.number) for episode in episodes if episode]
