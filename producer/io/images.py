"""Looking at picture files."""

import warnings
from pathlib import Path

from producer.errors import InputError
from producer.model.image import ImageFacts


def read_image_facts(path: Path) -> ImageFacts:
    """What a picture's header says of it; the picture itself is not decoded. Raises InputError."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            # A picture that claims a size no memory holds is not opened here, only described.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path) as image:
                return ImageFacts(image.format or "", image.width, image.height, image.mode)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise InputError(f"{path}: cannot be read as a picture") from error
