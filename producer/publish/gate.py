"""The last look at the feed before it may go out."""

import datetime
from pathlib import Path

from producer.build.show_checks import read_image, silencings_of_show
from producer.check.silence import audible
from producer.feed.rss import FEED_NAME
from producer.feed_check.check import check_feed
from producer.feed_check.parse import MAX_BYTES
from producer.io.files import read_bytes
from producer.io.workspace import Workspace
from producer.problems import Problem, Severity

# A build is judged so too: what lies ahead of today is for `check` to say.
_ANY_DAY = datetime.datetime(9000, 1, 1, tzinfo=datetime.UTC)


def feed_errors(workspace: Workspace, out: Path) -> list[Problem]:
    """What is wrong in the feed that was built, and in its archives: errors only.

    A build writes a first feed whatever it lacks; nobody else should see such a one.
    """
    paths = [path for path in (*sorted(out.glob("feed-*.xml")), out / FEED_NAME) if path.is_file()]
    show = workspace.show
    picture, _ = read_image(workspace, show, show.image)
    found: list[Problem] = []
    for path in paths:
        found += check_feed(
            workspace.shown(path),
            read_bytes(path, limit=MAX_BYTES),
            now=_ANY_DAY,
            feed_url=show.url(FEED_NAME) if path.name == FEED_NAME else "",
            artwork=picture,
        )
    heard = audible(found, silencings_of_show(workspace))
    return [problem for problem in heard if problem.severity is Severity.ERROR]
