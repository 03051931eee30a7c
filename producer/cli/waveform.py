"""`producer waveform`."""

from pathlib import Path

import click

from producer.build.fingerprint import digest_file
from producer.build.manifest import FOLDER
from producer.cli.options import episode_argument, open_workspace, out_folder, root_option
from producer.cli.report import exit_status, print_problems
from producer.errors import AudioError
from producer.io.files import write_bytes
from producer.problems import Problem


@click.command()
@episode_argument
@click.option(
    "--audio",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Another recording than the episode's.",
)
@click.option(
    "--pixels-per-second",
    type=click.IntRange(min=1),
    metavar="N",
    default=100,
    show_default=True,
    help="How fine it is. Pixels are whole steps of 10 ms: 100 is the most.",
)
@click.option(
    "--bits",
    type=click.Choice(["8", "16"]),
    default="8",
    show_default=True,
    help="Numbers from -128 to 127, or the same times 256.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The file to write. Default: standard output.",
)
@root_option
def command(
    episode: str,
    audio: Path | None,
    pixels_per_second: int,
    bits: str,
    out: Path | None,
    root: Path | None,
) -> int:
    """Print the waveform of an episode's audio, as audiowaveform does.

    It is that program's JSON, version 2, which peaks.js and wavesurfer.js read: the lowest and the
    highest sample of each pixel, of the mean of both channels. `samples_per_pixel` says exactly how
    fine it is: what comes nearest to --pixels-per-second.

    \b
    Examples:
      producer waveform s01e01 > waveform.json
      producer waveform s01e01 --pixels-per-second 20 --out site/s01e01.json
    """
    from producer.audio.analysis_cache import cached_analysis
    from producer.audio.waveform import waveform_json

    workspace = open_workspace(root, (episode,))
    slug, path = workspace.episode_path(episode)
    problems: tuple[Problem, ...] = ()
    if audio is None:
        found, problems = workspace.read_episode(slug, path)
        print_problems(problems)
        if found is None:
            raise click.exceptions.Exit(1)
        audio = workspace.audio_path(found)
    if audio is None or not audio.is_file():
        raise AudioError(
            f"{slug} has no audio to draw",
            hint=f"put it into episodes/audio/{slug}.mp3, or name a file with --audio",
        )
    folder = out_folder(workspace, None) / FOLDER
    analysis = cached_analysis(audio, digest_file(audio), folder)
    data = waveform_json(analysis, pixels_per_second, 16 if bits == "16" else 8)
    if out is None:
        click.echo(data, nl=False)
    else:
        write_bytes(out, data.encode())
    return exit_status(problems)
