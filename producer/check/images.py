"""Rules for pictures, by the size and shape that directories take.

Apple: Show cover and episode art, 1400 to 3000 pixels square, JPEG or PNG, RGB.
"""

from collections.abc import Iterator

from producer.check.facts import Facts
from producer.derive.derived import Derived
from producer.model.image import MAX_PIXELS, MIN_PIXELS, ImageFacts
from producer.model.located import Located
from producer.problems import Problem

_KINDS = ("JPEG", "PNG")
# Grey and palette pictures are RGB to everyone who shows them.
_MODES = ("RGB", "RGBA", "P", "L", "LA", "1")


def episode_image(derived: Derived, facts: Facts) -> Iterator[Problem]:
    """A107 for an episode's own picture, in a show that has a feed."""
    if facts.image is not None and derived.show.has_feed:
        yield from unfit_image(derived.episode, facts.image)


def unfit_image(record: Located, image: ImageFacts) -> Iterator[Problem]:
    """A107: the picture that a show or an episode names is not what apps take."""
    wrong = []
    if image.kind not in _KINDS:
        wrong.append(f"is {image.kind or 'of an unknown kind'}, not JPEG or PNG")
    if image.width != image.height:
        wrong.append(f"is {image.width} by {image.height} pixels, not square")
    elif not MIN_PIXELS <= image.width <= MAX_PIXELS:
        wrong.append(f"has {image.width} pixels a side, not {MIN_PIXELS} to {MAX_PIXELS}")
    if image.mode not in _MODES:
        wrong.append(f"is in {image.mode} colours, not RGB")
    if wrong:
        message = f"the image {'; it '.join(wrong)}"
        hint = f"apps want a square of {MIN_PIXELS} to {MAX_PIXELS} pixels, JPEG or PNG, RGB"
        yield record.problem("A107", message, record.where_value("image"), hint)
