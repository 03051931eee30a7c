"""Rules for artwork: from its address, and from the picture itself where it is at hand."""

from collections.abc import Iterator

from producer.feed_check.element import Element
from producer.feed_check.feed import Feed
from producer.feed_check.finding import Finding
from producer.feed_check.media_types import ARTWORK_EXTENSIONS, extension
from producer.feed_check.urls import is_absolute
from producer.model.image import MAX_PIXELS, MIN_PIXELS, ImageFacts

_FORMATS = {"JPEG": frozenset({"jpg", "jpeg"}), "PNG": frozenset({"png"})}


def href(feed: Feed) -> Iterator[Finding]:
    """Artwork without an address that apps can load."""
    for image in feed.every("itunes:image"):
        address = image.get("href")
        hint = 'write `<itunes:image href="https://.../cover.jpg"/>`'
        if not address:
            yield Finding(image, "<itunes:image> has no href", hint)
        elif not is_absolute(address):
            message = f'"{address[:60]}" is no address that apps can load'
            yield Finding(image, message, "write the whole of it, from https:// on", "href")


def file_extension(feed: Feed) -> Iterator[Finding]:
    """Artwork whose file name says that it is neither JPEG nor PNG."""
    for image in feed.every("itunes:image"):
        address = image.get("href")
        ending = extension(address)
        if is_absolute(address) and ending not in ARTWORK_EXTENSIONS:
            said = f"ends in .{ending[:20]}" if ending else "has no ending"
            message = f"the artwork's file name {said}"
            yield Finding(image, message, "use JPEG or PNG, ending in .jpg or .png", "href")


def picture_format(feed: Feed) -> Iterator[Finding]:
    """A picture that is neither JPEG nor PNG, or not what its name says."""
    for image, facts in _picture(feed):
        endings = _FORMATS.get(facts.kind)
        ending = extension(image.get("href"))
        if endings is None:
            message = f"the artwork is {facts.kind}, not JPEG or PNG"
            yield Finding(image, message, "save it as JPEG or PNG", "href")
        elif ending in ARTWORK_EXTENSIONS and ending not in endings:
            message = f"the artwork is {facts.kind}, but its name ends in .{ending}"
            yield Finding(image, message, "name it after what it is", "href")


def picture_size(feed: Feed) -> Iterator[Finding]:
    """A picture that is too small or too large."""
    for image, facts in _picture(feed):
        small, large = sorted((facts.width, facts.height))
        if small < MIN_PIXELS or large > MAX_PIXELS:
            message = f"the artwork is {facts.width} by {facts.height} pixels"
            hint = f"make it {MIN_PIXELS} to {MAX_PIXELS} pixels wide and high; 3000 is best"
            yield Finding(image, message, hint, "href")


def picture_square(feed: Feed) -> Iterator[Finding]:
    """A picture that is no square."""
    for image, facts in _picture(feed):
        if facts.width != facts.height:
            message = f"the artwork is {facts.width} by {facts.height} pixels, not a square"
            yield Finding(image, message, "make it as wide as high", "href")


def picture_colour(feed: Feed) -> Iterator[Finding]:
    """A picture that is not in RGB, or that one can see through."""
    for image, facts in _picture(feed):
        if facts.mode != "RGB":
            message = f"the artwork's colours are {facts.mode}, not RGB"
            hint = "save it in RGB without transparency; CMYK is for print"
            yield Finding(image, message, hint, "href")


def _picture(feed: Feed) -> Iterator[tuple[Element, ImageFacts]]:
    """The show's artwork, where somebody has looked at the picture."""
    image = feed.channel.first("itunes:image")
    if image is not None and feed.artwork is not None:
        yield image, feed.artwork
