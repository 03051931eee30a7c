"""The order in which parts of a line stand from left to right (Unicode's annex 9)."""

import unicodedata
from collections.abc import Sequence

from bidi import algorithm


def is_right_to_left(text: str) -> bool:
    """Whether a text begins on the right: by its first letter that has a direction."""
    return bool(algorithm.get_base_level(text))


def levels(text: str, *, right_to_left: bool) -> list[int]:
    """The embedding level of each character: odd ones run from right to left."""
    storage = algorithm.get_empty_storage()
    storage["base_level"] = int(right_to_left)
    storage["base_dir"] = "R" if right_to_left else "L"
    algorithm.get_embedding_levels("".join(map(_assigned, text)), storage)
    for index, char in enumerate(storage["chars"]):
        char["index"] = index
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    known = {char["index"]: char["level"] for char in storage["chars"]}
    # What has no level of its own, such as a joiner, has that of the character before it.
    found: list[int] = []
    for index in range(len(text)):
        found.append(known.get(index, found[-1] if found else int(right_to_left)))
    return found


def _assigned(char: str) -> str:
    """The character, or a neutral one for one that Unicode does not know: it has no class."""
    return char if unicodedata.bidirectional(char) else "\ufffd"


def visual_order(run_levels: Sequence[int]) -> list[int]:
    """The positions of runs from left to right, by their levels (rule L2)."""
    order = list(range(len(run_levels)))
    for level in range(max(run_levels, default=0), 0, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and run_levels[order[end]] >= level:
                end += 1
            if end > at:
                order[at:end] = reversed(order[at:end])
            at = max(end, at + 1)
    return order
