"""Feeds with one fault each: the base feed with a patch, as small as the fault.

A patch is a text file `faults/CODE-name.patch`. Lines that begin with `-` stand once in `base.xml`
and give way to those that begin with `+`; hunks are parted by an empty line. Lines that begin with
`#` say how the feed is checked: `# encoding: utf-16`, `# feed-url: https://...`,
`# artwork: JPEG 3000 3000 RGB`.
"""

import datetime
from pathlib import Path

from producer.feed_check.check import check_feed
from producer.model.image import ImageFacts
from producer.problems import Problem

HERE = Path(__file__).parent
BASE = HERE / "base.xml"
CASES = sorted((HERE / "faults").glob("*.patch"))
GOOD = sorted((HERE / "good").glob("*.xml"))
NOW = datetime.datetime(2026, 4, 1, tzinfo=datetime.UTC)


def check(path: Path, data: bytes, **given: str) -> tuple[Problem, ...]:
    """The problems of a feed, on the day that the test feeds were written for."""
    artwork = None
    if "artwork" in given:
        form, width, height, mode = given["artwork"].split()
        artwork = ImageFacts(form, int(width), int(height), mode)
    feed_url = given.get("feed-url", "")
    return check_feed(path.name, data, now=NOW, feed_url=feed_url, artwork=artwork)


def check_patch(path: Path) -> tuple[Problem, ...]:
    """The problems of the base feed with a patch."""
    text, given = patched(path)
    return check(path.with_suffix(".xml"), text.encode(given.get("encoding", "utf-8")), **given)


def patched(path: Path) -> tuple[str, dict[str, str]]:
    """The base feed with a patch, and what the patch says of the check."""
    # Not splitlines: control characters that end lines elsewhere are faults here.
    lines = path.read_text(encoding="utf-8").split("\n")
    given = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))
    text = BASE.read_text(encoding="utf-8")
    hunk: list[str] = []
    for line in [*lines, ""]:
        if line[:1] in {"-", "+"}:
            hunk.append(line)
        elif hunk:
            old = "".join(f"{line[1:]}\n" for line in hunk if line[0] == "-")
            new = "".join(f"{line[1:]}\n" for line in hunk if line[0] == "+")
            assert text.count(old) == 1, f"{path.name}: stands {text.count(old)} times:\n{old}"
            text = text.replace(old, new)
            hunk = []
    return text, given
