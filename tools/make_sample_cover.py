"""Draw the sample show's cover: make `images/cover.jpg`.

The picture is committed: this script is only needed when the show's title or its look changes.
It is no part of the product and nothing imports it.

Usage: python tools/make_sample_cover.py [--root DIR] [--font FILE]

It needs Pillow and the font DejaVu Sans Bold (Debian: fonts-dejavu-core).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = 1400
SCALE = 2  # drawn this much larger, then made smaller, for smooth edges

CREAM = "#F6EBD9"
NIGHT = "#17324A"
TEAL = "#2A7F86"
RUST = "#D9622B"
GOLD = "#F0B23E"
WOOD = "#C98B4F"
WOOD_DARK = "#A86B35"
LEGS = "#8A5427"
FLOOR = "#EBD9BC"

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf")

BENCH_TOP = 1010
MARGIN = 110
BAR = 60
STEP = 80
# How high each bar of the waveform stands on the bench.
HEIGHTS = (70, 150, 250, 170, 320, 430, 260, 480, 350, 210, 390, 280, 130, 200, 90)
PENCILS = {5: GOLD, 10: RUST}
COLOURS = (NIGHT, TEAL, NIGHT, TEAL)


class Cover:
    """A canvas that takes places in the finished picture's pixels."""

    def __init__(self, font: Path) -> None:
        self.image = Image.new("RGB", (SIZE * SCALE, SIZE * SCALE), CREAM)
        self.pen = ImageDraw.Draw(self.image)
        self.font = font

    def box(
        self, left: float, top: float, right: float, bottom: float, fill: str, *, radius: float = 0
    ) -> None:
        corners = (left * SCALE, top * SCALE, right * SCALE - 1, bottom * SCALE - 1)
        self.pen.rounded_rectangle(corners, radius * SCALE, fill=fill)

    def shape(self, points: Sequence[tuple[float, float]], fill: str) -> None:
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def title(self, text: str, top: float, width: float, fill: str) -> float:
        """Write `text` as large as fits `width`, its capitals' tops at `top`; their bottom."""
        size = 10
        while self._font(size + 1).getlength(text) <= width * SCALE:
            size += 1
        font = self._font(size)
        left, upper, right, lower = font.getbbox(text)
        place = ((SIZE * SCALE - (right - left)) / 2 - left, top * SCALE - upper)
        self.pen.text(place, text, font=font, fill=fill)
        return top + (lower - upper) / SCALE

    def save(self, path: Path) -> None:
        small = self.image.resize((SIZE, SIZE), Image.Resampling.LANCZOS)
        path.parent.mkdir(parents=True, exist_ok=True)
        small.save(path, "JPEG", quality=86, optimize=True, progressive=True)

    def _font(self, size: int) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(str(self.font), size)


def draw_bench(cover: Cover) -> None:
    cover.box(0, 1290, SIZE, SIZE, FLOOR)
    for left in (190, 1110):
        cover.box(left, BENCH_TOP + 60, left + 100, 1330, LEGS)
    cover.box(230, 1190, 1170, 1240, LEGS)
    cover.box(60, BENCH_TOP, 1340, BENCH_TOP + 100, WOOD, radius=14)
    cover.box(60, BENCH_TOP + 66, 1340, BENCH_TOP + 100, WOOD_DARK, radius=14)
    cover.box(60, BENCH_TOP + 62, 1340, BENCH_TOP + 80, WOOD_DARK)
    for left, right, top in ((150, 420, 28), (520, 690, 44), (760, 1080, 24), (1130, 1260, 42)):
        cover.box(left, BENCH_TOP + top, right, BENCH_TOP + top + 5, WOOD_DARK, radius=2)


def draw_waveform(cover: Cover) -> None:
    """Bars that stand on the bench; two of them turn out to be pencils."""
    left = (SIZE - (STEP * (len(HEIGHTS) - 1) + BAR)) / 2
    for number, height in enumerate(HEIGHTS):
        place = left + number * STEP
        if number in PENCILS:
            draw_pencil(cover, place, height, PENCILS[number])
        else:
            colour = COLOURS[number % len(COLOURS)]
            cover.box(place, BENCH_TOP - height, place + BAR, BENCH_TOP, colour, radius=BAR / 2)
            cover.box(place, BENCH_TOP - BAR / 2, place + BAR, BENCH_TOP, colour)


def draw_pencil(cover: Cover, left: float, height: float, colour: str) -> None:
    right, middle, top = left + BAR, left + BAR / 2, BENCH_TOP - height
    neck = top + 96
    cover.box(left, neck, right, BENCH_TOP, colour)
    cover.box(left + BAR / 3, neck, right - BAR / 3, BENCH_TOP, lighter(colour))
    cover.shape([(left, neck), (middle, top), (right, neck)], "#EBCFA4")
    cover.shape([(middle - 10, top + 32), (middle, top), (middle + 10, top + 32)], NIGHT)
    cover.box(left, BENCH_TOP - 64, right, BENCH_TOP - 34, "#B9C4C9")
    cover.box(left, BENCH_TOP - 34, right, BENCH_TOP, "#E58C8A")


def lighter(colour: str) -> str:
    """The colour, a third of the way to white."""
    parts = (int(colour[index : index + 2], 16) for index in (1, 3, 5))
    return "#" + "".join(f"{part + (255 - part) // 3:02X}" for part in parts)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Draw the sample show's cover.")
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parent.parent)
    parser.add_argument("--font", type=Path, default=FONT)
    args = parser.parse_args(argv)
    cover = Cover(args.font)
    bottom = cover.title("WORKBENCH", MARGIN, SIZE - 2 * MARGIN, NIGHT)
    cover.title("RADIO", bottom + 46, 520, RUST)
    draw_bench(cover)
    draw_waveform(cover)
    cover.save(args.root / "images" / "cover.jpg")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
