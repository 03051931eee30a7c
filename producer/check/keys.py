"""Rules for the keys of the front matter."""

import difflib
from collections.abc import Iterator, Mapping, Set

from producer.derive.derived import Derived
from producer.model.located import Located
from producer.model.show import Show
from producer.problems import Problem
from producer.read.soundbites import MAX_SOUNDBITES

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
        "soundbites",
        "quotes",
    }
)
SHOW_KEYS: Mapping[str, Set[str]] = {
    "": frozenset(
        {
            "title",
            "link",
            "description",
            "language",
            "author",
            "owner",
            "image",
            "categories",
            "explicit",
            "copyright",
            "base_url",
            "hosts",
            "chapters",
            "clips",
            "audio",
            "check",
            "complete",
            "feed",
            "funding",
            "glossary",
            "guid",
            "images",
            "license",
            "locked",
            "medium",
            "new_feed_url",
            "podroll",
            "publish",
            "seasons",
            "site_generators",
            "txt",
            "type",
            "update_frequency",
        }
    ),
    "feed": frozenset({"hub", "page_size"}),
    "publish": frozenset(
        {"target", "endpoint", "region", "keep_days", "hubs", "podping", "verify"}
    ),
    "license": frozenset({"name", "url"}),
    "update_frequency": frozenset({"text", "rrule"}),
    "owner": frozenset({"name", "email"}),
    "chapters": frozenset({"opening_title"}),
    "audio": frozenset({"bitrate_kbps"}),
    "clips": frozenset(
        {
            "window",
            "starts",
            "loudness",
            "true_peak",
            "match",
            "fade",
            "channels",
            "intro",
            "outro",
            "crossfade",
        }
    ),
    "check": frozenset({"silence"}),
}
_LONGEST = 20
_MANY = 100
AUDIO_KEYS = frozenset({"file", "url", "offset"})
SOUNDBITE_KEYS = frozenset({"title", "quote", "start", "end", "duration"})
ENTRY_KEYS = frozenset({"header", "line", "sec", "time", "who"})


def near_misses(derived: Derived) -> Iterator[Problem]:
    """F113: an unknown key that looks like a known one; others are kept and left in peace."""
    episode = derived.episode
    yield from _near_misses(episode, "F113", (), set(episode.data), EPISODE_KEYS)
    audio = episode.data.get("audio")
    if isinstance(audio, dict):
        yield from _near_misses(episode, "F113", ("audio",), set(audio), AUDIO_KEYS)
    marked = episode.data.get("soundbites")
    for index, mark in enumerate(marked[:MAX_SOUNDBITES] if isinstance(marked, list) else ()):
        if isinstance(mark, dict):
            path = ("soundbites", index)
            yield from _near_misses(episode, "F113", path, set(mark), SOUNDBITE_KEYS)
    for index, values in episode.raw_entries:
        path = ("transcript", index)
        yield from _near_misses(episode, "F113", path, set(values), ENTRY_KEYS)


def show_near_misses(show: Show) -> Iterator[Problem]:
    """S108: the same in `podcast.yaml`."""
    for key, known in SHOW_KEYS.items():
        values = show.data.get(key) if key else show.data
        if isinstance(values, dict):
            path = (key,) if key else ()
            yield from _near_misses(show, "S108", path, set(values), known)


def _near_misses(
    record: Located, code: str, path: tuple[str | int, ...], keys: Set[str], known: Set[str]
) -> Iterator[Problem]:
    # A key that is longer than any known one by half is no slip of the pen.
    for key in sorted(key for key in keys - known if len(key) <= _LONGEST)[:_MANY]:
        meant = difflib.get_close_matches(key, sorted(known - keys), n=1, cutoff=0.75)
        if meant:
            place = record.where(*path, key)
            yield record.problem(code, f"unknown key `{key}`", place, f"was `{meant[0]}` meant?")
