"""Rules for the people of a show: names, roles and groups."""

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from producer.feed_check.feed import Feed
from producer.feed_check.finding import TEXT, Finding
from producer.feed_check.lengths import PODCAST_CHARS
from producer.feed_check.taxonomy import GROUPS, ROLES


def name(feed: Feed) -> Iterator[Finding]:
    """A person without a name."""
    for person in feed.every("podcast:person"):
        if not person.text:
            yield Finding(person, "the person has no name", "write it between the tags", TEXT)


def name_length(feed: Feed) -> Iterator[Finding]:
    """A name that apps may cut."""
    for person in feed.every("podcast:person"):
        count = len(person.text)
        if count > PODCAST_CHARS:
            message = f"the name has {count:,} characters; {PODCAST_CHARS} is the most"
            yield Finding(person, message, "shorten it; name each person alone", TEXT)


def role(feed: Feed) -> Iterator[Finding]:
    """A role that the taxonomy does not have."""
    for person in feed.every("podcast:person"):
        said = person.get("role")
        if said and said.lower() not in ROLES:
            message = f'"{said[:60]}" is not a role of the Podcast Taxonomy'
            yield Finding(person, message, _hint(said, ROLES, "host, guest, producer"), "role")


def group(feed: Feed) -> Iterator[Finding]:
    """A group that the taxonomy does not have."""
    for person in feed.every("podcast:person"):
        said = person.get("group")
        if said and said.lower() not in GROUPS and said.lower() != "misc":
            message = f'"{said[:60]}" is not a group of the Podcast Taxonomy'
            yield Finding(person, message, _hint(said, GROUPS, ", ".join(GROUPS)), "group")


def _hint(said: str, known: Collection[str], some: str) -> str:
    near = get_close_matches(said.lower(), known, 1, 0.6)
    return f"write `{near[0]}`" if near else f"take one of the list: {some}"
