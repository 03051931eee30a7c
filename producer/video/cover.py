"""The picture of an audiogram, and the colours that go with it."""

import warnings
from io import BytesIO

from PIL import Image, ImageOps

from producer.lettering.drawing import Color

# More is no cover, and would take more memory than the video.
_MAX_PIXELS = 40_000_000
# Where there is no picture.
_PLAIN: Color = (24, 32, 48)
# How bright a background may be under white letters, from 0 to 255.
_MAX_BRIGHTNESS = 44


def read_cover(data: bytes) -> Image.Image | None:
    """A picture cut to a square, in RGB; None for what cannot be read, or is far too large."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image: Image.Image = Image.open(BytesIO(data))
            if image.width * image.height > _MAX_PIXELS:
                return None
            image = ImageOps.exif_transpose(image)
            if image.mode in {"RGBA", "LA", "PA", "P"}:
                image = image.convert("RGBA")
                ground = Image.new("RGBA", image.size, (255, 255, 255, 255))
                image = Image.alpha_composite(ground, image)
            side = min(image.size)
            return ImageOps.fit(image.convert("RGB"), (min(side, 1400),) * 2)
    # Whatever the decoders of many formats stumble over.
    except (OSError, ValueError, SyntaxError, MemoryError, EOFError, Image.DecompressionBombError):
        return None


def background(cover: Image.Image | None) -> Color:
    """A dark colour of the cover's hue, for white letters to stand on."""
    if cover is None:
        return _PLAIN
    pixel = cover.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert isinstance(pixel, tuple)
    red, green, blue = pixel[:3]
    bright = (299 * red + 587 * green + 114 * blue) / 1000
    part = min(1.0, _MAX_BRIGHTNESS / bright) if bright else 1.0
    return round(red * part), round(green * part), round(blue * part)
