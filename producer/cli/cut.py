"""`producer cut`."""

from pathlib import Path

import click

from producer.build.audio_outputs import clip_cuts, cut_data
from producer.build.images import artwork_of
from producer.build.load import AudioInput, load_with_audio
from producer.build.manifest import Manifest
from producer.build.media_files import MediaFiles
from producer.cli.load import derived_or_exit, status_of
from producer.cli.options import (
    episode_argument,
    open_workspace,
    out_folder,
    root_option,
)
from producer.cli.report import progress
from producer.errors import AudioError
from producer.io.files import write_bytes


@click.command()
@episode_argument
@click.option(
    "--audio",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Cut from this file instead of the episode's own.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where the clips go. Default: build/EPISODE/clips/ in the show's folder.",
)
@root_option
def command(episode: str, audio: Path | None, out: Path | None, root: Path | None) -> int:
    """Cut the clips of an episode from its audio.

    One MP3 a chapter, exact to the sample, with title, artist, album, track and cover. Prints the
    path of each. What the audio does not hold is not cut, and reported.

    \b
    Examples:
      producer cut s01e01
      producer cut s01e01 --audio ~/masters/s01e01.wav --out /tmp/clips
    """
    workspace = open_workspace(root, (episode,))
    slug, path = workspace.episode_path(episode)
    media = MediaFiles(Manifest.load(out_folder(workspace, None)).files)
    loaded = load_with_audio(workspace, slug, path, media, audio)
    derived = derived_or_exit(workspace, loaded)
    if loaded.audio is None:
        raise AudioError(
            f"{slug} has no audio that can be cut",
            hint=f"put it into episodes/audio/{slug}.mp3, or name a file with --audio",
        )
    source: AudioInput = loaded.audio
    cuts = clip_cuts(derived, source, artwork_of(workspace, derived.episode, workspace.show))
    folder = out if out is not None else out_folder(workspace, None) / slug / "clips"
    with progress("cutting") as (on_start, on_step):
        on_start(len(cuts))
        for cut, data in cut_data(source.path, cuts, workspace.show.clip_bitrate_kbps):
            target = folder / Path(cut.output_path).name
            write_bytes(target, data)
            on_step(target.name)
            click.echo(str(target))
    return status_of(workspace, loaded)
