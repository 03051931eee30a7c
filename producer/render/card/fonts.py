"""The fonts, in their sizes and weights."""

from functools import cache
from importlib.resources import files
from io import BytesIO

from PIL import ImageFont

BOLD, REGULAR = 700, 400


@cache
def font(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """A font in a size, in pixels, and a weight.

    Pillow lays it out by itself, with no library of the machine in between.
    """
    data = (files("manimgx_fonts") / f"{name}[wght].ttf").read_bytes()
    loaded = ImageFont.truetype(BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)
    axes = loaded.get_variation_axes()
    loaded.set_variation_by_axes(
        [weight if axis["name"] == b"Weight" else (axis["default"] or 0) for axis in axes]
    )
    return loaded
