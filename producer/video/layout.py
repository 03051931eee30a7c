"""Where things stand in an audiogram of each shape, in pixels from the upper left corner."""

from dataclasses import dataclass

from producer.lettering.box import Box


@dataclass(frozen=True, slots=True)
class Layout:
    """One shape. Sizes of type are those that are tried, the largest and the smallest.

    `bars` is even in all its numbers: the pixels of a video share their colour by fours.
    """

    width: int
    height: int
    cover: Box
    title: Box
    show: Box
    bars: Box
    speaker: Box
    caption: Box
    title_sizes: tuple[int, int]
    show_size: int
    caption_sizes: tuple[int, int]
    is_centred: bool


LAYOUTS = {
    "square": Layout(
        width=1080,
        height=1080,
        cover=Box(72, 72, 304, 304),
        title=Box(416, 72, 592, 236),
        show=Box(416, 324, 592, 52),
        bars=Box(72, 428, 936, 180),
        speaker=Box(72, 652, 936, 56),
        caption=Box(72, 716, 936, 292),
        title_sizes=(64, 34),
        show_size=32,
        caption_sizes=(60, 34),
        is_centred=False,
    ),
    # Apps put their own controls over the upper 250 and the lower 340 pixels.
    "vertical": Layout(
        width=1080,
        height=1920,
        cover=Box(270, 260, 540, 540),
        title=Box(72, 836, 936, 196),
        show=Box(72, 1042, 936, 56),
        bars=Box(72, 1130, 936, 140),
        speaker=Box(72, 1290, 936, 56),
        caption=Box(72, 1350, 936, 230),
        title_sizes=(68, 36),
        show_size=36,
        caption_sizes=(60, 36),
        is_centred=True,
    ),
    "wide": Layout(
        width=1920,
        height=1080,
        cover=Box(96, 96, 480, 480),
        title=Box(636, 96, 1188, 200),
        show=Box(636, 304, 1188, 60),
        bars=Box(636, 400, 1188, 176),
        speaker=Box(96, 640, 1728, 64),
        caption=Box(96, 716, 1728, 268),
        title_sizes=(80, 42),
        show_size=40,
        caption_sizes=(72, 42),
        is_centred=False,
    ),
}
"""The shapes by name: for feeds, for stories and shorts, and for players."""
