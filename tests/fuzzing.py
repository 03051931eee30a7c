"""Damaged episode files for the whole product: each must give a result or a problem.

`python tests/fuzzing.py --count 10000 --seed 1` runs for as long as it takes (`make fuzz`); the
tests run a few hundred. A file that breaks something is kept, and its path printed.
"""

import argparse
import contextlib
import faulthandler
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from producer.cli.main import cli
from producer.errors import ProducerError

SECONDS = 10
MEBIBYTES = 1024
COMMANDS = (
    ("check", "--json"),
    ("chapters", "x", "--format", "json"),
    ("notes", "x"),
    ("build", "x", "--no-audio"),
    ("fix", "--dry-run"),
    ("fix",),
    ("clips", "x", "--write"),
    ("suggest", "x", "--json"),
    ("align", "x"),
    ("align", "x", "--write"),
)
CAPTIONS = """WEBVTT

00:00.000 --> 00:19.000
hello and welcome says ada in two lines a further paragraph

00:20.000 --> 01:00.000
this is the middle good bye
"""
EPISODE = """---
title: "Ada: a talk"   # comment
short: Ada
season: 1
episode: 1
guests: [ada, ben]
ids: {youtube: abcdefghijk}
links:
  youtube: https://youtu.be/abcdefghijk
  web: https://x.example.org/?si=1
description: >-
  About *this* and
  that.
intro: |
  One.

  Two.
dateadded: 2026-01-02
duration: PT1M
audio: {offset: 1.5}
quotableClips:
- name: Beginning
  startOffset: 0
  url: https://www.youtube.com/watch?v=abcdefghijk&t=0
  endOffset: 15
- name: 'Middle: it''s "that"'
  startOffset: 20
  endOffset: 44
transcript:
- header: Beginning
- line: Hello and welcome, says
    Ada in two lines.
  sec: 0
  time: '0:00'
  who: Ada
- line: A further paragraph.
- header: 'Middle: it''s "that"'
- header: 'Middle: it''s "that"'
- line: "This is the \\u00e9 middle. \\U0001F3A7"
  sec: 20
  time: 0:21
  who: Ben
- header: End
  sec: 44.5
- line: Good bye.
  sec: 45
  who: Ada
---

The [body](https://x.example.org){:target="_blank"} stays.
"""
NASTY = (
    "&a ", "*a", "<<: *a", "!!python/object:os.system x", "!!binary x", "%YAML 9.9", "- - - ", "? ",
    ": ", "---", "...", "\t", "|", ">", "{{ x }}", "'", '"', "#", "\\", "[", "]", "{", "}", "\x00",
    "\x07", "\x85", "\u2028", "\u202e", "\ufeff", "\ud83d", "\r", "\r\n", "🎧", "sec: .inf",
    "sec: -1", "sec: 1e999", "sec: " + "9" * 500, "time: 99:99", "time: 1:2:3:4", "header:",
    "line:", "who: {a: b}", "transcript:", "transcript: x", "duration: PT999999999H", "season: -1",
    "quotableClips: {}", "ids: []", "links: *a", "guid: [x]", "audio: x", "dateadded: 99999-01-01",
    "# producer: silence T107, F999", "title:",
)  # fmt: skip


def flip_bytes(data: bytes, rng: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        damaged[rng.randrange(len(damaged))] = rng.randrange(256)
    return bytes(damaged)


def drop_bytes(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + data[at + rng.randint(1, 40) :]


def truncate(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data))]


def _lines(data: bytes, rng: random.Random) -> tuple[list[bytes], int]:
    lines = data.splitlines(keepends=True) or [b""]
    return lines, rng.randrange(len(lines))


def drop_lines(data: bytes, rng: random.Random) -> bytes:
    lines, at = _lines(data, rng)
    del lines[at : at + rng.randint(1, 4)]
    return b"".join(lines)


