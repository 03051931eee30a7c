"""How often each code was found, as a Markdown table: an archive at a glance."""

from collections import Counter
from collections.abc import Sequence

from producer.codes import CODES
from producer.problems import Problem

_HEAD = "| code | severity | problem | found | files |\n|---|---|---|--:|--:|\n"


def render(problems: Sequence[Problem]) -> str:
    """A row a code, in the order of the table of codes: problems, and files that have them."""
    found = Counter(problem.code for problem in problems)
    files = Counter(code for code, _ in {(problem.code, problem.path) for problem in problems})
    rows = (
        f"| {code} | {entry.severity} | {entry.title} | {found[code]} | {files[code]} |\n"
        for code, entry in CODES.items()
        if found[code]
    )
    return _HEAD + "".join(rows)
