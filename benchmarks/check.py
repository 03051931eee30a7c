"""A check of many episodes beside what reading them takes, in one run: a ratio of times.

`python benchmarks/check.py [--episodes 200] [--kilobytes 60] [--rounds 5]` prints a table.
"Parsing" is what any program has to do: each file into text, its YAML into data, by PyYAML with
libyaml. "Check" is `producer check` from the files to its last rule, without starting Python.
"""

import argparse
import datetime
import tempfile
from pathlib import Path

import yaml
from archives import make_archive
from measuring import seconds_of, side_by_side, table

from producer.build.checking import check_workspace
from producer.build.media_files import MediaFiles
from producer.io.workspace import Workspace
from producer.problems import has_errors


def parse(paths: list[Path]) -> None:
    """The floor: nothing but reading and parsing."""
    for path in paths:
        text = path.read_bytes().decode()
        yaml.load(text.split("---\n")[1], Loader=yaml.CSafeLoader)


def check(root: Path) -> None:
    """What `producer check` does."""
    workspace = Workspace.open(root)
    now = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    found = check_workspace(workspace, workspace.episode_paths, MediaFiles({}), now, is_whole=True)
    assert not has_errors(found), found[0]


def main() -> None:
    """Make the files, measure both, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--episodes", type=int, default=200)
    parser.add_argument("--kilobytes", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = make_archive(Path(folder) / "archive", args.episodes, kilobytes=args.kilobytes)
        paths = sorted((root / "episodes").iterdir())
        size = sum(path.stat().st_size for path in paths) / len(paths) / 1000
        ways = {
            "parsing": lambda: seconds_of(lambda: parse(paths)),
            "check": lambda: seconds_of(lambda: check(root)),
        }
        # The least of each: what the machine does when nobody disturbs it.
        best = {way: min(each) for way, each in side_by_side(ways, args.rounds).items()}
    print(f"{args.episodes} episodes of {size:.0f} KB\n")
    table("way | seconds | ratio", [(w, s, s / best["parsing"]) for w, s in best.items()])


if __name__ == "__main__":
    main()
