"""Headers that repeat their neighbour: one is enough."""

from collections.abc import Iterator
from dataclasses import replace

import yaml

from producer.check.titles import repeated_headers, repeats
from producer.derive.derived import Derived
from producer.fix.mend import Finding, Left, Mend
from producer.model.episode import Header
from producer.source.document import key_text
from producer.source.edit import Edit, Remove, Set
from producer.times import seconds

_OWN = frozenset({"header", "sec", "time"})


def mend_headers(derived: Derived) -> Iterator[Finding]:
    """C107: the repeated entries go, the last first. One that says more than its title stays."""
    episode = derived.episode
    problems = repeated_headers(derived)
    starts: list[Edit] = []
    edits: list[Edit] = []
    timed = False
    repeated = repeats(derived)
    firsts = _firsts(derived, frozenset(header.index for header in repeated))
    for header, problem in zip(repeated, problems, strict=True):
        node = episode.document.find(("transcript", header.index)) if episode.document else None
        keys = {key_text(k) for k, _ in node.value} if isinstance(node, yaml.MappingNode) else set()
        if not keys <= _OWN:
            hint = "it says more than its title: move that to the header above, and delete it"
            yield Left(replace(problem, hint=hint))
            continue
        first = firsts[header.index]
        if header.start_ms is not None and first.start_ms is None:
            # Only this one says where both begin.
            starts.append(Set(("transcript", first.index, "sec"), seconds(header.start_ms)))
        timed |= header.start_ms is not None
        edits.append(Remove(("transcript", header.index)))
    if edits:
        count = len(edits)
        what = "a repeated header" if count == 1 else f"{count} repeated headers"
        merging = (*starts, *reversed(edits))
        yield Mend(("C107",), f"{what} merged", merging, moves_starts=timed)


def _firsts(derived: Derived, gone: frozenset[int]) -> dict[int, Header]:
    """For each header that repeats one, by its index: the nearest alike above that stays."""
    staying: dict[str, Header] = {}
    firsts: dict[int, Header] = {}
    for header in derived.episode.headers:
        if header.index in gone:
            firsts[header.index] = staying[header.title]
        else:
            staying[header.title] = header
    return firsts
