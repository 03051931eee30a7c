"""`producer cut`."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from producer.build.audio_outputs import ClipCut, clip_cuts, copied_clips, cut_data
from producer.build.clip_setup import ClipSetup, clip_setup
from producer.build.clip_spans import ClipSpans
from producer.build.images import artwork_of
from producer.build.load import AudioInput, load_with_audio
from producer.build.manifest import known_files
from producer.build.media_files import MediaFiles
from producer.cli.clip_options import clip_options, with_options
from producer.cli.load import derived_or_exit, status_of
from producer.cli.options import (
    episode_argument,
    json_option,
    open_workspace,
    out_folder,
    root_option,
)
from producer.cli.report import progress
from producer.derive.derived import Derived
from producer.errors import AudioError
from producer.io.files import replacing, write_bytes
from producer.io.workspace import Workspace
from producer.times import seconds

if TYPE_CHECKING:
    from producer.build.audiograms import VideoClip


@click.command()
@episode_argument
@click.option(
    "--mode",
    type=click.Choice(["copy", "polish"]),
    default="copy",
    show_default=True,
    help="copy takes the sound as it is, at once; polish encodes it anew, as MP3 for publishing.",
)
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
@click.option(
    "--video",
    "shapes",
    type=click.Choice(["square", "vertical", "wide"]),
    multiple=True,
    help="Make videos of the soundbites in this shape, with moving bars and captions (MP4).",
)
@click.option(
    "--clip",
    "names",
    multiple=True,
    metavar="NAME",
    help="With --video: of this clip instead, by its title or the name of its file.",
)
@clip_options
@json_option("An array with one object a clip: its file, and where it was asked for and cut.")
@root_option
def command(
    episode: str,
    mode: str,
    audio: Path | None,
    out: Path | None,
    shapes: tuple[str, ...],
    names: tuple[str, ...],
    as_json: bool,
    root: Path | None,
    **given: Any,
) -> int:
    """Cut the clips of an episode from its audio.

    One file a chapter and a soundbite, exact to the sample, with title, artist, album and track.
    Prints the path of each. What the audio does not hold is not cut, and reported. A copy is of the
    same kind as the audio. A build makes the polished ones, as MP3: cut in pauses, at one loudness,
    with soft ends, as `clips` in podcast.yaml says; the options here count more. Videos sound the
    same, without intro and outro.

    \b
    Examples:
      producer cut s01e01
      producer cut s01e01 --mode polish
      producer cut s01e01 --mode polish --window 3 --loudness -14 --json
      producer cut s01e01 --audio ~/masters/s01e01.wav --out /tmp/clips
      producer cut s01e01 --video square --video vertical
    """
    if names and not shapes:
        raise click.UsageError("--clip goes with --video: name a shape as well")
    workspace = open_workspace(root, (episode,))
    slug, path = workspace.episode_path(episode)
    if shapes:
        mode = "polish"  # what is drawn is for publishing
    setup = with_options(clip_setup(workspace, out_folder(workspace, None)), mode, given)
    # Of a video it may yet turn out that there is nothing to draw.
    analyses = None if shapes else setup.analyses
    media = MediaFiles(known_files(out_folder(workspace, None)), analyses)
    loaded = load_with_audio(workspace, slug, path, media, audio)
    derived = derived_or_exit(workspace, loaded)
    if loaded.audio is None:
        raise AudioError(
            f"{slug} has no audio that can be cut",
            hint=f"put it into episodes/audio/{slug}.mp3, or name a file with --audio",
        )
    source: AudioInput = loaded.audio
    folder = out if out is not None else out_folder(workspace, None) / slug / "clips"
    if shapes:
        from producer.build.audiograms import video_clips

        clips = video_clips(derived, source, setup, names)
        _cut_videos(workspace, derived, source, setup, clips, list(dict.fromkeys(shapes)), folder)
        return status_of(workspace, loaded)
    spans = setup.spans(derived, source)
    artwork = artwork_of(workspace, derived.episode, workspace.show)
    cuts = clip_cuts(derived, source, artwork, spans)
    rows = []
    with progress("cutting") as (on_start, on_step):
        on_start(len(cuts))
        for cut, target in _cut(mode, source, cuts, folder, setup):
            on_step(target.name)
            rows.append(_row(cut, target, spans))
            if not as_json:
                click.echo(str(target))
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    return status_of(workspace, loaded)


def _row(cut: ClipCut, target: Path, spans: ClipSpans) -> dict[str, Any]:
    """What `--json` says of a clip, in seconds of the audio."""
    span = spans[Path(cut.output_path).stem]
    parts = {"asked": span.asked_ms, "cut": span.cut_ms, "moved": span.moved_ms}
    times = {
        name: {"start": seconds(start_ms), "end": seconds(end_ms)}
        for name, (start_ms, end_ms) in parts.items()
    }
    return {"name": cut.tags.title, "file": str(target), **times}


def _cut_videos(
    workspace: Workspace,
    derived: Derived,
    audio: AudioInput,
    setup: ClipSetup,
    clips: Sequence["VideoClip"],
    shapes: Sequence[str],
    folder: Path,
) -> None:
    from producer.build.audiograms import write_videos

    def say(note: str) -> None:
        click.echo(f"producer: {note}", err=True)

    with progress("drawing") as (on_start, on_step):
        on_start(len(clips) * len(shapes))
        for path in write_videos(workspace, derived, audio, setup, clips, shapes, folder, say):
            on_step(path.name)
            click.echo(str(path))


def _cut(
    mode: str, audio: AudioInput, cuts: Sequence[ClipCut], folder: Path, setup: ClipSetup
) -> Iterator[tuple[ClipCut, Path]]:
    """Cut and write the clips one after the other: each with its path."""
    if mode == "polish":
        for cut, data in cut_data(audio, cuts, setup):
            target = folder / Path(cut.output_path).name
            write_bytes(target, data)
            yield cut, target
        return
    from producer.audio.clip_file import write_clip

    for cut, copied in copied_clips(audio.path, cuts):
        target = folder / Path(cut.output_path).with_suffix(copied.suffix).name
        with replacing(target) as temporary:
            write_clip(copied, cut.tags, temporary)
        yield cut, target
