"""Rules for the lengths of texts: what is longer is refused or cut."""

from collections.abc import Iterator

from producer.feed_check.feed import Feed
from producer.feed_check.finding import TEXT, Finding

# Apple limits the values of tags to 255 characters, where it says nothing else.
VALUE_CHARS = 255
DESCRIPTION_BYTES = 4000
# YouTube: the most that a video's title may have.
YOUTUBE_TITLE_CHARS = 100
# Podcasting 2.0: names and titles; a few are shorter or longer.
PODCAST_CHARS = 128

_TITLES = ("title", "itunes:title")
_VALUES = ("itunes:author", "itunes:name", "itunes:email", "copyright", "itunes:subtitle")
_DESCRIPTIONS = ("description", "itunes:summary")
_PODCAST_TEXTS = {
    "podcast:funding": PODCAST_CHARS,
    "podcast:location": PODCAST_CHARS,
    "podcast:trailer": PODCAST_CHARS,
    "podcast:license": PODCAST_CHARS,
    "podcast:updateFrequency": PODCAST_CHARS,
    "podcast:txt": 4000,
}
_PODCAST_ATTRIBUTES = {
    ("podcast:season", "name"): PODCAST_CHARS,
    ("podcast:episode", "display"): 32,
    ("podcast:txt", "purpose"): PODCAST_CHARS,
    ("podcast:image", "purpose"): PODCAST_CHARS,
    ("podcast:alternateEnclosure", "title"): 32,
    ("podcast:alternateEnclosure", "rel"): 32,
}


def title(feed: Feed) -> Iterator[Finding]:
    """A title that Apple does not take."""
    for element in feed.every(*_TITLES):
        count = len(element.text)
        if count > VALUE_CHARS:
            message = f"the title has {count:,} characters; {VALUE_CHARS} is the most"
            yield Finding(element, message, "shorten it", TEXT)


def youtube_title(feed: Feed) -> Iterator[Finding]:
    """A title that is too long for the video that YouTube makes of the episode."""
    for item in feed.items:
        element = item.first("title")
        count = len(element.text) if element is not None else 0
        if element is not None and YOUTUBE_TITLE_CHARS < count <= VALUE_CHARS:
            message = f"the title has {count} characters; YouTube cuts it at {YOUTUBE_TITLE_CHARS}"
            yield Finding(element, message, "shorten it, or put what matters first", TEXT)


def value(feed: Feed) -> Iterator[Finding]:
    """Another value that is longer than Apple takes."""
    for element in feed.every(*_VALUES):
        count = len(element.text)
        if count > VALUE_CHARS:
            message = f"<{element.name}> has {count:,} characters; {VALUE_CHARS} is the most"
            yield Finding(element, message, "shorten it", TEXT)


def description(feed: Feed) -> Iterator[Finding]:
    """A description that is longer than Apple takes; bytes count, not characters."""
    for element in feed.every(*_DESCRIPTIONS):
        if element.parent is not None and element.parent.name in {"image", "textInput"}:
            continue
        count = len(element.text.encode())
        if count > DESCRIPTION_BYTES:
            message = f"the description has {count:,} bytes; {DESCRIPTION_BYTES:,} is the most"
            hint = "shorten it; the whole of the show notes may stand in <content:encoded>"
            yield Finding(element, message, hint, TEXT)


def podcast(feed: Feed) -> Iterator[Finding]:
    """A text of the podcast namespace that apps may cut."""
    for name, most in _PODCAST_TEXTS.items():
        for element in feed.every(name):
            if len(element.text) > most:
                message = f"<{name}> has {len(element.text):,} characters; {most:,} is the most"
                yield Finding(element, message, "shorten it: apps may cut it", TEXT)
    for (name, attribute), most in _PODCAST_ATTRIBUTES.items():
        for element in feed.every(name):
            count = len(element.get(attribute))
            if count > most:
                message = f"{attribute} has {count:,} characters; {most} is the most"
                yield Finding(element, message, "shorten it: apps may cut it", attribute)
