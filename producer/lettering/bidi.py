"""The order in which parts of a line stand from left to right (Unicode's annex 9)."""

import re
from collections.abc import Sequence
from unicodedata import bidirectional

from bidi import algorithm

from producer.lettering.brackets import resolve_brackets

# Characters from right to left, Arabic numbers, and what changes directions, by their blocks.
# Where there is none, all is level 0, as in most lines.
_TURNING = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_ISOLATES = re.compile("[\u2066-\u2069]")
_TO_RIGHT, _TO_LEFT, _FIRST_STRONG, _END = "\u2066\u2067\u2068\u2069"
_EMBED_RIGHT, _EMBED_LEFT, _END_EMBEDDING = "\u202a\u202b\u202c"


def is_right_to_left(text: str) -> bool:
    """Whether a text begins on the right: by its first letter that has a direction (rule P2)."""
    return bool(_TURNING.search(text)) and bool(algorithm.get_base_level(text))


def levels(text: str, *, right_to_left: bool) -> list[int]:
    """The embedding level of each character: odd ones run from right to left."""
    if not right_to_left and not _TURNING.search(text):
        return [0] * len(text)
    storage = algorithm.get_empty_storage()
    storage["base_level"] = int(right_to_left)
    storage["base_dir"] = "R" if right_to_left else "L"
    algorithm.get_embedding_levels("".join(map(_assigned, _embedded(text))), storage)
    for index, char in enumerate(storage["chars"]):
        char["index"] = index
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    for run in storage["runs"]:
        of_run = storage["chars"][run["start"] : run["start"] + run["length"]]
        resolve_brackets(of_run, run["sor"])
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
    return char if bidirectional(char) else "\ufffd"


def _embedded(text: str) -> str:
    """The text with embeddings in the place of isolates, which python-bidi refuses."""

    def embedding(match: re.Match[str]) -> str:
        char = match.group()
        if char == _FIRST_STRONG:
            inside = text[match.end() :].partition(_END)[0]
            char = _TO_LEFT if is_right_to_left(inside) else _TO_RIGHT
        return {_TO_RIGHT: _EMBED_RIGHT, _TO_LEFT: _EMBED_LEFT, _END: _END_EMBEDDING}[char]

    return _ISOLATES.sub(embedding, text)


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
