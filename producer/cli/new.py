"""`producer new`."""

import datetime
import uuid
from pathlib import Path

import click

from producer.captions.fetched import keep
from producer.captions.youtube import default_languages, fetch_captions, video_id_in
from producer.cli.imported import print_import_problems
from producer.cli.options import open_workspace, root_option
from producer.errors import WorkspaceError
from producer.imports import ImportedTranscript, read_transcript
from producer.imports.draft import draft_entries
from producer.io.files import read_bytes, write_bytes
from producer.io.workspace import Workspace
from producer.new_episode import new_episode, next_numbers
from producer.render.environment import Templates


@click.command()
@click.argument("slug", required=False)
@click.option("--video", metavar="ID", help="A YouTube id or URL; its captions become the draft.")
@click.option(
    "--from",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A transcript or captions in a file, instead of YouTube's.",
)
@root_option
def command(slug: str | None, video: str | None, file: Path | None, root: Path | None) -> int:
    """Start an episode file, from captions if there are any.

    Writes episodes/SLUG.md with a new guid, the next free number and the captions as paragraphs
    with times. Without a SLUG the number is the name: s01e03. What was fetched or read is kept in
    episodes/captions/. A file that is there already is never overwritten.

    FILE may be WebVTT, SRT, a Word document (.docx), JSON of Podcasting 2.0, Whisper, WhisperX or
    `producer fetch`, text from Otter, a copy of YouTube's transcript panel, or a listing with a
    line `1:23 text` for each caption. The content says which it is.

    \b
    Examples:
      producer new s01e03-soap-boilers --video abcdefghijk
      producer new s01e03-soap-boilers --from interview.docx
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
    imported = _imported(workspace, slug, video_id, file)
    text = new_episode(
        Templates(workspace.templates),
        workspace.show,
        guid=str(uuid.uuid4()),
        date=datetime.datetime.now(datetime.UTC).date().isoformat(),
        video_id=video_id,
        transcript=draft_entries(imported) if imported else (),
        numbers=numbers,
    )
    write_bytes(path, text.encode())
    click.echo(workspace.shown(path))
    return 0


def _video_id(video: str | None) -> str | None:
    if video is None:
        return None
    video_id = video_id_in(video)
    if video_id is None:
        raise click.UsageError(f"{video!r} is no YouTube id, nor a URL with one")
    return video_id


def _imported(
    workspace: Workspace, slug: str, video_id: str | None, file: Path | None
) -> ImportedTranscript | None:
    """The transcript to start from; its raw form is kept beside the episode."""
    captions = workspace.episodes_folder / "captions"
    if file is not None:
        data = read_bytes(file)
        imported = read_transcript(str(file), data)
        print_import_problems(str(file), imported.problems)
        _keep_copy(workspace, captions / f"{slug}{file.suffix.lower() or '.txt'}", data)
        return imported
    if video_id is None:
        return None
    now = datetime.datetime.now(datetime.UTC)
    fetched = fetch_captions(video_id, default_languages(workspace.show.language), fetched_at=now)
    path = captions / f"{slug}.json"
    keep(path, fetched, shown=workspace.shown(path), force=False)
    return read_transcript(workspace.shown(path), fetched.to_json().encode())


def _keep_copy(workspace: Workspace, path: Path, data: bytes) -> None:
    if not path.exists():
        write_bytes(path, data)
    elif read_bytes(path) != data:
        raise WorkspaceError(
            f"{workspace.shown(path)} is there already, and differs",
            hint="delete it, or name the episode otherwise",
        )


def _numbers(workspace: Workspace) -> list[tuple[int | None, int | None]]:
    episodes = (workspace.read_episode(s, p)[0] for s, p in workspace.episode_paths.items())
    return [(episode.season, episode.number) for episode in episodes if episode]
