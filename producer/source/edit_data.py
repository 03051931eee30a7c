"""Plain data by paths. It is never changed in place, since aliases share parts of it."""

from typing import Any

from producer.source.document import Path


def has(data: Any, name: str | int) -> bool:
    """Whether data has a key or an entry of this name."""
    if isinstance(data, dict):
        return isinstance(name, str) and name in data
    return isinstance(data, list) and isinstance(name, int) and 0 <= name < len(data)


def present(data: Any, path: Path) -> bool:
    """Whether there is something at a path."""
    for name in path:
        if not has(data, name):
            return False
        data = data[name]
    return True


def at(data: Any, path: Path) -> Any:
    """What is at a path that is present."""
    for name in path:
        data = data[name]
    return data


def with_value(data: Any, path: Path, value: Any, owned: dict[int, Any]) -> Any:
    """The data with another value at a path; what is not on the path is shared.

    Collections in `owned`, by their ids, are copies that nobody else has: they are changed in
    place, and those that are copied here join them.
    """
    if not path:
        return value
    copied = owned.get(id(data))
    if copied is None:
        copied = data.copy()
        owned[id(copied)] = copied
    copied[path[0]] = with_value(data[path[0]], path[1:], value, owned)
    return copied


def same(one: Any, other: Any) -> bool:
    """Whether data is equal in its types as well; shared parts are compared once."""
    pending, seen = [(one, other)], set()
    while pending:
        a, b = pending.pop()
        if type(a) is not type(b):
            return False
        if not isinstance(a, (dict, list)):
            if a != b:
                return False
        elif (id(a), id(b)) not in seen:
            seen.add((id(a), id(b)))
            if len(a) != len(b) or (isinstance(a, dict) and a.keys() != b.keys()):
                return False
            pending += ((a[key], b[key]) for key in (a if isinstance(a, dict) else range(len(a))))
    return True
