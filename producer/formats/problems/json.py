"""A JSON array with one object, on one line, for each problem."""

import json
from collections.abc import Sequence

from producer.problems import Problem


def render(problems: Sequence[Problem]) -> str:
    """Keys are those of `Problem`, lines and columns from 1."""
    rows = ",\n".join(json.dumps(p.as_json(), ensure_ascii=False) for p in problems)
    return f"[\n{rows}\n]\n" if rows else "[]\n"
