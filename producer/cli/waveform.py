"""`producer waveform`."""

from pathlib import Path

import click

from producer.cli.options import episode_argument, root_option
from producer.cli.reading import read_or_exit
from producer.cli.recording import analyses_of, recording_of
from producer.cli.report import exit_status
from producer.io.files import write_bytes


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
    from producer.audio.waveform import waveform_json

    workspace, _, found, problems = read_or_exit(root, episode)
    audio = audio or recording_of(workspace, found, "draw", ", or name a file with --audio")
    (analysis,) = analyses_of(workspace, (audio,))
    data = waveform_json(analysis, pixels_per_second, 16 if bits == "16" else 8)
    if out is None:
        click.echo(data, nl=False)
    else:
        write_bytes(out, data.encode())
    return exit_status(problems)
