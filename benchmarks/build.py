"""Cold and warm builds beside what else one would do: times, processor time, memory, ratios.

    python benchmarks/build.py [--episodes 200] [--rounds 3] [--large 2000 10000]

All ways work on the same made-up archive (`benchmarks/archives.py`: episodes of 60 KB, without
sound), each in processes of its own, from the start of the program to its end, in turns; shown are
medians. Nothing is kept in memory between two runs but what the system keeps of files.

The first table is a cold build of texts, pages and feed: episodes name pictures of their own. The
second is the same without these, so that a card, a JPEG, is drawn for each. `floor` is what no
program that makes the same files can spare: it parses each front matter with libyaml
(`yaml.CSafeLoader`), and writes the files that the build wrote, their bytes read from a copy.
`pelican` makes a page of each episode and an index, with its plainest theme and neither feeds nor
tags; it is given Markdown that was made of the episodes before. The others are a build with little
to do, and archives of growing size. The last is bringing `quotableClips` in line with a header that
got another title, in every episode, beside the script that one writes first: `yaml.safe_load`,
change the list, `yaml.dump`.
"""

import argparse
import difflib
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import yaml
from archives import make_archive
from measuring import Cost, measure, median_cost, side_by_side, table, verdict

WAYS = Path(__file__).parent / "ways.py"
HEAD = "way | seconds | times floor | processor seconds | MiB, largest process | MiB, all"
MAX_OF_FLOOR = 3.0
MAX_MIB = 400
_CLIPS = re.compile(r"^quotableClips:\n(?:[- ].*\n)*", re.MULTILINE)
PELICAN_SETTINGS = """
AUTHOR = SITENAME = "The Long Bench"
SITEURL = ""
PATH = "content"
TIMEZONE = "UTC"
THEME = "simple"
DIRECT_TEMPLATES = ["index"]
DEFAULT_PAGINATION = False
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
ARTICLE_SAVE_AS = "{slug}/index.html"
"""


def build(root: Path, out: Path, jobs: int = 1) -> Cost:
    """A build of ours, without sound; what it says of the episodes is thrown away."""
    quiet = f"{sys.executable} -m producer build --no-audio --jobs {jobs}"
    return measure(["sh", "-c", f"exec {quiet} --root {root} --out {out} 2>/dev/null"])


def unused(folder: Path) -> Path:
    """A folder that is not there yet, below this one.

    Nothing is deleted between the runs: ext4 looks at each inode that was freed within the last
    minute before it gives out the next one, which took longer than all that is measured here.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return folder / str(sum(1 for _ in folder.iterdir()))


def cold(root: Path, out: Path, jobs: int) -> Cost:
    """A build into a folder that is not there."""
    return build(root, unused(out), jobs)


def own_process(way: str, *paths: Path) -> Cost:
    """The cost of a function of `ways.py` in a process of its own."""
    return measure([sys.executable, str(WAYS), way, *map(str, paths)])


def write_pelican_site(root: Path, site: Path) -> None:
    """The episodes as Pelican reads them."""
    content = site / "content"
    content.mkdir(parents=True)
    (site / "pelicanconf.py").write_text(PELICAN_SETTINGS, encoding="utf-8")
    for path in sorted((root / "episodes").glob("*.md")):
        _, front, body = path.read_text("utf-8").split("---\n", 2)
        data = yaml.load(front, Loader=yaml.CSafeLoader)
        page = [f"Title: {data['title']}\nDate: {data['dateadded']}\nSlug: {path.stem}\n"]
        page += [data["intro"], body, "## Transcript"]
        for entry in data["transcript"]:
            if "header" in entry:
                page.append(f"### {entry['header']}")
            else:
                page.append(f"**{entry['who']}** ({entry['time']}) {entry['line']}")
        (content / path.name).write_text("\n\n".join(page) + "\n", encoding="utf-8")


def pelican(site: Path, out: Path) -> Cost:
    """Pelican's pages."""
    settings = ["-s", str(site / "pelicanconf.py"), "-o", str(unused(out))]
    settings += ["-q", "--fatal", "warnings"]
    return measure([sys.executable, "-m", "pelican", str(site / "content"), *settings])


def changed_lines(before: Path, after: Path) -> int:
    """How many lines of all episodes are not as they were, those of the clips aside."""
    count = 0
    for path in sorted((before / "episodes").glob("*.md")):
        texts = (each.read_text("utf-8") for each in (path, after / "episodes" / path.name))
        one, other = (_CLIPS.sub("", text).splitlines() for text in texts)
        blocks = difflib.SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
        count += len(one) - sum(block.size for block in blocks)
    return count


def ways_of(folder: Path, root: Path) -> dict[str, Callable[[], Cost]]:
    """Cold builds of an archive, and their floor."""
    made, out = folder / "made", folder / "out"
    build(root, made)
    return {
        "floor": lambda: own_process("floor", root, made, unused(out)),
        "producer, 1 job": lambda: cold(root, out, 1),
        "producer, 2 jobs": lambda: cold(root, out, 2),
    }


def show_costs(costs: dict[str, Cost]) -> None:
    """A table of cold builds."""
    base = costs["floor"].seconds
    table(
        HEAD,
        [
            (name, c.seconds, c.seconds / base, c.cpu_seconds, f"{c.mib:.0f}", f"{c.all_mib:.0f}")
            for name, c in costs.items()
        ],
    )


