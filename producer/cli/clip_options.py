"""The options of `producer cut` that say how clips are cut and made to sound."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from producer.build.clip_setup import ClipSetup
from producer.read.clip_settings import CHANNELS, LOUDNESS_LUFS, MATCHES, STARTS, WINDOW_S

F = TypeVar("F", bound=Callable[..., Any])


class _NumberOrOff(click.ParamType[float | None]):
    """A number between bounds, or `off`, which is 0 or nothing."""

    name = "number"

    def __init__(self, bounds: tuple[float, float], off: float | None) -> None:
        self._range = click.FloatRange(*bounds)
        self._off = off

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "off":
            return ("off", self._off)
        return ("number", self._range.convert(value, param, ctx))


def clip_options(command: F) -> F:
    """All of them; the command takes them as keywords, and gives those to `with_options`."""
    jingle = click.Path(path_type=Path, exists=True, dir_okay=False)
    options = [
        click.option(
            "--window",
            type=_NumberOrOff(WINDOW_S, 0.0),
            metavar="SECONDS",
            help="How far a boundary may move to a pause, or off. Default: clips.window for polish "
            "(1.5); a copy is cut where it is asked for.",
        ),
        click.option(
            "--starts",
            type=click.Choice(STARTS),
            help="Where starts may move: any way, or earlier only. Default: clips.starts.",
        ),
        click.option(
            "--loudness",
            type=_NumberOrOff(LOUDNESS_LUFS, None),
            metavar="LUFS",
            help="How loud polished clips are, or off. Default: clips.loudness (-16).",
        ),
        click.option(
            "--match",
            type=click.Choice(MATCHES),
            help="One gain for the episode, or one for each clip. Default: clips.match.",
        ),
        click.option(
            "--channels",
            type=click.Choice(list(CHANNELS)),
            help="Channels of polished clips. Default: clips.channels.",
        ),
        click.option(
            "--bitrate",
            type=click.IntRange(8, 320),
            metavar="KBPS",
            help="Bitrate of polished clips. Default: audio.bitrate_kbps (96).",
        ),
        click.option("--intro", type=jingle, metavar="FILE", help="Sound before each clip."),
        click.option("--outro", type=jingle, metavar="FILE", help="Sound after each clip."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def with_options(setup: ClipSetup, mode: str, given: dict[str, Any]) -> ClipSetup:
    """The setup with what was given in the place of what `podcast.yaml` says."""
    settings = setup.settings
    if given["window"] is not None:
        settings = replace(settings, window_ms=round(given["window"][1] * 1000))
    elif mode == "copy":
        settings = replace(settings, window_ms=0)
    if given["loudness"] is not None:
        settings = replace(settings, loudness_lufs=given["loudness"][1])
    if given["starts"] is not None:
        settings = replace(settings, starts_earlier=given["starts"] == "earlier")
    if given["match"] is not None:
        settings = replace(settings, match=given["match"])
    if given["channels"] is not None:
        settings = replace(settings, channels=CHANNELS[given["channels"]])
    if mode == "copy":
        settings = replace(settings, loudness_lufs=None)  # it is as loud as the recording
    return replace(
        setup,
        settings=settings,
        bitrate_kbps=given["bitrate"] or setup.bitrate_kbps,
        intro=given["intro"] or setup.intro,
        outro=given["outro"] or setup.outro,
    )
