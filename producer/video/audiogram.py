"""An audiogram: from what is heard and said to the frames of its video."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image

from producer.audio.segment import AudioSegment
from producer.derive.cues import Cue
from producer.errors import AudioError
from producer.lettering.text import Typesetter
from producer.video.bars import BarPainter
from producer.video.card import Card
from producer.video.encode import Planes, stride_of, to_planes, write_mp4
from producer.video.layout import Layout
from producer.video.levels import BARS, FRAME_MS, bar_heights, fallen, frame_levels

# Captions come and go; the one before a pause may come again.
_KEPT_FRAMES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Audiogram:
    """What a video shows. The times of `cues` count from its start."""

    title: str
    show: str
    cues: Sequence[Cue]
    cover: Image.Image | None = None


def write_audiogram(
    target: Path,
    audiogram: Audiogram,
    sound: AudioSegment,
    layout: Layout,
    typesetter: Typesetter,
    *,
    on_frame: Callable[[], None] = lambda: None,
) -> None:
    """Write a video to `target`, which may then hold anything if an AudioError is raised."""
    levels = frame_levels(sound)
    if not levels:
        raise AudioError("a clip without sound makes no video")
    pictures = _pictures(audiogram, levels, layout, typesetter)
    size = layout.width, layout.height
    write_mp4(target, size, pictures, sound, title=audiogram.title, on_frame=on_frame)


def frame_count(sound: AudioSegment) -> int:
    """How many frames the video of a sound has."""
    return len(frame_levels(sound))


def _pictures(
    audiogram: Audiogram, levels: Sequence[float], layout: Layout, typesetter: Typesetter
) -> Iterator[Planes]:
    card = Card(
        layout,
        typesetter,
        title=audiogram.title,
        show=audiogram.show,
        cover=audiogram.cover,
    )

    @lru_cache(maxsize=_KEPT_FRAMES)
    def planes(speaker: str, text: str) -> Planes:
        return to_planes(card.frame(speaker, text))

    stride = stride_of(layout.width)
    ground = planes("", "")[0][layout.bars.top * stride + layout.bars.left]
    painter = BarPainter(layout.bars, stride, ground, BARS)
    shown = fallen(levels)
    starts = [cue.start_ms for cue in audiogram.cues]
    for number in range(len(levels)):
        speaker, text = _said(audiogram.cues, starts, number * FRAME_MS + FRAME_MS // 2)
        bright, *colors = planes(speaker, text)
        painted = bytearray(bright)
        painter.paint(painted, bar_heights(shown, number))
        yield bytes(painted), colors[0], colors[1]


def _said(cues: Sequence[Cue], starts: Sequence[int], time_ms: int) -> tuple[str, str]:
    """Who says what at a time, empty in a pause."""
    at = bisect_right(starts, time_ms) - 1
    if at < 0 or cues[at].end_ms <= time_ms:
        return "", ""
    return cues[at].speaker, cues[at].text
