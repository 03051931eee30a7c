"""`producer transcript`."""

import sys
from pathlib import Path

import click

from producer.cli.imported import print_import_problems
from producer.cli.load import derived_or_exit, load_one, status_of
from producer.cli.options import episode_argument, open_workspace, root_option
from producer.cli.report import print_problems
from producer.derive.derived import Derived
from producer.errors import WorkspaceError
from producer.formats.transcript import TRANSCRIPT_FORMATS
from producer.imports import ImportFileError, read_transcript
from producer.io.edits import write_edit
from producer.io.files import read_bytes, write_bytes
from producer.review.document import transcript_to_docx
from producer.review.edits import transcript_edits
from producer.source.diff import unified_diff
from producer.source.edit import apply

_DOCX = "docx"
_FORMATS = (*TRANSCRIPT_FORMATS, _DOCX)


@click.command()
@episode_argument
@click.option(
    "--format",
    "format_name",
    type=click.Choice(_FORMATS),
    help="How to write it. Default: as --out ends, else vtt.",
)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Where to write it.")
@click.option(
    "--import",
    "edited",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Show what an edited .docx changes in the episode.",
)
@click.option("--write", is_flag=True, help="With --import: write the changes into the episode.")
@click.option("--force", is_flag=True, help="Replace a .docx that is there and differs.")
@root_option
def command(
    episode: str,
    format_name: str | None,
    out: Path | None,
    edited: Path | None,
    write: bool,
    force: bool,
    root: Path | None,
) -> int:
    """Print the transcript of an episode, or take an edited one back.

    vtt, srt and json are captions, on the timeline of the audio. docx is a document to review, with
    the times of the video. When it comes back, --import shows what changed, and with --write
    changes that in the episode and nothing else. Changes that were tracked count as accepted.

    \b
    Examples:
      producer transcript s01e01 --format srt > captions.srt
      producer transcript s01e01 --out review.docx
      producer transcript s01e01 --import review.docx
      producer transcript s01e01 --import review.docx --write
    """
    if edited is not None:
        if out is not None or format_name is not None:
            raise click.UsageError("--import goes with neither --out nor --format")
        return _take_back(root, episode, edited, write)
    if write:
        raise click.UsageError("--write goes with --import only")
    workspace, loaded = load_one(root, episode)
    derived = derived_or_exit(workspace, loaded)
    chosen = format_name or _format_of(out)
    data = _rendered(derived, chosen)
    if out is None:
        _print(data, chosen)
    else:
        # Somebody may have edited it: captions are only ever derived, and may be replaced.
        if chosen == _DOCX and not force and out.exists() and read_bytes(out, limit=None) != data:
            raise WorkspaceError(
                f"{out} is there already, and differs",
                hint="take its edits back with --import, or replace it with --force",
            )
        write_bytes(out, data)
    return status_of(workspace, loaded)


def _format_of(out: Path | None) -> str:
    if out is None:
        return "vtt"
    ending = out.suffix.lower().removeprefix(".")
    if ending not in _FORMATS:
        raise click.UsageError(f"{out}: name the format with --format, or by the file's ending")
    return ending


def _rendered(derived: Derived, format_name: str) -> bytes:
    if format_name == _DOCX:
        return transcript_to_docx(derived.episode)
    return TRANSCRIPT_FORMATS[format_name](derived.audio_cues).encode()


def _print(data: bytes, format_name: str) -> None:
    if format_name == _DOCX and sys.stdout.isatty():
        raise click.UsageError("a .docx is not text: name a file with --out")
    click.echo(data, nl=False)


def _take_back(root: Path | None, name: str, edited: Path, write: bool) -> int:
    workspace = open_workspace(root, (name,))
    slug, path = workspace.episode_path(name)
    episode, problems = workspace.read_episode(slug, path)
    if episode is None:
        print_problems(problems)
        return 1
    imported = read_transcript(str(edited), read_bytes(edited))
    if imported.source_kind != _DOCX:
        raise ImportFileError(
            f"{edited}: captions have neither the headers nor the paragraphs of the episode",
            hint="--import takes a .docx; start a new episode with `producer new --from`",
        )
    print_import_problems(str(edited), imported.problems)
    before = episode.source
    after = apply(before, transcript_edits(episode, imported))
    click.echo(unified_diff(before, after), nl=False)
    if write:
        changed = write_edit(path, before, after)
        click.echo(f"{before.path}: transcript {'written' if changed else 'unchanged'}", err=True)
    elif before == after:
        click.echo(f"{before.path}: nothing changed", err=True)
    return 0
