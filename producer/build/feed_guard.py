"""What the rules of apps and directories say of a feed before it takes the place of another."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from producer.build.show_checks import read_image, silencings_of_show
from producer.check.silence import audible
from producer.feed.rss import FEED_NAME
from producer.io.workspace import Workspace
from producer.problems import Problem, Severity, has_errors

# The same feed has the same problems on any day: what lies ahead is for `check` to say.
_ANY_DAY = datetime.datetime(9000, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a new feed may replace the one that stands, and what is wrong with it.

    Errors are only warnings where nothing good would be lost: the first feed of a show is written
    whatever it lacks.
    """

    may_replace: bool
    problems: tuple[Problem, ...]


def judge(workspace: Workspace, out: Path, documents: Mapping[str, bytes]) -> Verdict:
    """Check the documents of a feed against the rules, and the old one if they break any."""
    found: list[Problem] = []
    for name, data in documents.items():
        found += _check(workspace, out / name, data)
    problems = audible(found, silencings_of_show(workspace))
    if not has_errors(problems):
        return Verdict(True, _notable(problems))
    standing = out / FEED_NAME
    if standing.is_file() and not has_errors(_check(workspace, standing, standing.read_bytes())):
        return Verdict(False, _notable(problems))
    lowered = tuple(
        replace(p, severity=Severity.WARNING) if p.severity is Severity.ERROR else p
        for p in problems
    )
    return Verdict(True, _notable(lowered))


def _check(workspace: Workspace, path: Path, data: bytes) -> tuple[Problem, ...]:
    from producer.feed_check.check import check_feed

    show = workspace.show
    picture, _ = read_image(workspace, show, show.image)
    return check_feed(
        workspace.shown(path),
        data,
        now=_ANY_DAY,
        feed_url=show.url(FEED_NAME) if path.name == FEED_NAME else "",
        artwork=picture,
    )


def _notable(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """A build does not give advice on what it writes itself."""
    return tuple(p for p in problems if p.severity is not Severity.ADVICE)
