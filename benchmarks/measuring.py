"""What the benchmarks share: running commands side by side, and tables of what they took."""

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TypeVar

_LAUNCH = str(Path(__file__).parent / "launch.py")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Cost:
    """What a command took; `mib` is the peak of its largest process, `all_mib` of all together."""

    seconds: float
    cpu_seconds: float
    mib: float
    all_mib: float
    said: str = ""


def measure(command: Sequence[str]) -> Cost:
    """The cost of a command, and what it printed. Exits where it fails."""
    done = subprocess.run(
        [sys.executable, _LAUNCH, *command], capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"failed: {' '.join(command)}\n{done.stderr[-2000:]}")
    said, _, taken = done.stdout.rstrip("\n").rpartition("\n")
    seconds, cpu, largest, together = json.loads(taken)
    return Cost(seconds, cpu, largest / 1024, max(largest, together) / 1024, said)


def seconds_of(run: Callable[[], object]) -> float:
    """How long a function of this process takes."""
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def side_by_side(ways: Mapping[str, Callable[[], Result]], rounds: int) -> dict[str, list[Result]]:
    """The results of each way, in turns: what else the machine does disturbs them all alike."""
    results: dict[str, list[Result]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, run in ways.items():
            results[name].append(run())
    return results


def median_cost(costs: Sequence[Cost]) -> Cost:
    """The median of each number, but the largest memory."""
    return Cost(
        median(cost.seconds for cost in costs),
        median(cost.cpu_seconds for cost in costs),
        max(cost.mib for cost in costs),
        max(cost.all_mib for cost in costs),
        costs[-1].said,
    )


def table(head: str, rows: Sequence[Sequence[object]]) -> None:
    """Print a Markdown table; `head` has its columns between bars, the first one of words."""
    columns = head.count("|") + 1
    print(f"| {head} |\n|---|{'--:|' * (columns - 1)}")
    for row in rows:
        print(
            "|",
            " | ".join(f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in row),
            "|",
        )
    print(flush=True)


def verdict(holds: bool) -> str:
    """How a limit that was measured reads."""
    return "holds" if holds else "DOES NOT HOLD"


def machine() -> str:
    """The machine in a line: processor, cores, memory, system, Python."""
    model = platform.processor() or platform.machine()
    try:
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
        gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
        memory = f", {gib:.0f} GiB"
    except (OSError, ValueError):
        memory = ""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    system = f"{platform.system()} {platform.release()}"
    return f"{model}, {cores} cores{memory}, {system}, Python {platform.python_version()}"
