"""What the rules of apps and directories say of a feed before it takes the place of another."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from producer.build.fingerprint import digest
from producer.build.show_checks import read_image, silencings_of_show
from producer.check.silence import Silencing, audible
from producer.feed.rss import FEED_NAME
from producer.io.workspace import Workspace
from producer.model.image import ImageFacts
from producer.problems import Problem, Severity, has_errors

# The same feed has the same problems on any day: what lies ahead is for `check` to say.
_ANY_DAY = datetime.datetime(9000, 1, 1, tzinfo=datetime.UTC)
# Of a longer feed the newest items are looked at: a tree of all would fill the memory.
_MAX_ITEMS = 1000
_BETWEEN_ITEMS = b"\n    </item>\n"
_TAIL = b"  </channel>\n</rss>\n"
# Notes that are kept with a feed: the digest of its bytes, and what was said when it was written.
_DIGEST, _SOUND = "digest", "sound"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a new feed may replace the one that stands, and what is wrong with it.

    Errors are only warnings where nothing good would be lost: the first feed of a show is written
    whatever it lacks. `notes` are to be kept with the feed that stands afterwards.
    """

    may_replace: bool
    problems: tuple[Problem, ...]
    notes: Mapping[str, str]


class Guard:
    """The rules for one show. Its picture is looked at once, however many documents there are."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        show = workspace.show
        self._picture, _ = read_image(workspace, show, show.image)
        self._silencings: tuple[Silencing, ...] = silencings_of_show(workspace)

    def judge(self, out: Path, documents: Mapping[str, bytes], notes: Mapping[str, str]) -> Verdict:
        """Check the documents of a feed against the rules, and the old one if they break any.

        `notes` are those of the feed that stands: it was sound when it was written, or was not,
        whatever became of the show's picture since. Without them it is judged by its text alone.
        """
        problems = self.problems(out, documents)
        is_sound = not has_errors(problems)
        new_notes = {
            _DIGEST: digest(documents[FEED_NAME]),
            _SOUND: "yes" if is_sound else "no",
        }
        if is_sound:
            return Verdict(True, _notable(problems), new_notes)
        if self._stands_soundly(out / FEED_NAME, notes):
            return Verdict(False, _notable(problems), notes)
        lowered = tuple(
            replace(p, severity=Severity.WARNING) if p.severity is Severity.ERROR else p
            for p in problems
        )
        return Verdict(True, _notable(lowered), new_notes)

    def problems(self, out: Path, documents: Mapping[str, bytes]) -> tuple[Problem, ...]:
        """What is wrong with the documents of a feed, by their names in the output folder."""
        found = [p for name, data in documents.items() for p in self._check(out / name, data)]
        return tuple(audible(found, self._silencings))

    def _stands_soundly(self, path: Path, notes: Mapping[str, str]) -> bool:
        try:
            data = path.read_bytes()
        except OSError:
            return False
        if notes.get(_DIGEST) == digest(data):
            return notes.get(_SOUND) == "yes"
        found = check_document(self._workspace, path, data, None)
        return not has_errors(audible(found, self._silencings))

    def _check(self, path: Path, data: bytes) -> Iterator[Problem]:
        yield from check_document(self._workspace, path, data, self._picture)


def check_document(
    workspace: Workspace, path: Path, data: bytes, picture: ImageFacts | None
) -> tuple[Problem, ...]:
    """What the rules say of one document on any day."""
    from producer.feed_check.check import check_feed

    return check_feed(
        workspace.shown(path),
        _newest(data),
        now=_ANY_DAY,
        feed_url=workspace.show.url(FEED_NAME) if path.name == FEED_NAME else "",
        artwork=picture,
    )


def _newest(data: bytes) -> bytes:
    """The document with its first items, which are the newest.

    It is one of ours: text in it is escaped, so an end of an item is one, and each line keeps its
    number.
    """
    end = -1
    for _ in range(_MAX_ITEMS):
        end = data.find(_BETWEEN_ITEMS, end + 1)
        if end < 0:
            return data
    return data[: end + len(_BETWEEN_ITEMS)] + _TAIL


def _notable(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """A build does not give advice on what it writes itself."""
    return tuple(p for p in problems if p.severity is not Severity.ADVICE)
