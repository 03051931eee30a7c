"""`producer offset`."""

import json
from pathlib import Path

import click

from producer.cli.options import episode_argument, json_option, root_option
from producer.cli.reading import read_or_exit
from producer.cli.recording import analyses_of, recording_of
from producer.cli.report import exit_status
from producer.errors import AudioError
from producer.io.edits import write_edit
from producer.source.edit import Set, apply
from producer.times import seconds

# Below it most of the windows disagree, or sound alike by chance.
SURE = 0.3
# Where the key goes in a file that has none: above the long part.
_BEFORE = ("quotableClips", "transcript", "context", "keywords")


@click.command()
@episode_argument
@click.option(
    "--video-audio",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    required=True,
    help="The sound of the video, as downloaded: M4A, MP3, Opus, WAV or FLAC.",
)
@click.option("--write", is_flag=True, help="Write audio.offset into the episode's front matter.")
@json_option("An object with the offset and the confidence.")
@root_option
def command(episode: str, video_audio: Path, write: bool, as_json: bool, root: Path | None) -> int:
    """Find where an episode's audio begins on the video's timeline.

    Compares the two recordings, and prints the offset in seconds and how sure it is (0 to 100 %).
    An offset that is not sure is not written. --write changes audio.offset and no other byte.

    \b
    Examples:
      producer offset s01e01 --video-audio video.m4a
      producer offset s01e01 --video-audio video.m4a --write && git diff --stat
    """
    from producer.audio.offset import find_offset

    workspace, path, found, problems = read_or_exit(root, episode)
    audio = recording_of(workspace, found, "compare")
    first, second = analyses_of(workspace, (video_audio, audio))
    offset = find_offset(video_audio, audio, (first, second))
    sure = offset.confidence >= SURE
    if as_json:
        row = {
            "offset": seconds(offset.offset_ms) if sure else None,
            "confidence": round(offset.confidence, 3),
        }
        click.echo(json.dumps(row, indent=2))
    elif sure:
        click.echo(f"{seconds(offset.offset_ms)}  {offset.confidence:.0%} sure")
    if not sure:
        raise AudioError(
            f"{found.slug}: the two recordings are not alike ({offset.confidence:.0%} sure)",
            hint="are both of this episode, and neither cut inside?",
        )
    if write:
        edit = Set(("audio", "offset"), seconds(offset.offset_ms), _BEFORE)
        changed = write_edit(path, found.source, apply(found.source, [edit]))
        said = "written" if changed else "unchanged"
        click.echo(f"{found.source.path}: audio.offset {said}", err=True)
    return exit_status(problems)