def double_lines(data: bytes, rng: random.Random) -> bytes:
    lines, at = _lines(data, rng)
    size = rng.randint(1, 12)
    return b"".join([*lines[: at + size], *lines[at : at + size] * rng.randint(1, 4), *lines[at:]])


def swap_lines(data: bytes, rng: random.Random) -> bytes:
    lines, at = _lines(data, rng)
    other = rng.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]
    return b"".join(lines)


def indent_lines(data: bytes, rng: random.Random) -> bytes:
    lines, at = _lines(data, rng)
    for number in range(at, min(at + rng.randint(1, 5), len(lines))):
        lines[number] = rng.choice([b" ", b"  ", b"\t", b"- "]) + lines[number]
    return b"".join(lines)


def insert_nasty(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    token = rng.choice(NASTY).encode("utf-8", "surrogatepass")
    around = b"\n" if rng.random() < 0.6 else b""
    return data[:at] + around + token + around + data[at:]


def other_line_ends(data: bytes, rng: random.Random) -> bytes:
    return data.replace(b"\n", rng.choice([b"\r\n", b"\r", b"\n\n", b"\xc2\x85"]))


def other_encoding(data: bytes, rng: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(rng.choice(["utf-16", "utf-32", "latin-1", "utf-8-sig"]), "replace")


def laughs(data: bytes, rng: random.Random) -> bytes:
    """Aliases of aliases: a few lines that would be a gigabyte if anybody wrote them out."""
    depth, width = rng.randint(3, 40), rng.randint(2, 10)
    rows = ["l0: &l0 [lol]"]
    rows += [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * width)}]" for n in range(1, depth)]
    use = rng.choice(["transcript", "quotableClips", "links", "guests", "custom"])
    return data.replace(
        b"---\n", ("---\n" + "\n".join([*rows, f"{use}: *l{depth - 1}", ""])).encode(), 1
    )


def bottomless(data: bytes, rng: random.Random) -> bytes:
    key = rng.choice(["transcript", "links", "audio", "custom"])
    row = rng.choice([f"{key}: &a [*a]", f"{key}: &a {{b: *a}}", f"{key}: &a\n  <<: *a"])
    return data.replace(b"---\n", f"---\n{row}\n".encode(), 1)


def nesting(data: bytes, rng: random.Random) -> bytes:
    depth = rng.choice([10, 60, 70, 1000, 100_000])
    if rng.random() < 0.5:
        opening, closing = rng.choice([("[", "]"), ("{a: ", "}")])
        deep = opening * depth + rng.choice([closing * depth, ""])
    else:
        deep = "".join("\n" + " " * n + "a:" for n in range(1, min(depth, 2000)))
    return data.replace(b"guests: [ada, ben]", f"guests: {deep}".encode())


def huge_line(data: bytes, rng: random.Random) -> bytes:
    size = rng.choice([100_000, 5_000_000, 15_000_000, 50_000_000])
    unit = rng.choice(
        [b"x", b"word ", "é".encode(), b"a: ", b"- ", b"'", b"<", b"[", b"*", b"0", b":"]
    )
    at = data.find(b"Good bye")
    return data[: max(at, 0)] + unit * (size // len(unit)) + data[max(at, 0) :]


def many_entries(data: bytes, rng: random.Random) -> bytes:
    unit = rng.choice(
        [
            b"- line: a\n",
            b"- header: A\n",
            b"- {line: a, sec: 1, time: '0:02'}\n",
            b"- header: A\n- line: b\n  sec: 7\n",
            b"- who: %d\n  line: c\n",
            b"-\n",
        ]
    )
    count = rng.choice([1_000, 20_000, 200_000])
    rows = b"".join(unit.replace(b"%d", str(n).encode()) for n in range(count))
    return data.replace(b"transcript:\n", b"transcript:\n" + rows)


def deep_body(data: bytes, rng: random.Random) -> bytes:
    unit = rng.choice(
        [b">", b"- ", b"1. ", b"<div>\n", b"<ul><li>", b"[", b"![", b"*a ", b"`", b"|a", b"<!--"]
    )
    return data + unit * rng.choice([60, 1000, 30_000, 1_000_000])


CHEAP: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    flip_bytes,
    drop_bytes,
    truncate,
    drop_lines,
    double_lines,
    swap_lines,
    indent_lines,
    insert_nasty,
    other_line_ends,
    other_encoding,
    laughs,
    bottomless,
)
COSTLY = (nesting, huge_line, many_entries, deep_body)


