"""A feed in pages (RFC 5005): the newest items in the feed, older ones in archives that stay.

Archives are counted from the oldest items, so that a full one never changes for a new episode, and
whoever has it need not load it again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page:
    """One document of a feed: its file's name, whether it is an archive, and where others are."""

    name: str
    is_archive: bool
    links: tuple[tuple[str, str], ...]


def archive_name(number: int) -> str:
    """The file of an archive, counted from 1 for the oldest items."""
    return f"feed-{number:04}.xml"


def pages(
    items: Sequence[Item], size: int, feed_url: str
) -> list[tuple[Page | None, Sequence[Item]]]:
    """The items, newest first, cut into documents: the feed itself first, then the archives.

    The feed holds from `size` to under twice as many. A single document is no page of anything.
    """
    archives = len(items) // size - 1 if size else 0
    if archives < 1:
        return [(None, items)]
    base, _, feed_name = feed_url.rpartition("/")

    def url(number: int) -> str:
        return feed_url if number > archives else f"{base}/{archive_name(number)}"

    documents: list[tuple[Page | None, Sequence[Item]]] = []
    for number in range(archives + 1, 0, -1):
        links = [("first", feed_url), ("last", url(1))]
        if number > 1:
            links += [("next", url(number - 1)), ("prev-archive", url(number - 1))]
        if number <= archives:
            links += [("previous", url(number + 1)), ("current", feed_url)]
            links += [("next-archive", url(number + 1))] if number < archives else []
        end = len(items) - (number - 1) * size
        begin = 0 if number > archives else end - size
        name = feed_name if number > archives else archive_name(number)
        documents.append((Page(name, number <= archives, tuple(links)), items[begin:end]))
    return documents
