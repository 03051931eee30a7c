"""The last look at the feed before it may go out."""

from pathlib import Path

from producer.build.feed_guard import Guard
from producer.feed.rss import FEED_NAME
from producer.feed_check.parse import MAX_BYTES
from producer.io.files import read_bytes
from producer.io.workspace import Workspace
from producer.problems import Problem, Severity


def feed_errors(workspace: Workspace, out: Path) -> list[Problem]:
    """What is wrong in the feed that was built, and in its archives: errors only.

    A build writes a first feed whatever it lacks; nobody else should see such a one.
    """
    paths = [path for path in (*sorted(out.glob("feed-*.xml")), out / FEED_NAME) if path.is_file()]
    documents = {path.name: read_bytes(path, limit=MAX_BYTES) for path in paths}
    problems = Guard(workspace).problems(out, documents)
    return [problem for problem in problems if problem.severity is Severity.ERROR]
