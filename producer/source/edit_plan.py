"""What edits there are, and what each of them comes to in the data of a file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from producer.source import edit_changes, edit_data
from producer.source.document import Path
from producer.source.edit_changes import Change
from producer.source.edit_tree import Tree, UnsafeError


@dataclass(frozen=True, slots=True)
class Set:
    """The key or entry at `path` gets this value, in the style in which the old one is written.

    A missing key is added, and so are the mappings above it: before the first of the keys in
    `before` that its mapping has, else to the mapping's end.
    """

    path: Path
    value: Any
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remove:
    """The key or entry at `path` goes, its comments with it; its last one leaves `{}` or `[]`."""

    path: Path


@dataclass(frozen=True, slots=True)
class Insert:
    """An entry goes into the list at `path`, before that of `index`, or at its length to the end.

    A list that is missing is made.
    """

    path: Path
    index: int
    value: Any


Edit: TypeAlias = Set | Remove | Insert


@dataclass(frozen=True, slots=True)
class Step:
    """One edit, worked out against the data: what it may touch, and what the data is then.

    `path` gets `value`. With `removes`, the one entry of the list at `region` that goes.
    """

    region: Path
    changes: Callable[[Tree], list[Change]]
    path: Path
    value: Any
    removes: int | None = None


def plan(data: Any, edit: Edit) -> Step | None:
    """What an edit comes to; None where all is as it should be.

    Raises UnsafeError for an edit of what is not there.
    """
    match edit:
        case Set(path, value, before):
            return _plan_set(data, path, value, before)
        case Remove(path):
            return _plan_remove(data, path)
        case Insert(path, index, value):
            return _plan_insert(data, path, index, value)


def _plan_set(data: Any, path: Path, value: Any, before: tuple[str, ...] = ()) -> Step | None:
    at = data
    for depth, name in enumerate(path):
        here, below = path[:depth], path[depth + 1 :]
        if isinstance(at, (dict, list)) and edit_data.has(at, name):
            at = at[name]  # type: ignore[index]
            continue
        if not isinstance(name, str) or not all(isinstance(each, str) for each in below):
            raise UnsafeError("there is no such entry")
        for each in reversed(below):
            value = {each: value}
        if depth and at in (None, {}):
            return _replacing(here, {name: value})
        if not isinstance(at, dict):
            raise UnsafeError("it is no mapping")
        return _adding(data, here, name, value, before)
    if not path:
        raise UnsafeError("no key is named")
    return None if edit_data.same(at, value) else _replacing(path, value)


def _plan_remove(data: Any, path: Path) -> Step:
    if not path or not edit_data.present(data, path):
        raise UnsafeError("there is no such key or entry")
    *above, name = path
    region = tuple(above)
    rest = edit_data.at(data, region).copy()
    del rest[name]
    if not rest and not region:
        raise UnsafeError("it is the only key of the front matter")

    def changes(tree: Tree) -> list[Change]:
        part = tree.part(region)
        index = part.only(name)
        if rest:
            return edit_changes.remove(tree, part, index)
        above = tree.part(region[:-1])
        return edit_changes.replace(tree, above, above.only(region[-1]), rest)

    removes = name if rest and isinstance(name, int) else None
    return Step(region, changes, region, rest, removes)


def _plan_insert(data: Any, path: Path, index: int, value: Any) -> Step | None:
    entries = edit_data.at(data, path) if edit_data.present(data, path) else None
    if not isinstance(entries, list | None):
        raise UnsafeError("it is no list")
    if not 0 <= index <= len(entries or ()):
        raise UnsafeError("there is no such entry")
    if not entries:
        return _plan_set(data, path, [value])

    def changes(tree: Tree) -> list[Change]:
        return edit_changes.insert(tree, tree.part(path), index, value)

    return Step(path, changes, path, [*entries[:index], value, *entries[index:]])


def _replacing(path: Path, value: Any) -> Step:
    def changes(tree: Tree) -> list[Change]:
        parent = tree.part(path[:-1])
        return edit_changes.replace(tree, parent, parent.only(path[-1]), value)

    return Step(path, changes, path, value)


def _adding(data: Any, path: Path, key: str, value: Any, before: tuple[str, ...]) -> Step:
    def changes(tree: Tree) -> list[Change]:
        parent = tree.part(path)
        following = (index for name in before if (index := parent.index(name)) is not None)
        return edit_changes.add(tree, parent, key, value, next(following, None))

    return Step(path, changes, path, {**edit_data.at(data, path), key: value})
