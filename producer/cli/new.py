"""`producer new`."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from producer.captions.fetched import keep
from producer.captions.youtube import default_languages, fetch_captions, video_id_in
from producer.cli.imported import print_import_problems
from producer.cli.options import open_workspace, root_option
from producer.draft.draft import Draft, ShowFacts, draft
from producer.draft.known import KnownVideo, known_video
from producer.draft.report import near_rows, report, summary
from producer.draft.vocabulary import vocabulary_of
from producer.errors import WorkspaceError
from producer.imports import ImportedTranscript, read_transcript
from producer.imports.draft import draft_entries
from producer.io.files import read_bytes, write_bytes
from producer.io.workspace import Workspace
from producer.model.episode import Episode
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
@click.option("--keep-fillers", is_flag=True, help="Leave um and uh and stutters in the draft.")
@click.option("--plain", is_flag=True, help="The captions as they are, in paragraphs.")
@root_option
def command(
    slug: str | None,
    video: str | None,
    file: Path | None,
    keep_fillers: bool,
    plain: bool,
    root: Path | None,
) -> int:
    """Start an episode file, from captions if there are any.

    Writes episodes/SLUG.md with a new guid, the next free number and the captions as paragraphs
    with times. Without a SLUG the number is the name: s01e03. What was fetched or read is kept in
    episodes/captions/. A file that is there already is never overwritten.

    Captions become a draft: fillers and stutters are dropped, names of the glossary in podcast.yaml
    are put right, and turns are suggested with `who: TODO`. A comment in the file lists all of it.
    A transcript that has paragraphs or speakers is taken as it is, but for the glossary.

    FILE may be WebVTT, SRT, a Word document (.docx), JSON of Podcasting 2.0, Whisper, WhisperX or
    `producer fetch`, text from Otter, a copy of YouTube's transcript panel, or a listing with a
    line `1:23 text` for each caption. The content says which it is.

    \b
    Examples:
      producer new s01e03-soap-boilers --video abcdefghijk
      producer new s01e03-soap-boilers --from interview.docx
      producer new s01e03-soap-boilers --from captions.vtt --keep-fillers
    """
    workspace = open_workspace(root)
    episodes = _episodes(workspace)
    numbers = next_numbers([(episode.season, episode.number) for episode in episodes])
    if slug is None:
        slug = f"s{numbers['season']:02}e{numbers['episode']:02}"
    slug = slug.removesuffix(".md")
    if not slug or slug.startswith(("_", ".")) or "/" in slug or "\\" in slug:
        raise click.UsageError(f"{slug!r} cannot be the name of an episode")
    path = workspace.episodes_folder / f"{slug}.md"
    if path.exists():
        raise WorkspaceError(f"{workspace.shown(path)} is there already", hint="name it otherwise")
    video_id = _video_id(video)
    found = _found(workspace, slug, video_id, file)
    known = known_video(found.data) if found else KnownVideo()
    made = None
    comments: list[str] = []
    if found and not plain:
        facts = _facts(workspace, episodes)
        made = draft(found.imported, facts, keep_fillers=keep_fillers)
        comments = report(made, found.shown, facts.people)
    entries = made.entries if made else draft_entries(found.imported) if found else ()
    video_id = video_id or known.video_id or None
    text = new_episode(
        Templates(workspace.templates),
        workspace.show,
        guid=str(uuid.uuid4()),
        date=datetime.datetime.now(datetime.UTC).date().isoformat(),
        video_id=video_id,
        transcript=entries,
        numbers=numbers,
        title=known.title,
        comments=comments,
    )
    write_bytes(path, text.encode())
    click.echo(workspace.shown(path))
    if made:
        _print_made(made)
    return 0


@dataclass(frozen=True, slots=True)
class _Found:
    """What to start from: the file's bytes, how it is named, and what was read of it."""

    shown: str
    data: bytes
    imported: ImportedTranscript


def _print_made(made: Draft) -> None:
    """What was done to the draft, and the names to look at, to stderr."""
    done = summary(made)
    if done:
        click.echo(f"{done}; the comment in the file lists them", err=True)
    for row in near_rows(made):
        click.echo(row, err=True)


def _video_id(video: str | None) -> str | None:
    if video is None:
        return None
    video_id = video_id_in(video)
    if video_id is None:
        raise click.UsageError(f"{video!r} is no YouTube id, nor a URL with one")
    return video_id


def _found(
    workspace: Workspace, slug: str, video_id: str | None, file: Path | None
) -> _Found | None:
    """The transcript to start from; its raw form is kept beside the episode."""
    captions = workspace.episodes_folder / "captions"
    if file is not None:
        data = read_bytes(file)
        imported = read_transcript(str(file), data)
        print_import_problems(str(file), imported.problems)
        _keep_copy(workspace, captions / f"{slug}{file.suffix.lower() or '.txt'}", data)
        return _Found(file.name, data, imported)
    if video_id is None:
        return None
    now = datetime.datetime.now(datetime.UTC)
    fetched = fetch_captions(video_id, default_languages(workspace.show.language), fetched_at=now)
    path = captions / f"{slug}.json"
    keep(path, fetched, shown=workspace.shown(path), force=False)
    data = fetched.to_json().encode()
    shown = path.relative_to(workspace.root).as_posix()
    return _Found(shown, data, read_transcript(workspace.shown(path), data))


def _keep_copy(workspace: Workspace, path: Path, data: bytes) -> None:
    if not path.exists():
        write_bytes(path, data)
    elif read_bytes(path) != data:
        raise WorkspaceError(
            f"{workspace.shown(path)} is there already, and differs",
            hint="delete it, or name the episode otherwise",
        )


def _episodes(workspace: Workspace) -> list[Episode]:
    read = (workspace.read_episode(s, p)[0] for s, p in workspace.episode_paths.items())
    return [episode for episode in read if episode]


def _facts(workspace: Workspace, episodes: Sequence[Episode]) -> ShowFacts:
    """What the show's episodes, people and glossary tell of how it writes."""
    return ShowFacts(
        language=workspace.show.language,
        vocabulary=vocabulary_of(line.text for episode in episodes for line in episode.lines),
        glossary=workspace.show.glossary,
        people={slug: person.name for slug, person in workspace.people.items()},
        hosts=workspace.show.hosts,
    )
