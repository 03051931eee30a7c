"""Making a post fit: the same template, given less until the platform takes the result."""

from collections.abc import Callable
from typing import Any, NamedTuple

from producer.render.fitting import most_that_fits
from producer.render.share.platforms import graphemes


class PostParts(NamedTuple):
    """What a post says besides its link, all of it words of the episode."""

    name: str
    episode_title: str
    guests: tuple[str, ...] = ()
    description: str = ""
    tags: tuple[str, ...] = ()


def fit(parts: PostParts, fits: Callable[[PostParts], bool]) -> PostParts:
    """The most of `parts` that fits.

    Cut in this order: tags from the last, the description's end, guests from the last, the
    episode's title, and last of all the clip's name. What cannot be cut any further stays.
    """
    if fits(parts):
        return parts
    parts = _drop(parts, "tags", fits)
    parts = _shorten(parts, "description", fits)
    parts = _drop(parts, "guests", fits)
    parts = _shorten(parts, "episode_title", fits)
    return _shorten(parts, "name", fits)


def _drop(parts: PostParts, field: str, fits: Callable[[PostParts], bool]) -> PostParts:
    """`field` without as many of its last entries as need be."""
    entries = getattr(parts, field)

    def first(count: int) -> PostParts:
        return parts._replace(**{field: entries[:count]})

    return first(most_that_fits(len(entries), lambda count: fits(first(count))))


def _shorten(parts: PostParts, field: str, fits: Callable[[PostParts], bool]) -> PostParts:
    """`field` cut between graphemes, and at a word if there is one."""
    units = graphemes(getattr(parts, field))

    def first(count: int) -> PostParts:
        changed: dict[str, Any] = {field: _first(units, count)}
        return parts._replace(**changed)

    return first(most_that_fits(len(units), lambda count: fits(first(count))))


def _first(units: list[str], count: int) -> str:
    cut = "".join(units[:count])
    if count <= 0 or count >= len(units):
        return cut
    at_word = cut.rfind(" ")
    if not units[count].isspace() and at_word > len(cut) // 2:
        cut = cut[:at_word]
    return cut.rstrip(" ,;:–—-") + "…"
