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
    for header, problem in zip(repeats(derived), problems, strict=True):
        node = episode.document.find(("transcript", header.index)) if episode.document else None
        keys = {key_text(k) for k, _ in node.value} if isinstance(node, yaml.MappingNode) else set()
        if not keys <= _OWN:
            hint = "it says more than its title: move that to the header above, and delete it"
            yield Left(replace(problem, hint=hint))
            continue
        first = _first(derived, header)
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


def _first(derived: Derived, header: Header) -> Header:
    """The header that a repeated one repeats: the nearest above that stays."""
    gone = {each.index for each in repeats(derived)}
    alike = (
        each
        for each in reversed(derived.episode.headers)
        if each.index < header.index and each.title == header.title and each.index not in gone
    )
    return next(alike)
