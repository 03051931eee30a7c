"""Whether the world sees what was published: the feed, and each new enclosure by HEAD and Range."""

import datetime
from collections.abc import Callable, Set
from dataclasses import dataclass

from producer.errors import InputError
from producer.feed_check.check import read_feed
from producer.feed_check.online import check_enclosures
from producer.feed_check.parse import parse
from producer.io.fetch import Fetched, Served
from producer.problems import Problem
from producer.publish.redact import redacted


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong, and whether the public feed is the one that was sent."""

    failure: str
    problems: tuple[Problem, ...] = ()


class _NotYetError(InputError):
    """The public feed is another one."""


def verify_public(
    feed_url: str,
    sent: bytes,
    new_enclosures: Set[str],
    *,
    fetch: Callable[[str], Fetched],
    probe: Callable[[str], Served],
    waits_s: tuple[float, ...] = (1, 4),
    sleep: Callable[[float], None],
) -> Verdict:
    """Load the public feed, compare it with what was sent, and ask for its new enclosures.

    A server or a cache may take a moment to give out the new feed: it is asked again after some
    waits. Problems are those of `feed --check --online`, at their places in the feed.
    """
    shown = redacted(feed_url)

    def load() -> None:
        fetched = fetch(feed_url)
        if fetched.data != sent:
            raise _NotYetError(
                f"{shown}: is not the feed that was sent: does a cache keep the old one?"
            )

    failure = _tried(load, waits_s, sleep)
    document = parse(shown, sent)
    feed = read_feed(document, datetime.datetime.now(datetime.UTC), feed_url)
    if feed is None:
        return Verdict(failure or f"{shown}: is no feed")
    return Verdict(failure, check_enclosures(document, feed, probe, only=new_enclosures))


def _tried(
    load: Callable[[], None], waits_s: tuple[float, ...], sleep: Callable[[float], None]
) -> str:
    """Why it failed at last; empty where it did not."""
    for wait_s in (*waits_s, None):
        try:
            load()
        except InputError as error:
            if wait_s is None:
                return redacted(error.message)
            sleep(wait_s)
        else:
            return ""
    return ""
