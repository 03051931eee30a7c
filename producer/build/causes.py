"""Why something is made again: what it was made from, held against what there is now."""

from collections.abc import Iterable, Mapping

NEW = "new"
FORCED = "forced"
LOST = "the output is missing or was changed"
SOUND_WANTED = "settings: with sound now"
# What an input is called that is no file.
TOOL = "the version of producer"
ENTRIES = "episodes on the index"
ITEMS = "episodes in the feed"
RENAMES = "renamed episodes"
_MANY = 3

Inputs = Mapping[str, str | None]


def causes(before: Inputs, now: Inputs) -> tuple[str, ...]:
    """What differs, in order of names. A file that is not there is as one that is not named."""
    if before == now:
        return ()
    names = (*before, *(name for name in now if name not in before))
    differing = sorted(name for name in names if before.get(name) != now.get(name))
    return tuple(_cause(name, before.get(name), now.get(name)) for name in differing)


def _cause(name: str, before: str | None, now: str | None) -> str:
    if before is None:
        return f"new: {name}"
    return f"gone: {name}" if now is None else f"changed: {name}"


def in_short(causes: Iterable[str]) -> str:
    """Causes in one line: the first few, and how many more."""
    every = list(causes)
    more = len(every) - _MANY
    return ", ".join(every[:_MANY]) + (f" and {more} more" if more > 0 else "")
