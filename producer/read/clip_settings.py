"""Reading `clips` of `podcast.yaml`: how clips are cut and made to sound."""

import re

import yaml

from producer.model.clip_settings import ClipSettings
from producer.read.fields import Fields, Pairs

MATCHES = ("episode", "clip")
STARTS = ("any", "earlier")
CHANNELS = {"source": None, "mono": 1, "stereo": 2}
# Least and most of each number, in the units of the file.
WINDOW_S = (0.0, 30.0)
LOUDNESS_LUFS = (-40.0, -5.0)
TRUE_PEAK_DBTP = (-20.0, 0.0)
FADE_S = (0.0, 5.0)
CROSSFADE_S = (0.0, 10.0)
# Two digits each side are more than an ear can tell.
_NUMBER = re.compile(r"[+-]?\d{1,4}(\.\d{1,6})?")


def read_clip_settings(fields: Fields, top: Pairs) -> ClipSettings:
    """The settings; what cannot be used is a problem of the show, and its default holds."""
    clips = fields.pairs(top.get("clips"), "clips")
    known = ClipSettings()

    def number(key: str, default: float, bounds: tuple[float, float], unit: str) -> float:
        name = f"clips.{key}"
        node = clips.get(key)
        return _number(fields, node, name, default=default, bounds=bounds, unit=unit)

    def milliseconds(key: str, default_ms: int, bounds: tuple[float, float]) -> int:
        return round(number(key, default_ms / 1000, bounds, "seconds") * 1000)

    loudness: float | None = None
    if not _is_off(clips.get("loudness")):
        assert known.loudness_lufs is not None
        loudness = number("loudness", known.loudness_lufs, LOUDNESS_LUFS, "LUFS, or `off`")
    window_ms = 0
    if not _is_off(clips.get("window")):
        window_ms = milliseconds("window", known.window_ms, WINDOW_S)
    channels = fields.choice(clips.get("channels"), "clips.channels", tuple(CHANNELS))
    return ClipSettings(
        window_ms=window_ms,
        starts_earlier=fields.choice(clips.get("starts"), "clips.starts", STARTS) == "earlier",
        loudness_lufs=loudness,
        true_peak_dbtp=number("true_peak", known.true_peak_dbtp, TRUE_PEAK_DBTP, "dBTP"),
        match=fields.choice(clips.get("match"), "clips.match", MATCHES) or known.match,
        fade_ms=milliseconds("fade", known.fade_ms, FADE_S),
        channels=CHANNELS.get(channels),
        intro=fields.line(clips.get("intro"), "clips.intro"),
        outro=fields.line(clips.get("outro"), "clips.outro"),
        crossfade_ms=milliseconds("crossfade", known.crossfade_ms, CROSSFADE_S),
    )


def _is_off(node: yaml.Node | None) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.value.lower() in {"off", "false", "no"}


def _number(
    fields: Fields,
    node: yaml.Node | None,
    name: str,
    *,
    default: float,
    bounds: tuple[float, float],
    unit: str,
) -> float:
    text = fields.text(node, name)
    if node is None or not text:
        return default
    low, high = bounds
    if not _NUMBER.fullmatch(text) or not low <= float(text) <= high:
        shown = text if len(text) <= 40 else text[:39] + "…"
        fields.flag("104", f"{name} should be {low:g} to {high:g} {unit}, not `{shown}`", node)
        return default
    return float(text)
