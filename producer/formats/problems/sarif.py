"""SARIF 2.1.0 (OASIS), which forges and editors read."""

import json
from collections.abc import Sequence
from urllib.parse import quote

from producer import __version__
from producer.codes import CODES
from producer.problems import Problem, Severity

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}


def render(problems: Sequence[Problem]) -> str:
    """One run, with the rules that were broken and a result for each problem."""
    codes = sorted({problem.code for problem in problems})
    driver = {
        "name": "producer",
        "version": __version__,
        "rules": [{"id": c, "shortDescription": {"text": CODES[c].title}} for c in codes],
    }
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                # Columns count characters, not the UTF-16 units that SARIF takes for granted.
                "columnKind": "unicodeCodePoints",
                "results": [_result(problem, codes.index(problem.code)) for problem in problems],
            }
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _result(problem: Problem, rule: int) -> dict[str, object]:
    region = {
        "startLine": problem.line,
        "startColumn": problem.column,
        "endColumn": problem.column + problem.length,
    }
    place = {"artifactLocation": {"uri": _uri(problem.path)}, "region": region}
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": _LEVELS[problem.severity],
        "message": {"text": problem.explained},
        "locations": [{"physicalLocation": place}],
    }


def _uri(path: str) -> str:
    """A path as the reference that it is; an address, of a feed on the web, is one already."""
    return path if "://" in path else quote(path)
