"""Annotations that GitHub Actions shows at the lines of a change (workflow commands)."""

from collections.abc import Sequence

from producer.problems import Problem, Severity

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(problems: Sequence[Problem]) -> str:
    """One workflow command a problem, the hint in a line of its own."""
    return "".join(f"{_command(problem)}\n" for problem in problems)


def _command(problem: Problem) -> str:
    properties = {
        "file": problem.path,
        "line": problem.line,
        "col": problem.column,
        "endColumn": problem.column + problem.length,
        "title": problem.code,
    }
    listed = ",".join(
        f"{key}={str(value).translate(_PROPERTY)}" for key, value in properties.items()
    )
    return f"::{_LEVELS[problem.severity]} {listed}::{problem.explained.translate(_DATA)}"
