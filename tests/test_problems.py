"""Every problem code by the full text that a user sees: one directory of input and output each.

`input/` is a workspace; `command` the arguments, if not `check`; `expected.txt` what stderr says.
"""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from producer.cli.main import cli
from producer.codes import CODES

HERE = Path(__file__).parent / "problems"
# What `feed --check` finds has feeds of its own: one fault each, and a server for those online.
FEED_CASES = sorted((Path(__file__).parent / "feed_check" / "faults").glob("*.patch"))
ONLINE_CASES = Path(__file__).parent / "feed_check" / "online.txt"
CASES = sorted(path for path in HERE.iterdir() if path.is_dir())


def test_every_code_has_a_case() -> None:
    cases = {case.name.split("-")[0] for case in (*CASES, *FEED_CASES)}
    online = set(re.findall(r"\[(R29\d)\]", ONLINE_CASES.read_text(encoding="utf-8")))
    assert cases | online == set(CODES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_problem(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update_golden: bool
) -> None:
    root = tmp_path / "show"
    shutil.copytree(case / "input", root)
    monkeypatch.chdir(root)
    command = case / "command"
    args = command.read_text().split() if command.exists() else ["check"]

    result = CliRunner().invoke(cli, args, standalone_mode=False)

    assert result.exception is None, result.exception
    said = "\n".join(line for line in result.stderr.splitlines() if not _is_summary(line)) + "\n"
    code = case.name.split("-")[0]
    assert f"[{code}]" in said
    expected = case / "expected.txt"
    if update_golden:
        expected.write_text(said)
    assert said == expected.read_text()
    assert result.return_value == (1 if "error[" in said else 0)


def _is_summary(line: str) -> bool:
    """The last line counts, and a build's takes time: other tests look at them."""
    return " checked: " in line or line.endswith(" s)")
