"""Which stored clip is meant to be which chapter's."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeAlias

from producer.model.episode import Episode

KEY = "quotableClips"
# Beyond any episode: there is no point in looking for the nearest.
_MANY = 10_000
Match: TypeAlias = tuple[int | None, int | None]


def stored_clips(episode: Episode) -> list[dict[str, Any]] | None:
    """The `quotableClips` of the front matter; None where it is no list of mappings."""
    stored = episode.data.get(KEY)
    if not isinstance(stored, list) or not all(isinstance(entry, dict) for entry in stored):
        return None
    return stored


def clip_name_of(entry: dict[str, Any]) -> str:
    """A stored clip's name, on one line."""
    return " ".join(str(entry.get("name") or "").split())


def match_clips(
    stored: Sequence[dict[str, Any]], expected: Sequence[dict[str, Any]]
) -> list[Match]:
    """Pairs of positions: in stored, in expected; None where the other one is missing.

    Clips of one name belong together, the nearest starts first where there are several of it; what
    is left belongs together where it starts at the same second. The pairs are in the order of
    `expected`, and what is stored for nothing comes last.
    """
    by_name: dict[str, list[int]] = defaultdict(list)
    for at, entry in enumerate(stored):
        by_name[clip_name_of(entry)].append(at)
    wanted: dict[str, list[int]] = defaultdict(list)
    for index, entry in enumerate(expected):
        wanted[clip_name_of(entry)].append(index)
    partner: dict[int, int] = {}
    for name, indices in wanted.items():
        partner |= _nearest(stored, by_name.get(name, []), expected, indices)
    taken = set(partner.values())
    left = [at for at, entry in enumerate(stored) if at not in taken and _has_start(entry)]
    by_start = {stored[at]["startOffset"]: at for at in reversed(left)}
    for index, entry in enumerate(expected):
        if index not in partner and entry["startOffset"] in by_start:
            partner[index] = by_start.pop(entry["startOffset"])
    matched = set(partner.values())
    pairs: list[Match] = [(partner.get(index), index) for index in range(len(expected))]
    return pairs + [(at, None) for at in range(len(stored)) if at not in matched]


def _nearest(
    stored: Sequence[dict[str, Any]],
    positions: list[int],
    expected: Sequence[dict[str, Any]],
    indices: list[int],
) -> dict[int, int]:
    if len(positions) == len(indices) or len(positions) * len(indices) > _MANY:
        return dict(zip(indices, positions, strict=False))
    gaps = sorted(
        (abs(_start(stored[at]) - expected[index]["startOffset"]), index, at)
        for at in positions
        for index in indices
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, index, at in gaps:
        if index not in partner and at not in taken:
            partner[index] = at
            taken.add(at)
    return partner


def _start(entry: dict[str, Any]) -> int:
    value = entry.get("startOffset")
    return int(value) if isinstance(value, (int, float)) and abs(value) < 1e9 else 0


def _has_start(entry: dict[str, Any]) -> bool:
    return isinstance(entry.get("startOffset"), int)