def show_cards(folder: Path, root: Path, rounds: int) -> None:
    """The second table."""
    ways = ways_of(folder / "cards", root)
    print("With a card for each.\n")
    show_costs({name: median_cost(each) for name, each in side_by_side(ways, rounds).items()})


def show_cold(folder: Path, root: Path, count: int, rounds: int) -> None:
    """The first table."""
    made, out = folder / "made", folder / "out"
    ways = ways_of(folder, root)
    if find_spec("pelican") is not None:
        write_pelican_site(root, folder / "site")
        ways["pelican, pages only"] = lambda: pelican(folder / "site", out)
    costs = {name: median_cost(each) for name, each in side_by_side(ways, rounds).items()}
    base = costs["floor"].seconds
    size = sum(path.stat().st_size for path in (root / "episodes").iterdir()) / count / 1000
    files = sum(path.is_file() for path in made.rglob("*"))
    print(f"Cold: {count} episodes of {size:.0f} KB, {files} files written.\n")
    show_costs(costs)
    one, two = costs["producer, 1 job"].seconds, costs["producer, 2 jobs"].seconds
    print(f"- At most {MAX_OF_FLOOR:.0f} times the floor: {verdict(one <= MAX_OF_FLOOR * base)}.")
    print(f"- Faster with two jobs: {verdict(two < one)}.")
    if len(costs) > 3:
        pages = costs["pelican, pages only"].seconds
        print(f"- Faster than Pelican's pages, with two jobs: {verdict(two < pages)}.")
        print(f"- The same with one job: {verdict(one < pages)}.")
    else:
        print("- Pelican is not installed.")
    print()


def show_warm(folder: Path, root: Path, count: int, rounds: int) -> None:
    """The second table."""
    out = folder / "warm"
    build(root, out)
    path = root / "episodes" / f"e{count // 2 + 1:05}.md"

    def change_one() -> Cost:
        text = path.read_text("utf-8")
        path.write_text(text.replace("---\n\n", "---\n\nOne word more.\n\n", 1), encoding="utf-8")
        return build(root, out)

    ways = {"nothing changed": lambda: build(root, out), "one episode changed": change_one}
    costs = {name: median_cost(each) for name, each in side_by_side(ways, rounds).items()}
    print(f"Warm: {count} episodes.\n")
    table(
        "what | seconds | processor seconds | MiB",
        [(name, c.seconds, c.cpu_seconds, f"{c.mib:.0f}") for name, c in costs.items()],
    )


def show_growth(folder: Path, counts: list[int], rounds: int) -> None:
    """The third table."""
    rows: list[list[object]] = []
    for count in counts:
        root = make_archive(folder / f"grown-{count}", count)
        first = build(root, folder / "grown", jobs=2)
        again = median_cost([build(root, folder / "grown", jobs=2) for _ in range(rounds)])
        each = first.seconds / count * 1000
        row = [count, first.seconds, f"{each:.1f}", f"{first.mib:.0f}", f"{first.all_mib:.0f}"]
        rows.append([*row, again.seconds, f"{again.mib:.0f}"])
        shutil.rmtree(root)
        shutil.rmtree(folder / "grown")
    head = "episodes | cold seconds, 2 jobs | ms each | MiB, largest process | MiB, all"
    print("Growing.\n")
    table(f"{head} | seconds, nothing changed | MiB", rows)
    most = max(float(str(row[index])) for row in rows for index in (3, 6))
    print(f"Under {MAX_MIB} MiB in any process: {verdict(most < MAX_MIB)}.\n")


def show_edits(folder: Path, root: Path, count: int, rounds: int) -> None:
    """The last table."""
    before = folder / "before"
    shutil.copytree(root, before)
    for path in sorted((before / "episodes").glob("*.md"))[count:]:
        path.unlink()
    for path in (before / "episodes").glob("*.md"):
        text = path.read_text("utf-8")
        path.write_text(
            re.sub("(?m)^- header: .*", "- header: Another one", text, count=1), "utf-8"
        )

    def run(way: str) -> Callable[[], Cost]:
        def once() -> Cost:
            shutil.rmtree(folder / way, ignore_errors=True)
            shutil.copytree(before, folder / way)
            return own_process(way, folder / way)

        return once

    costs = side_by_side({way: run(way) for way in ("producer", "script")}, rounds)
    names = {"producer": "what `producer clips --write` does", "script": "safe_load, change, dump"}
    rows = []
    for way, each in costs.items():
        cost = median_cost(each)
        lines = changed_lines(before, folder / way) / count
        rows.append([names[way], cost.seconds / count * 1000, f"{cost.mib:.0f}", f"{lines:.1f}"])
    print(f"One clip of {count} episodes brought in line.\n")
    table("way | ms an episode | MiB | other lines changed, a file", rows)


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--episodes", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--large", type=int, nargs="*", default=[], metavar="N", help="sizes of archives that grow"
    )
    options = parser.parse_args()
    count, rounds = options.episodes, options.rounds
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        root = make_archive(folder / "archive", count)
        show_cold(folder, make_archive(folder / "p", count, have_pictures=True), count, rounds)
        show_cards(folder, root, rounds)
        show_edits(folder, root, min(count, 50), rounds)
        show_warm(folder, root, count, rounds)
        if options.large:
            show_growth(folder, options.large, rounds)


if __name__ == "__main__":
    main()
