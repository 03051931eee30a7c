"""Runs a command, and prints what it took: `python benchmarks/launch.py COMMAND ARGUMENT...`.

A line of JSON: seconds, seconds of all cores, and in KiB the peak of the largest process and of all
of them together (proportional, so that what they share counts once; 0 where there is no /proc). The
command's own output goes before it. A program of its own with few imports, since a process is said
to have had the memory of the one that started it.
"""

import json
import re
import resource
import subprocess
import sys
import threading
import time

_EVERY_S = 0.05
_PSS = re.compile(rb"^Pss:\s+(\d+)", re.MULTILINE)


def proportional_kib(process: int) -> int:
    """The memory of a process and of those below it."""
    try:
        with open(f"/proc/{process}/smaps_rollup", "rb") as file:  # noqa: PTH123  no pathlib here
            found = _PSS.search(file.read())
        with open(f"/proc/{process}/task/{process}/children", "rb") as file:  # noqa: PTH123
            below = file.read().split()
    except OSError:
        return 0
    return (int(found[1]) if found else 0) + sum(proportional_kib(int(each)) for each in below)


def main() -> int:
    """See the module."""
    seen = [0]

    def watch(process: int) -> None:
        while True:
            time.sleep(_EVERY_S)
            seen[0] = max(seen[0], proportional_kib(process))

    began = time.perf_counter()
    with subprocess.Popen(sys.argv[1:]) as process:
        threading.Thread(target=watch, args=(process.pid,), daemon=True).start()
        status = process.wait()
    seconds = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    unit = 1024 if sys.platform == "darwin" else 1
    print(json.dumps([seconds, used.ru_utime + used.ru_stime, used.ru_maxrss // unit, seen[0]]))
    return status


if __name__ == "__main__":
    sys.exit(main())
