"""A check of many episodes beside what reading them takes, in one run: ratios of times, and memory.

`python benchmarks/check.py [--episodes 200 2000] [--kilobytes 60] [--rounds 5]` prints a table.
"Parsing" is what any program has to do: each file into text, its YAML into data, by PyYAML with
libyaml. "Check" is `producer check`. Both are processes of their own, from start to end, in turns.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from archives import make_archive
from measuring import Cost, measure, median_cost, side_by_side, table, verdict

WAYS = Path(__file__).parent / "ways.py"
MAX_OF_PARSING = 2.0
HEAD = "episodes | way | seconds | times parsing | MiB"


def parse(root: Path) -> Cost:
    """The floor: nothing but reading and parsing."""
    return measure([sys.executable, str(WAYS), "parse", str(root)])


def check(root: Path) -> Cost:
    """What `producer check` takes; what it says is thrown away."""
    command = f"exec {sys.executable} -m producer check --root {root} 2>/dev/null"
    return measure(["sh", "-c", command])


def main() -> None:
    """Make the files, measure both, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--episodes", type=int, nargs="+", default=[200, 2000])
    parser.add_argument("--kilobytes", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    rows: list[tuple[object, ...]] = []
    ratios = []
    for episodes in args.episodes:
        with tempfile.TemporaryDirectory() as folder:
            root = make_archive(Path(folder) / "archive", episodes, kilobytes=args.kilobytes)
            ways = {
                "parsing": lambda root=root: parse(root),
                "check": lambda root=root: check(root),
            }
            costs = {
                way: median_cost(each) for way, each in side_by_side(ways, args.rounds).items()
            }
        floor = costs["parsing"].seconds
        ratios.append(costs["check"].seconds / floor)
        rows += (
            (episodes, way, cost.seconds, cost.seconds / floor, round(cost.mib))
            for way, cost in costs.items()
        )
    table(HEAD, rows)
    print(f"At most {MAX_OF_PARSING:.0f} times parsing: {verdict(max(ratios) <= MAX_OF_PARSING)}.")


if __name__ == "__main__":
    main()
