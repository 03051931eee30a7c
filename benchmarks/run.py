"""Runs the benchmarks and puts what they print into docs/performance.md, between its markers.

    python benchmarks/run.py --date 2026-11-21 [--full] [--only build,feed]

Every section says on what machine it was measured, and on the day that is given. A benchmark that
fails, or that needs a corpus which is not there, leaves its section as it stands. `--full` takes an
hour or so.
"""

import argparse
import datetime
import re
import subprocess
import sys
from pathlib import Path

from measuring import machine

PROJECT = Path(__file__).parent.parent
PAGE = PROJECT / "docs" / "performance.md"
CORPUS = PROJECT.parent / "shared" / "corpus"
# For each benchmark its arguments for a quick look, and for all of it.
QUICK = {
    "build": "",
    "check": "--episodes 50 200 --rounds 3",
    "feed": "--episodes 1000 --rounds 1",
    "cut_copy": "--minutes 5 --formats mp3,m4a",
    "cut_polish": "--minutes 5",
    "audiogram": "--seconds 20",
    "preview": "--minutes 10",
    "align": "",
    "suggest": "",
    "draft": "",
}
FULL = {
    **dict.fromkeys(QUICK, ""),
    "build": "--rounds 5 --large 200 2000 10000",
}
NEED_CORPUS = {"suggest", "draft"}


def said_by(name: str, arguments: str) -> str | None:
    """What a benchmark prints; None where it fails."""
    script = str(PROJECT / "benchmarks" / f"{name}.py")
    done = subprocess.run(
        [sys.executable, script, *arguments.split()],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        cwd=PROJECT,
    )
    return done.stdout.strip() if done.returncode == 0 else None


def with_section(page: str, name: str, text: str) -> str:
    """The page with a new text between the markers of a benchmark. Raises ValueError without."""
    markers = re.compile(rf"(<!-- benchmark: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    if markers.search(page) is None:
        raise ValueError(f"{PAGE.name} has no place for {name}")
    return markers.sub(lambda found: f"{found[1]}\n{text}\n\n{found[2]}", page)


def main() -> int:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--date", type=datetime.date.fromisoformat, required=True)
    parser.add_argument("--full", action="store_true", help="all of it, in the sizes that count")
    parser.add_argument("--only", default=",".join(QUICK), metavar="NAME,...")
    options = parser.parse_args()
    arguments = FULL if options.full else QUICK
    status = 0
    for name in options.only.split(","):
        if name in NEED_CORPUS and not CORPUS.is_dir():
            print(f"{name}: left as it is, there is no corpus at {CORPUS}", file=sys.stderr)
            continue
        print(f"{name} {arguments[name]}", file=sys.stderr)
        said = said_by(name, arguments[name])
        if said is None:
            status = 1
            continue
        command = f"python benchmarks/{name}.py {arguments[name]}".strip()
        text = f"`{command}` on {options.date}: {machine()}.\n\n{said}"
        PAGE.write_text(with_section(PAGE.read_text("utf-8"), name, text), encoding="utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main())