def mutant(seed: int) -> bytes:
    """The damaged file of a seed: mostly one to four small harms, now and then a large one."""
    rng = random.Random(seed)
    data = EPISODE.encode()
    for _ in range(rng.randint(1, 4)):
        data = rng.choice(CHEAP)(data or b"\n", rng)
    if rng.random() < 0.03:
        data = rng.choice(COSTLY)(data or b"\n", rng)
    return data


def make_show(root: Path) -> None:
    """A workspace with one good episode, which nothing may touch."""
    for folder in ("episodes", "people", "templates", "captions"):
        (root / folder).mkdir(parents=True)
    (root / "captions" / "x.vtt").write_text(CAPTIONS)
    (root / "podcast.yaml").write_text("title: Show\ncheck: {silence: [R101]}\n")
    (root / "people" / "ada.md").write_text("---\ntitle: Ada\n---\n")
    fixed = EPISODE.replace("abcdefghijk", "abcdefghijl")
    (root / "episodes" / "good.md").write_text(fixed)
    CliRunner().invoke(cli, ["fix", "good", "--root", str(root)], standalone_mode=False)


def contents(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def try_one(root: Path, data: bytes) -> list[str]:
    """What is wrong with how the product takes one file; each message begins with the command."""
    path = root / "episodes" / "x.md"
    wrong: list[str] = []
    peak_before = _peak_mebibytes()
    others = {name: text for name, text in contents(root).items() if name != "episodes/x.md"}
    for command in COMMANDS:
        path.write_bytes(data)
        name = " ".join(command)
        faulthandler.dump_traceback_later(6 * SECONDS, exit=True)
        begin = time.process_time()  # the machine may be busy with others
        result = CliRunner().invoke(cli, [*command, "--root", str(root)], standalone_mode=False)
        seconds = time.process_time() - begin
        faulthandler.cancel_dump_traceback_later()
        error = result.exception
        if error is not None and not isinstance(error, (ProducerError, SystemExit)):
            wrong.append(f"{name}: {type(error).__name__}: {error}")
        if error is None and not (result.output or result.stderr):
            wrong.append(f"{name}: neither a result nor a problem")
        if seconds > SECONDS:
            wrong.append(f"{name}: took {seconds:.0f} s")
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(root / "build")
        now = contents(root)
        after = now.pop("episodes/x.md", None)
        if now != others:
            wrong.append(f"{name}: another file changed")
        if command[-1] not in ("fix", "--write") and after != data:
            wrong.append(f"{name}: the file changed")
    if (peak := _peak_mebibytes()) > max(MEBIBYTES, peak_before):
        wrong.append(f"memory: {peak} MiB")
    return wrong


def _peak_mebibytes() -> int:
    """The most memory that this process has ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9))
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "producer-fuzz")
    args = parser.parse_args()
    print(f"{args.count} mutants from seed {args.seed} on", flush=True)
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "show"
        make_show(root)
        for seed in range(args.seed, args.seed + args.count):
            data = mutant(seed)
            if wrong := try_one(root, data):
                failures += 1
                args.keep.mkdir(parents=True, exist_ok=True)
                kept = args.keep / f"{seed}.md"
                kept.write_bytes(data)
                print(f"{kept}: {'; '.join(wrong)}", flush=True)
    print(f"{args.count} mutants, {failures} failures, {_peak_mebibytes()} MiB at the most")
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
