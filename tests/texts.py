"""Episodes made of plain data, as files would hold them, and what is derived of them."""

from collections.abc import Iterable
from typing import Any

import yaml

from producer.derive.derived import Derived, derive
from producer.model.person import Person
from producer.model.show import Show
from producer.problems import Problem
from producer.read.episode import read_episode


def derived_from(
    front: dict[str, Any],
    body: str = "",
    *,
    show: Show | None = None,
    people: dict[str, Person] | None = None,
    audio_ms: int | None = None,
    slug: str = "slug",
) -> Derived:
    text = f"---\n{yaml.safe_dump(front, allow_unicode=True)}---\n{body}\n"
    episode, _ = read_episode(slug, f"{slug}.md", text.encode("utf-8", errors="replace"))
    assert episode is not None
    return derive(episode, show or Show(), people or {}, audio_ms)


def problems_of(problems: Iterable[Problem]) -> list[str]:
    return [f"{problem.code}: {problem.message}" for problem in problems]
