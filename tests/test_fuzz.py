"""A bounded run of the fuzzer, in a process of its own; `make fuzz` runs the long one."""

import subprocess
import sys
from pathlib import Path

import pytest
from fuzzing import mutant

HERE = Path(__file__).parent


# Two rows of seeds, so that both cores have something to do.
@pytest.mark.parametrize("first", [1, 1001])
def test_no_damage_is_too_much(first: int, tmp_path: Path) -> None:
    script = [sys.executable, str(HERE / "fuzzing.py"), "--count", "150", "--seed", str(first)]
    done = subprocess.run(
        [*script, "--keep", str(tmp_path)], capture_output=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()


def test_the_mutants_are_worth_the_while() -> None:
    mutants = [mutant(seed) for seed in range(1, 151)]
    assert len(set(mutants)) > 140
    assert max(map(len, mutants)) > 1_000_000
    assert mutant(7) == mutant(7)
