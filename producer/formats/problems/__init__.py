"""The formats of problems that programs read, by the names that `producer check --format` takes."""

from collections.abc import Callable, Sequence

from producer.formats.problems import github, json, sarif, table
from producer.problems import Problem

PROBLEM_FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {
    "json": json.render,
    "github": github.render,
    "sarif": sarif.render,
    "table": table.render,
}
