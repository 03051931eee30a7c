"""The changes of a feed as people read them, a line each."""

import difflib
from collections.abc import Iterator

from producer.publish.feed_diff import Change, ChangedItem, FeedDiff
from producer.publish.feed_summary import Item

_LONGEST = 100


def render_diff(diff: FeedDiff) -> str:
    """What is new, changed and gone; empty where nothing is. Every line ends."""
    return "".join(f"{line}\n" for line in _lines(diff))


def _lines(diff: FeedDiff) -> Iterator[str]:
    for changed in diff.renamed:
        yield f"guid changed: {_title(changed.new)}"
        yield from _values(Change("guid", (changed.old.guid,), (changed.new.guid,)))
        yield from _changes(changed)
    for item in diff.gone:
        yield f"gone: {_title(item)}"
    for item in diff.new:
        yield f"new: {_title(item)}"
    for changed in diff.changed:
        yield f"changed: {_title(changed.new)}"
        yield from _changes(changed)
    if diff.show:
        yield "changed: the show"
        for change in diff.show:
            yield from _values(change)


def _title(item: Item) -> str:
    return item.title or item.guid or item.enclosure_url


def _changes(changed: ChangedItem) -> Iterator[str]:
    for change in changed.changes:
        if change.name != "guid":
            yield from _values(change)


def _values(change: Change) -> Iterator[str]:
    if len(change.old) == 1 and len(change.new) == 1:
        yield f"  {change.name}: {_around(*change.old, *change.new)}"
        return
    yield f"  {change.name}:"
    for line in difflib.ndiff(change.old, change.new):
        if line[0] in "+-":
            yield f"    {line[0]} {_short(line[2:])}"


def _around(old: str, new: str) -> str:
    """Both values; of long ones what lies around the first difference."""
    if len(old) <= _LONGEST and len(new) <= _LONGEST:
        return f"{old} -> {new}"
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    begin = max(0, same - _LONGEST // 3)
    return f"{_short(old, begin)} -> {_short(new, begin)}"


def _short(text: str, begin: int = 0) -> str:
    part = text[begin : begin + _LONGEST]
    end = "..." if begin + _LONGEST < len(text) else ""
    return f"{'...' if begin else ''}{part}{end}"
