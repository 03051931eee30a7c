"""The list of episodes with their problems, looked through in the background."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from producer.check.identity import Identity, identity_of
from producer.check.rules import check_show
from producer.errors import ProducerError
from producer.preview.desk import Desk
from producer.preview.snapshot import Snapshot
from producer.preview.view import counts
from producer.problems import Problem


@dataclass(frozen=True)
class _Row:
    """What the list says of an episode, and what it takes to see two that are alike."""

    shown: dict[str, Any]
    identity: Identity | None = None


class Listing:
    """Rows by slug. One that is not looked at yet says its slug only."""

    def __init__(self, desk: Desk, on_row: Callable[[dict[str, Any]], None]) -> None:
        self._desk = desk
        self._on_row = on_row
        self._rows: dict[str, _Row] = {}
        self._seen: Snapshot | None = None
        self._lock = threading.Lock()
        self._is_stopped = False

    def rows(self) -> list[dict[str, Any]]:
        """All episodes, in the order of their slugs."""
        return [
            self._rows[slug].shown if slug in self._rows else {"slug": slug}
            for slug in self._desk.workspace().episode_paths
        ]

    def show_problems(self) -> list[dict[str, Any]]:
        """What two or more episodes have against each other."""
        identities = [row.identity for row in self._rows.values() if row.identity is not None]
        return [problem.as_json() for problem in check_show(identities)]

    def refresh(self) -> None:
        """Look at every episode that changed since, or at all where anything else did."""
        with self._lock:
            now = self._desk.snapshot()
            before, self._seen = self._seen, now
            whole = before is None or before.shared != now.shared
            slugs = set(self._desk.workspace().episode_paths)
            due = slugs if whole or before is None else {*now.changed_since(before)} & slugs
            for gone in self._rows.keys() - slugs:
                del self._rows[gone]
            for slug in sorted(due | (slugs - self._rows.keys())):
                if self._is_stopped:
                    return
                self._rows[slug] = self._row(slug)
                self._on_row(self._rows[slug].shown)
            self._desk.keep_measures()

    def stop(self) -> None:
        """Leave the rest."""
        self._is_stopped = True

    def _row(self, slug: str) -> _Row:
        try:
            opened = self._desk.look(slug)
        except ProducerError as error:
            return _Row({"slug": slug, "title": slug, "why": error.message})
        derived = opened.checked.loaded.derived
        shown: dict[str, Any] = {
            "slug": slug,
            "title": derived.episode.title if derived else slug,
            "counts": counts(opened.problems),
            "has_audio": opened.audio is not None,
        }
        if derived is None:
            return _Row(shown | {"why": _first(opened.problems)})
        published = derived.episode.published
        shown |= {
            "date": published.date().isoformat() if published else "",
            "duration_ms": derived.duration.ms,
            "is_estimate": derived.duration.is_estimate,
        }
        return _Row(shown, identity_of(derived, opened.checked.facts))


def _first(problems: tuple[Problem, ...]) -> str:
    return problems[0].message if problems else "it cannot be read"
