"""From glyphs to pixels, by HarfBuzz's own rasterizer."""

from dataclasses import dataclass

import uharfbuzz
from PIL import Image

from producer.lettering.box import Box
from producer.lettering.shaping import GlyphRun

Color = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Ink:
    """How much of each pixel is covered, and where the pixels stand on the picture."""

    mask: Image.Image
    left: int
    top: int

    @property
    def right(self) -> int:
        """The first column without ink."""
        return self.left + self.mask.width

    @property
    def bottom(self) -> int:
        """The first row without ink."""
        return self.top + self.mask.height


def rasterize(run: GlyphRun, size: int, weight: int, left: int, baseline: int) -> Ink | None:
    """The ink of glyphs at a size, in pixels; None where there is nothing to see, as for blanks."""
    font = run.face.font(weight)
    scale = size / font.face.upem
    raster = uharfbuzz.RasterDraw()
    for glyph in run.glyphs:
        raster.transform = (scale, 0, 0, scale, glyph.x * size, glyph.y * size)
        raster.draw_glyph(font, glyph.number)
    image = raster.render()
    if image is None:
        raise MemoryError
    extents = image.extents
    if not extents.width or not extents.height:
        return None
    # HarfBuzz counts rows from below.
    area = (extents.width, extents.height)
    mask = Image.frombuffer("L", area, image.buffer, "raw", "L", extents.stride, -1)
    return Ink(mask, left + extents.x_origin, baseline - extents.y_origin - extents.height)


def paint(picture: Image.Image, ink: Ink, box: Box, color: Color) -> None:
    """Paint what of the ink lies in the box."""
    left, top = max(ink.left, box.left), max(ink.top, box.top)
    right, bottom = min(ink.right, box.right), min(ink.bottom, box.bottom)
    if left < right and top < bottom:
        part = (left - ink.left, top - ink.top, right - ink.left, bottom - ink.top)
        picture.paste(color, (left, top), ink.mask.crop(part))
