"""What is to be sent, in which order, and what is there without being part of the show. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from producer.feed.rss import FEED_NAME
from producer.publish.files import LocalFile
from producer.publish.headers import headers_of, is_feed, is_media, is_page
from producer.publish.state import Record, State

_DAY_S = 86_400


class Turn(IntEnum):
    """What is named goes before what names it."""

    MEDIA = 0
    DOCUMENTS = 1
    PAGES = 2
    FEED = 3


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file at a target. `tag` is a mark that is another one when the bytes are, if there is one.

    It is an ETag, a blob's name or a time, and means nothing but by comparison.
    """

    size: int
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to send; `replaces` where another one is at its path."""

    file: LocalFile
    turn: Turn
    replaces: bool


@dataclass(frozen=True, slots=True)
class Orphan:
    """A file that was published once and is no part of the show any more.

    It is due once it has been so for the days that files are kept. `days_left` is 0 then.
    """

    path: str
    record: Record
    days_left: int

    @property
    def is_due(self) -> bool:
        """Whether `--prune` may delete it."""
        return self.days_left == 0


@dataclass(frozen=True, slots=True)
class Plan:
    """Uploads in their order; files that stand, with their records; orphans."""

    uploads: tuple[Upload, ...]
    standing: Mapping[str, Record]
    orphans: tuple[Orphan, ...]

    @property
    def upload_bytes(self) -> int:
        """How much is to be sent."""
        return sum(upload.file.size for upload in self.uploads)


def make_plan(
    files: Sequence[LocalFile],
    state: State,
    remote: Mapping[str, RemoteFile],
    tells_same: Callable[[LocalFile, RemoteFile], bool],
    *,
    now_s: int,
    keep_days: int,
    with_headers: bool,
) -> Plan:
    """Hold a build against what a target has.

    A file stands if the state says that the very bytes were sent, with the same headers, and the
    target shows nothing else; or if the target itself can tell (`tells_same`). All others are sent.
    """
    uploads = []
    standing = {}
    for file in files:
        there = remote.get(file.path)
        record = _standing(file, state.files.get(file.path), there, tells_same, with_headers)
        if record is None:
            uploads.append(Upload(file, turn_of(file.path), there is not None))
        else:
            standing[file.path] = record
    uploads.sort(key=_order)
    wanted = {file.path for file in files}
    orphans = tuple(
        _orphan(path, record, now_s, keep_days)
        for path, record in sorted(state.files.items())
        if path not in wanted and path in remote
    )
    return Plan(tuple(uploads), standing, orphans)


def turn_of(path: str) -> Turn:
    """When a file is sent, by its path in the build."""
    if is_feed(path):
        return Turn.FEED
    if is_page(path):
        return Turn.PAGES
    return Turn.MEDIA if is_media(path) else Turn.DOCUMENTS


def headers_text(path: str) -> str:
    """The headers of a file as a record keeps them."""
    return "; ".join(headers_of(path))


def _order(upload: Upload) -> tuple[int, bool, str]:
    """Archives of the feed go before it."""
    return upload.turn, upload.file.path == FEED_NAME, upload.file.path


def _standing(
    file: LocalFile,
    record: Record | None,
    there: RemoteFile | None,
    tells_same: Callable[[LocalFile, RemoteFile], bool],
    with_headers: bool,
) -> Record | None:
    """The record of a file that need not be sent; None for one that has to be."""
    if there is None or there.size != file.size:
        return None
    headers = headers_text(file.path) if with_headers else ""
    fresh = Record(file.size, file.sha256, there.tag, headers)
    known = record is not None and replace(record, tag="", missing_since=0)
    tags_agree = record is not None and (not record.tag or not there.tag or record.tag == there.tag)
    if known == replace(fresh, tag="") and tags_agree:
        return fresh
    return fresh if tells_same(file, there) else None


def _orphan(path: str, record: Record, now_s: int, keep_days: int) -> Orphan:
    # A clock that was wrong once should not keep a file for good.
    since = min(record.missing_since or now_s, now_s)
    left_s = since + keep_days * _DAY_S - now_s
    return Orphan(path, replace(record, missing_since=since), max(0, -(-left_s // _DAY_S)))
