"""Carrying out a plan: everything that the feed names first, each file verified, the feed last.

A media file that takes the place of another is sent under a name of its own, and renamed at the
end, right before the feed is: the feed that stands gives the length of the old one.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from producer.publish.errors import PublishError
from producer.publish.headers import headers_of
from producer.publish.lock import Lock
from producer.publish.plan import Orphan, Plan, RemoteFile, Turn, Upload, headers_text
from producer.publish.retry import Retry
from producer.publish.state import STATE_PATH, Record, State
from producer.publish.targets.target import Target


@dataclass(frozen=True, slots=True)
class Hooks:
    """What is told of a transfer: bytes as they go, a path when its file has arrived whole."""

    on_bytes: Callable[[int], None] = lambda count: None
    on_sent: Callable[[str], None] = lambda path: None


def transfer(
    target: Target,
    plan: Plan,
    *,
    doomed: Sequence[Orphan] = (),
    lock: Lock | None = None,
    retry: Retry | None = None,
    hooks: Hooks | None = None,
    message: str = "Publish",
) -> None:
    """Send what the plan says, and delete what is `doomed` when the feed is there.

    Raises PublishError: then the feed that stood stands. What was sent until then is noted at the
    target, and not sent again. `message` is for targets that keep a history.
    """
    tries = retry or Retry()
    _Transfer(target, plan, doomed, lock=lock, retry=tries, hooks=hooks or Hooks()).run(message)


def records_after(plan: Plan, doomed: Sequence[Orphan]) -> dict[str, Record]:
    """What the state holds when nothing is sent. Orphans stay noted, with the time they have."""
    gone = {orphan.path for orphan in doomed}
    orphans = {o.path: o.record for o in plan.orphans if o.path not in gone}
    return {**orphans, **plan.standing}


def staged_path(upload: Upload) -> str:
    """Where a file waits until it takes its place: beside it, hidden, named after its content."""
    folder, _, name = upload.file.path.rpartition("/")
    hidden = f".producer-{upload.file.sha256[:16]}-{name}"
    return f"{folder}/{hidden}" if folder else hidden


class _Transfer:
    def __init__(
        self,
        target: Target,
        plan: Plan,
        doomed: Sequence[Orphan],
        *,
        lock: Lock | None,
        retry: Retry,
        hooks: Hooks,
    ) -> None:
        self._target = target
        self._plan = plan
        self._doomed = doomed
        self._lock = lock
        self._retry = retry
        self._hooks = hooks
        self._records = records_after(plan, ())

    def run(self, message: str) -> None:
        turns = {turn: [u for u in self._plan.uploads if u.turn is turn] for turn in Turn}
        feed = turns.pop(Turn.FEED)
        try:
            staged: list[Upload] = []
            for uploads in turns.values():
                later = [upload for upload in uploads if self._waits(upload)]
                self._send([upload for upload in uploads if upload not in later])
                self._stage(later)
                staged += later
            if staged:
                # Nothing but renaming is left to fail between the first of them and the feed.
                self._stage(feed)
                staged += feed
                feed = []
            self._confirm()
            for upload in staged:
                self._retry(lambda upload=upload: self._place(upload))  # type: ignore[misc]
            # One after the other: what the feed names goes before it.
            for upload in feed:
                self._send([upload])
            for orphan in self._doomed:
                self._retry(lambda path=orphan.path: self._target.delete(path))  # type: ignore[misc]
                del self._records[orphan.path]
        except BaseException:
            if not self._target.is_atomic:
                # The fault that ended it is the one to tell of.
                with contextlib.suppress(PublishError):
                    self._save()
            raise
        self._retry(self._save)
        self._retry(lambda: self._target.finish(message))

    def _waits(self, upload: Upload) -> bool:
        return upload.turn is Turn.MEDIA and upload.replaces and self._target.can_stage

    def _send(self, uploads: Sequence[Upload]) -> None:
        if self._target.is_batch and uploads:
            self._retry(lambda: self._target.put_batch(uploads, lambda path: None))
            arrived = self._target.list(upload.file.path for upload in uploads)
            for upload in uploads:
                path = upload.file.path
                self._sent(upload, arrived.get(path, RemoteFile(upload.file.size)))
                self._hooks.on_bytes(upload.file.size)
            self._renew()
        else:
            for upload, there in self._each(uploads, lambda upload: upload.file.path):
                self._sent(upload, there)

    def _each(
        self, uploads: Sequence[Upload], path_of: Callable[[Upload], str]
    ) -> Iterator[tuple[Upload, RemoteFile]]:
        """Send each to a path, side by side where the target can; gives them in their order."""

        def send(upload: Upload) -> RemoteFile:
            return self._retry(lambda: self._arrived(upload, path_of(upload)))

        if self._target.at_once == 1 or len(uploads) < 2:
            for upload in uploads:
                yield upload, send(upload)
                self._renew()
            return
        with ThreadPoolExecutor(self._target.at_once) as pool:
            try:
                for upload, there in zip(uploads, pool.map(send, uploads), strict=True):
                    yield upload, there
                    self._renew()
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise

    def _stage(self, uploads: Sequence[Upload]) -> None:
        for upload, _ in self._each(uploads, staged_path):
            self._hooks.on_sent(upload.file.path)

    def _arrived(self, upload: Upload, path: str) -> RemoteFile:
        headers = headers_of(upload.file.path)
        self._target.put(path, upload.file, headers, self._hooks.on_bytes)
        return self._target.check(path, upload.file)

    def _place(self, upload: Upload) -> None:
        self._target.rename(staged_path(upload), upload.file.path)
        there = self._target.stat(upload.file.path)
        self._note(upload, there or RemoteFile(upload.file.size))

    def _sent(self, upload: Upload, there: RemoteFile) -> None:
        self._note(upload, there)
        self._hooks.on_sent(upload.file.path)

    def _note(self, upload: Upload, there: RemoteFile) -> None:
        headers = headers_text(upload.file.path) if self._target.keeps_headers else ""
        file = upload.file
        self._records[file.path] = Record(file.size, file.sha256, there.tag, headers)

    def _save(self) -> None:
        self._target.put_bytes(STATE_PATH, State(self._records).dump())

    def _confirm(self) -> None:
        if self._lock is not None:
            self._retry(self._lock.confirm)

    def _renew(self) -> None:
        if self._lock is not None:
            self._lock.renew()
