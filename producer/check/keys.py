"""Rules for the keys of the front matter."""

import difflib
from collections.abc import Iterator, Set

from producer.check.raw import raw_entries
from producer.derive.derived import Derived
from producer.problems import Problem

# Those in use in the wild, whether anything is made of them here or not (DESIGN 3).
EPISODE_KEYS = frozenset(
    {
        "title",
        "short",
        "season",
        "episode",
        "guests",
        "image",
        "ids",
        "links",
        "description",
        "topics",
        "intro",
        "dateadded",
        "date",
        "duration",
        "quotableClips",
        "transcript",
        "context",
        "keywords",
        "guid",
        "audio",
    }
)
AUDIO_KEYS = frozenset({"file", "url", "offset"})
ENTRY_KEYS = frozenset({"header", "line", "sec", "time", "who"})


def near_misses(derived: Derived) -> Iterator[Problem]:
    """F113: an unknown key that looks like a known one; others are kept and left in peace."""
    episode = derived.episode
    yield from _near_misses(derived, (), set(episode.data), EPISODE_KEYS)
    audio = episode.data.get("audio")
    if isinstance(audio, dict):
        yield from _near_misses(derived, ("audio",), set(audio), AUDIO_KEYS)
    for index, values in raw_entries(episode):
        yield from _near_misses(derived, ("transcript", index), set(values), ENTRY_KEYS)


def _near_misses(
    derived: Derived, path: tuple[str | int, ...], keys: Set[str], known: Set[str]
) -> Iterator[Problem]:
    for key in sorted(keys - known):
        meant = difflib.get_close_matches(key, sorted(known - keys), n=1, cutoff=0.75)
        if meant:
            yield derived.episode.problem(
                "F113",
                f"unknown key `{key}`",
                derived.episode.where(*path, key),
                f"was `{meant[0]}` meant?",
            )
