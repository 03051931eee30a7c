"""Rules for what tells an episode from the others: its name, numbers, guid and video."""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

from producer.check.facts import Facts
from producer.derive.derived import Derived
from producer.model.episode import Episode
from producer.problems import Problem

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


def same_number(episodes: Sequence[Derived], facts: Mapping[str, Facts]) -> Iterator[Problem]:
    """F110: two episodes with one season and number."""

    def number(episode: Episode) -> Hashable:
        return (episode.season, episode.number) if episode.number is not None else None

    hint = "give one of them another number"
    yield from _shared(episodes, number, "F110", ("episode", "season and episode"), hint)


def same_guid(episodes: Sequence[Derived], facts: Mapping[str, Facts]) -> Iterator[Problem]:
    """F111: of two episodes with one guid, apps show one."""
    hint = "give the newer one its own"
    yield from _shared(episodes, lambda e: e.guid or None, "F111", ("guid", "guid"), hint)


def same_video(episodes: Sequence[Derived], facts: Mapping[str, Facts]) -> Iterator[Problem]:
    """F112: two episodes that link into one video."""
    hint = "is one of them a copy?"
    yield from _shared(episodes, lambda e: e.youtube_id, "F112", ("ids", "YouTube id"), hint)


def same_audio(episodes: Sequence[Derived], facts: Mapping[str, Facts]) -> Iterator[Problem]:
    """F115: two episodes with one sound file, by name or by content."""

    def audio(episode: Episode) -> Hashable:
        known = facts.get(episode.slug)
        return (known.audio_digest if known else None) or episode.audio.url or None

    hint = "one of them plays what it does not say; give each its own file"
    yield from _shared(episodes, audio, "F115", ("audio", "audio"), hint)


def _shared(
    episodes: Sequence[Derived],
    value_of: Callable[[Episode], Hashable],
    code: str,
    key_and_name: tuple[str, str],
    hint: str,
) -> Iterator[Problem]:
    """A problem at each episode but the first that has a value which another one has."""
    owners: dict[Hashable, list[Episode]] = defaultdict(list)
    for derived in episodes:
        value = value_of(derived.episode)
        if value is not None:
            owners[value].append(derived.episode)
    key, what = key_and_name
    for first, *others in owners.values():
        for episode in others:
            message = f"the same {what} as {first.source.path}"
            place = episode.where_value(key) or episode.where(key)
            yield episode.problem(code, message, place, hint)
