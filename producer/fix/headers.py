"""Headers that repeat their neighbour: one is enough."""

from collections.abc import Iterator
from dataclasses import replace

import yaml

from producer.check.titles import repeated_headers, repeats
from producer.derive.derived import Derived
from producer.fix.mend import Finding, Left, Mend
from producer.source.document import key_text
from producer.source.edit import Remove

_OWN = frozenset({"header", "sec", "time"})


def mend_headers(derived: Derived) -> Iterator[Finding]:
    """C107: the repeated entries go, the last first. One that says more than its title stays."""
    episode = derived.episode
    problems = list(repeated_headers(derived))
    edits = []
    for header, problem in zip(repeats(derived), problems, strict=True):
        node = episode.document.find(("transcript", header.index)) if episode.document else None
        keys = {key_text(k) for k, _ in node.value} if isinstance(node, yaml.MappingNode) else set()
        if keys <= _OWN:
            edits.append(Remove(("transcript", header.index)))
        else:
            hint = "it says more than its title: move that to the header above, and delete it"
            yield Left(replace(problem, hint=hint))
    if edits:
        count = len(edits)
        what = "a repeated header" if count == 1 else f"{count} repeated headers"
        yield Mend(("C107",), f"{what} merged", tuple(reversed(edits)))
