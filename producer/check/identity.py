"""Rules for what tells an episode from the others: its name, numbers, guid and video."""

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from producer.check.facts import Facts
from producer.derive.derived import Derived
from producer.model.episode import Episode
from producer.problems import Problem
from producer.source.source import Place

Mark: TypeAlias = tuple[Hashable, Place]
_PLAIN_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*", re.ASCII)


def unnumbered(derived: Derived) -> Iterator[Problem]:
    """F108: apps sort and label by season and episode."""
    episode = derived.episode
    for key, value in (("season", episode.season), ("episode", episode.number)):
        if value is None and episode.where(key) is None:
            yield episode.problem("F108", f"the episode has no `{key}`", None, f"add `{key}: 1`")


def odd_slug(derived: Derived) -> Iterator[Problem]:
    """F109: the file's name becomes part of addresses that should never change."""
    slug = derived.episode.slug
    if _PLAIN_SLUG.fullmatch(slug):
        return
    if slug.endswith(".md"):
        message = f"the file's name ends in .md.md: the episode is called `{slug}`"
    else:
        message = f"the file's name has characters that addresses escape: `{slug}`"
    hint = "rename it, to letters, digits and dashes, before it is published"
    yield derived.episode.problem("F109", message, None, hint)


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells an episode from the others, each with its place in the file.

    It is all that is kept of an episode while the others are read: an archive has thousands.
    """

    path: str
    number: Mark | None
    guid: Mark | None
    video: Mark | None
    audio: Mark | None


def identity_of(derived: Derived, facts: Facts) -> Identity:
    """The identity of one episode."""
    episode = derived.episode
    number = (episode.season, episode.number) if episode.number is not None else None
    return Identity(
        episode.source.path,
        _mark(episode, number, "episode"),
        _mark(episode, episode.guid or None, "guid"),
        _mark(episode, episode.youtube_id, "ids"),
        _mark(episode, facts.audio_digest or episode.audio.url or None, "audio"),
    )


def same_number(episodes: Sequence[Identity]) -> Iterator[Problem]:
    """F110: two episodes with one season and number."""
    hint = "give one of them another number"
    yield from _shared(episodes, "number", "F110", "season and episode", hint)


def same_guid(episodes: Sequence[Identity]) -> Iterator[Problem]:
    """F111: of two episodes with one guid, apps show one."""
    yield from _shared(episodes, "guid", "F111", "guid", "give the newer one its own")


def same_video(episodes: Sequence[Identity]) -> Iterator[Problem]:
    """F112: two episodes that link into one video."""
    yield from _shared(episodes, "video", "F112", "YouTube id", "is one of them a copy?")


def same_audio(episodes: Sequence[Identity]) -> Iterator[Problem]:
    """F115: two episodes with one sound file, by name or by content."""
    hint = "one of them plays what it does not say; give each its own file"
    yield from _shared(episodes, "audio", "F115", "audio", hint)


def _mark(episode: Episode, value: Hashable, key: str) -> Mark | None:
    if value is None:
        return None
    return value, episode.source.place(episode.where_value(key) or episode.where(key))


def _shared(
    episodes: Sequence[Identity], name: str, code: str, what: str, hint: str
) -> Iterator[Problem]:
    """A problem at each episode but the first that has a value which another one has."""
    owners: dict[Hashable, Identity] = {}
    for identity in episodes:
        mark = getattr(identity, name)
        if mark is None:
            continue
        value, place = mark
        first = owners.setdefault(value, identity)
        if first is not identity:
            message = f"the same {what} as {first.path}"
            yield place.problem(code, message, hint)
