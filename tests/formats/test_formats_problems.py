"""Problems for programs: every field comes back, hostile text included."""

import json
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from producer.codes import CODES
from producer.formats.problems import PROBLEM_FORMATS
from producer.problems import Problem, severity_of

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
problems = st.lists(
    st.builds(
        lambda code, message, path, hint, line, column, length: Problem(
            code, severity_of(code), message, path, line, column, length, "", hint
        ),
        st.sampled_from(sorted(CODES)),
        texts,
        texts,
        texts,
        st.integers(1, 9999),
        st.integers(1, 200),
        st.integers(1, 50),
    ),
    max_size=4,
)
LEVELS = {
    "github": {"error": "error", "warning": "warning", "advice": "notice"},
    "sarif": {"error": "error", "warning": "warning", "advice": "note"},
}


def full_text(problem: Problem) -> str:
    return f"{problem.message}\nhint: {problem.hint}" if problem.hint else problem.message


@given(problems)
def test_json(found: list[Problem]) -> None:
    text = PROBLEM_FORMATS["json"](found)
    assert [Problem.from_json(row) for row in json.loads(text)] == found
    assert text.count("\n") == (len(found) + 2 if found else 1)


@given(problems)
def test_github(found: list[Problem]) -> None:
    lines = PROBLEM_FORMATS["github"](found).split("\n")[:-1]
    assert len(lines) == len(found)
    for line, problem in zip(lines, found, strict=True):
        command, data = line.removeprefix("::").split("::", 1)
        level, listed = command.split(" ", 1)
        assert level == LEVELS["github"][problem.severity.value]
        properties = dict(part.split("=", 1) for part in listed.split(","))
        assert {key: unquote(value) for key, value in properties.items()} == {
            "file": problem.path,
            "line": str(problem.line),
            "col": str(problem.column),
            "endColumn": str(problem.column + problem.length),
            "title": problem.code,
        }
        assert unquote(data) == full_text(problem)


@given(problems)
def test_table(found: list[Problem]) -> None:
    head, rule, *rows = PROBLEM_FORMATS["table"](found).splitlines()
    assert (head.count("|"), rule) == (6, "|---|---|---|--:|--:|")
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    assert cells == [
        [
            code,
            CODES[code].severity,
            CODES[code].title,
            str(sum(problem.code == code for problem in found)),
            str(len({problem.path for problem in found if problem.code == code})),
        ]
        for code in CODES
        if any(problem.code == code for problem in found)
    ]


@given(problems)
def test_sarif(found: list[Problem]) -> None:
    document = json.loads(PROBLEM_FORMATS["sarif"](found))
    (run,) = document["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert (document["version"], run["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    for result, problem in zip(run["results"], found, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == problem.code
        assert result["level"] == LEVELS["sarif"][problem.severity.value]
        assert result["message"]["text"] == full_text(problem)
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert unquote(place["artifactLocation"]["uri"]) == problem.path
        assert place["region"] == {
            "startLine": problem.line,
            "startColumn": problem.column,
            "endColumn": problem.column + problem.length,
        }
