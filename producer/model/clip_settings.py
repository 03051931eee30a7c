"""How clips are cut and made to sound: the `clips` mapping of `podcast.yaml`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipSettings:
    """The defaults are those of talk for publishing.

    `window_ms` is how far a boundary may move to a pause, and `starts_earlier` keeps starts from
    moving later. `loudness_lufs` is None to leave levels alone; `match` says whether the gain is
    that of the whole `episode`, so that clips match, or of each `clip`. `channels` is 1 or 2, or
    None for those of the recording. `intro` and `outro` are paths as the author wrote them, and
    `crossfade_ms` is how long they and the clip are heard together.
    """

    window_ms: int = 1500
    starts_earlier: bool = False
    loudness_lufs: float | None = -16.0
    true_peak_dbtp: float = -1.0
    match: str = "episode"
    fade_ms: int = 20
    channels: int | None = None
    intro: str = ""
    outro: str = ""
    crossfade_ms: int = 500
