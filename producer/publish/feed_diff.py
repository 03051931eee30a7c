"""What subscribers see change from one feed to another. Pure."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from producer.publish.feed_summary import Item, Summary


@dataclass(frozen=True, slots=True)
class Change:
    """A value that is another one; lists are those of elements that stand more than once."""

    name: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangedItem:
    """An item that is in both feeds."""

    old: Item
    new: Item
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class FeedDiff:
    """The show's changes, and items in the order of their feeds.

    `renamed` are items whose guid is another one: apps take them for new ones, and show the old
    ones beside them.
    """

    show: tuple[Change, ...] = ()
    new: tuple[Item, ...] = ()
    changed: tuple[ChangedItem, ...] = ()
    renamed: tuple[ChangedItem, ...] = ()
    gone: tuple[Item, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.show or self.new or self.changed or self.renamed or self.gone)

    @property
    def is_grave(self) -> bool:
        """Whether subscribers lose something: an item, or what they know it by."""
        return bool(self.renamed or self.gone)

    def as_json(self) -> dict[str, Any]:
        """The changes as plain data."""
        return {
            "show": [_change_json(change) for change in self.show],
            "new": [_item_json(item) for item in self.new],
            "changed": [_changed_json(changed) for changed in self.changed],
            "guid_changed": [
                {**_changed_json(changed), "old_guid": changed.old.guid} for changed in self.renamed
            ],
            "gone": [_item_json(item) for item in self.gone],
        }


def diff_feeds(old: Summary, new: Summary) -> FeedDiff:
    """Items are the same by guid; those left over by an enclosure, page or title of their own."""
    before, after = _by_guid(old.items), _by_guid(new.items)
    lost = [item for key, item in before.items() if key not in after]
    found = [item for key, item in after.items() if key not in before]
    renamed = _pairs(lost, found)
    lost_ids = {id(was) for was, _ in renamed}
    found_ids = {id(now) for _, now in renamed}
    both = [(before[key], after[key]) for key in after if key in before]
    changed = [ChangedItem(was, now, _changes(was.values, now.values)) for was, now in both]
    return FeedDiff(
        show=_changes(old.values, new.values),
        new=tuple(item for item in found if id(item) not in found_ids),
        changed=tuple(each for each in changed if each.changes),
        renamed=tuple(ChangedItem(o, n, _changes(o.values, n.values)) for o, n in renamed),
        gone=tuple(item for item in lost if id(item) not in lost_ids),
    )


def _by_guid(items: Sequence[Item]) -> dict[str, Item]:
    """An item without a guid is known by its enclosure, as apps do."""
    return {item.guid or item.enclosure_url or item.link or item.title: item for item in items}


def _pairs(lost: Sequence[Item], found: Sequence[Item]) -> list[tuple[Item, Item]]:
    pairs: list[tuple[Item, Item]] = []
    taken: set[int] = set()
    for key in (_enclosure, _link, _title):
        olds, news = _unique(lost, key, taken), _unique(found, key, taken)
        for value, item in news.items():
            if value in olds:
                pairs.append((olds[value], item))
                taken |= {id(olds[value]), id(item)}
    order = {id(item): place for place, item in enumerate(found)}
    return sorted(pairs, key=lambda pair: order[id(pair[1])])


def _unique(items: Sequence[Item], key: Callable[[Item], str], taken: set[int]) -> dict[str, Item]:
    """Items by something that no other has."""
    left = [item for item in items if id(item) not in taken and key(item)]
    counts = Counter(key(item) for item in left)
    return {key(item): item for item in left if counts[key(item)] == 1}


def _enclosure(item: Item) -> str:
    return item.enclosure_url


def _link(item: Item) -> str:
    return item.link


def _title(item: Item) -> str:
    return item.title


def _changes(
    old: Mapping[str, tuple[str, ...]], new: Mapping[str, tuple[str, ...]]
) -> tuple[Change, ...]:
    names = dict.fromkeys((*new, *old))
    return tuple(
        Change(name, old.get(name, ()), new.get(name, ()))
        for name in names
        if old.get(name, ()) != new.get(name, ())
    )


def _item_json(item: Item) -> dict[str, Any]:
    return {"guid": item.guid, "title": item.title, "enclosure": item.enclosure_url}


def _changed_json(changed: ChangedItem) -> dict[str, Any]:
    return {**_item_json(changed.new), "changes": [_change_json(each) for each in changed.changes]}


def _change_json(change: Change) -> dict[str, Any]:
    return {"name": change.name, "old": list(change.old), "new": list(change.new)}
