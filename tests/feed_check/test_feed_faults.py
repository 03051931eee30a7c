"""One fault a feed: the right rule finds it, and no other finds anything."""

import re
from pathlib import Path

import pytest
from conftest import PROJECT
from feed_check.faults_cases import BASE, CASES, check, check_patch

from producer.codes import CODES
from producer.diagnostics import format_problem
from producer.feed_check.rules import RULES


def test_the_base_feed_is_clean() -> None:
    assert check(BASE, BASE.read_bytes()) == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_fault(case: Path, update_golden: bool) -> None:
    problems = check_patch(case)
    assert {problem.code for problem in problems} == {case.stem.split("-")[0]}

    said = "\n".join(format_problem(problem) for problem in problems) + "\n"
    expected = case.with_suffix(".txt")
    if update_golden:
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text(encoding="utf-8")


def test_rules_and_codes_are_the_same() -> None:
    assert [rule.code for rule in RULES] == [code for code in CODES if re.match("R[23]", code)]


def test_names_of_rules_are_unique() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))


def test_the_documentation_names_rule_and_source() -> None:
    text = (PROJECT / "docs" / "problems.md").read_text(encoding="utf-8")
    said = re.findall(
        r"^## (R[23]\d\d): .*?\*\*Rule:\*\* (.*?)\n- ", text, re.MULTILINE | re.DOTALL
    )
    assert [(code, " ".join(rule.split())) for code, rule in said] == [
        (rule.code, f"`{rule.name}` ({rule.source})") for rule in RULES
    ]
