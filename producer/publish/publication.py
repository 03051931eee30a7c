"""One publication: what is there, what is to be done, and doing it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from producer.errors import InputError
from producer.feed.rss import FEED_NAME
from producer.feed_check.parse import MAX_BYTES as MAX_FEED_BYTES
from producer.io.files import read_bytes
from producer.publish.feed_diff import FeedDiff, diff_feeds
from producer.publish.feed_summary import EMPTY, Summary, summarize
from producer.publish.files import LocalFile
from producer.publish.headers import is_feed
from producer.publish.lock import Lock
from producer.publish.plan import Orphan, Plan, make_plan
from producer.publish.retry import Retry
from producer.publish.state import MAX_BYTES as MAX_STATE_BYTES
from producer.publish.state import STATE_PATH, State
from producer.publish.targets.target import Target
from producer.publish.transfer import Hooks, records_after, transfer


@dataclass(frozen=True)
class Publication:
    """What a target has, and what is to be sent; `diff` is what subscribers will see change.

    `published` is the feed that stands at the target: an empty one where there is none that can be
    read. `built` is the one that takes its place.
    """

    target: Target
    plan: Plan
    state: State
    published: Summary
    built: Summary
    retry: Retry = field(default_factory=Retry)

    @property
    def diff(self) -> FeedDiff:
        """What subscribers will see change; nothing at the first publication."""
        return diff_feeds(self.published, self.built) if self.published is not EMPTY else FeedDiff()

    @property
    def sends_feed(self) -> bool:
        """Whether there will be another feed."""
        return any(is_feed(upload.file.path) for upload in self.plan.uploads)

    @property
    def doomed(self) -> tuple[Orphan, ...]:
        """What `--prune` may delete."""
        return tuple(orphan for orphan in self.plan.orphans if orphan.is_due)

    def carry_out(
        self, *, doomed: Sequence[Orphan] = (), lock: Lock | None = None, hooks: Hooks | None = None
    ) -> None:
        """Send and delete. Raises PublishError: then the feed that stood stands."""
        noted = State(records_after(self.plan, ())).dump() == self.state.dump()
        if noted and not self.plan.uploads and not doomed:
            return
        count = len(self.plan.uploads)
        transfer(
            self.target,
            self.plan,
            doomed=doomed,
            lock=lock,
            retry=self.retry,
            hooks=hooks,
            message=f"Publish {count} file{'' if count == 1 else 's'}",
        )


def prepare(
    target: Target,
    files: Sequence[LocalFile],
    *,
    keep_days: int,
    clock: Callable[[], float] = time.time,
    retry: Retry | None = None,
) -> Publication:
    """Look at what a target has, and hold the build against it; nothing is changed.

    Raises PublishError where the target cannot be read.
    """
    tries = retry or Retry()
    state = State.parse(tries(lambda: target.read(STATE_PATH, MAX_STATE_BYTES)))
    paths = {file.path for file in files} | set(state.files)
    remote = tries(lambda: target.list(paths))
    plan = make_plan(
        files,
        state,
        remote,
        lambda file, there: tries(lambda: target.tells_same(file, there)),
        now_s=int(clock()),
        keep_days=keep_days,
        with_headers=target.keeps_headers,
    )
    names = sorted((path for path in remote if is_feed(path)), key=lambda path: path != FEED_NAME)
    documents = [
        data
        for name in names
        if FEED_NAME in remote and (data := _read(tries, target, name)) is not None
    ]
    return Publication(
        target, plan, state, _published(target, documents), built_feed(files), retry=tries
    )


def built_feed(files: Sequence[LocalFile]) -> Summary:
    """The feed of a build with its archives; an empty one where there is none."""
    feeds = sorted((f for f in files if is_feed(f.path)), key=lambda file: file.path != FEED_NAME)
    if not feeds or feeds[0].path != FEED_NAME:
        return EMPTY
    documents = [read_bytes(file.source, limit=MAX_FEED_BYTES) for file in feeds]
    return summarize(FEED_NAME, documents)


def feed_of_folder(out: Path) -> Summary:
    """The feed in an output folder. Raises InputError where there is none."""
    archives = sorted(path for path in out.glob("feed-*.xml"))
    paths = [out / FEED_NAME, *archives]
    return summarize(str(paths[0]), [read_bytes(path, limit=MAX_FEED_BYTES) for path in paths])


def _read(tries: Retry, target: Target, name: str) -> bytes | None:
    return tries(lambda: target.read(name, MAX_FEED_BYTES))


def _published(target: Target, documents: Sequence[bytes]) -> Summary:
    """What stands at the target. What is no feed has no subscribers to lose."""
    try:
        return summarize(target.shown, documents) if documents else EMPTY
    except InputError:
        return EMPTY
