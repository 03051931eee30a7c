"""Rules for the date of an episode."""

import contextlib
from collections.abc import Iterator

import yaml

from producer.check.facts import Facts
from producer.derive.derived import Derived
from producer.moments import is_after
from producer.problems import Problem


def undated(derived: Derived) -> Iterator[Problem]:
    """R102: nothing says when the episode came out. With a feed, that is said on loading."""
    episode = derived.episode
    if episode.published is None and not derived.show.has_feed:
        message = "the episode has no date: apps cannot sort it"
        place = episode.where("dateadded") or episode.where("date")
        yield episode.problem("R102", message, place, "add `dateadded: 2026-03-31`")


def in_the_future(derived: Derived, facts: Facts) -> Iterator[Problem]:
    """F114: a date that still lies ahead."""
    episode = derived.episode
    for key in ("dateadded", "date"):
        node = episode.document.find((key,)) if episode.document else None
        if not isinstance(node, yaml.ScalarNode):
            continue
        with contextlib.suppress(ValueError):  # reported by the reader
            if is_after(node.value, facts.now):
                yield episode.problem(
                    "F114",
                    f"{key} {node.value.strip()} is in the future",
                    episode.where_value(key),
                    "is the year right? Some apps hide the episode until then",
                )
