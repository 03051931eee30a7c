"""A check of many episodes beside what reading them takes, in one run: a ratio of times.

`python benchmarks/check.py [--episodes 200] [--kilobytes 60] [--rounds 5]` prints a table.
"Parsing" is what any program has to do: each file into text, its YAML into data, by PyYAML with
libyaml. "Check" is `producer check` from the files to its last rule, without starting Python.
"""

import argparse
import datetime
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from producer.build.checking import check_workspace
from producer.build.media_files import MediaFiles
from producer.io.workspace import Workspace
from producer.source.edit import dump

WORDS = [
    *("a", "bench", "holds", "glue", "chisels", "patience", "and", "a", "radio", "that", "plays"),
    *("while", "the", "varnish", "dries"),
]


def episode(number: int, size: int) -> str:
    """An episode file of about that many bytes, in the shape of real ones."""
    entries: list[dict[str, object]] = []
    length = second = 0
    while length < size:
        if len(entries) % 9 == 0:
            entries.append({"header": f"Part {len(entries) // 9 + 1}: {WORDS[len(entries) % 9]}"})
        words = [WORDS[(number + len(entries) * 7 + n) % len(WORDS)] for n in range(60)]
        clock = f"{second // 3600}:{second // 60 % 60:02}:{second % 60:02}"
        who = ("Maren", "Jörg")[len(entries) % 2]
        entries.append({"line": " ".join(words), "sec": second, "time": clock, "who": who})
        second += 24
        length += 480
    front = {
        "title": f"Episode {number}",
        "season": 1,
        "episode": number,
        "guid": f"guid-{number}",
        "dateadded": datetime.date(2024, 1, 1) + datetime.timedelta(days=number),
        "ids": {"youtube": f"{number:011}"},
        "links": {"youtube": f"https://www.youtube.com/watch?v={number:011}"},
        "transcript": entries,
    }
    return f"---\n{dump(front)}---\n\nNotes.\n"


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
    assert not found, found[0]


def best(run: Callable[[], None], rounds: int) -> float:
    """The least seconds of some rounds: what the machine does when nobody disturbs it."""
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        run()
        times.append(time.perf_counter() - begin)
    return min(times)


def main() -> None:
    """Make the files, measure both, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--episodes", type=int, default=200)
    parser.add_argument("--kilobytes", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "episodes").mkdir()
        for number in range(1, args.episodes + 1):
            path = root / "episodes" / f"e{number:05}.md"
            path.write_text(episode(number, args.kilobytes * 1000), encoding="utf-8")
        paths = sorted((root / "episodes").iterdir())
        size = sum(path.stat().st_size for path in paths) / len(paths) / 1000
        floor = best(lambda: parse(paths), args.rounds)
        ours = best(lambda: check(root), args.rounds)
    print(f"{args.episodes} episodes of {size:.0f} KB\n")
    print("| | seconds | ratio |\n|---|--:|--:|")
    print(f"| parsing | {floor:.2f} | 1.00 |")
    print(f"| check | {ours:.2f} | {ours / floor:.2f} |")


if __name__ == "__main__":
    main()
