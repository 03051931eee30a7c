"""Rules for what servers say of the enclosures; asking them is up to `ask`."""

from collections.abc import Callable, Iterator, Set
from concurrent.futures import ThreadPoolExecutor

from producer.feed_check.check import problem_at
from producer.feed_check.document import Document
from producer.feed_check.element import Element
from producer.feed_check.feed import Feed
from producer.feed_check.finding import Finding
from producer.feed_check.media_types import essence
from producer.feed_check.urls import is_absolute
from producer.io.fetch import Served
from producer.problems import Problem

# Few at a time: most enclosures of a feed lie on one server.
AT_ONCE = 4
_ALIASES = {
    "audio/mp3": "audio/mpeg",
    "audio/mp4": "audio/x-m4a",
    "audio/m4a": "audio/x-m4a",
    "video/x-m4v": "video/mp4",
}


def check_enclosures(
    document: Document,
    feed: Feed,
    ask: Callable[[str], Served],
    on_answer: Callable[[str], None] = lambda url: None,
    *,
    only: Set[str] | None = None,
) -> tuple[Problem, ...]:
    """The problems that show when each enclosure is asked for, in the order of the feed.

    `ask` is called for each address once, from a few threads; `on_answer` after each. `only` names
    the addresses to ask for; by default all.
    """
    enclosures = [
        e
        for e in feed.every("enclosure")
        if is_absolute(e.get("url")) and (only is None or e.get("url") in only)
    ]
    urls = list(dict.fromkeys(enclosure.get("url") for enclosure in enclosures))

    def answer(url: str) -> Served:
        served = ask(url)
        on_answer(url)
        return served

    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        served = dict(zip(urls, pool.map(answer, urls), strict=True))
    return tuple(
        problem_at(document, code, finding)
        for enclosure in enclosures
        for code, finding in _findings(enclosure, served[enclosure.get("url")])
    )


def _findings(enclosure: Element, served: Served) -> Iterator[tuple[str, Finding]]:
    if served.error or served.range_status >= 400:
        said = served.error or f"the server says {served.range_status}"
        message = f"the enclosure cannot be loaded: {said}"
        yield "R291", Finding(enclosure, message, "put the file there, or mend the address", "url")
        return
    if not 200 <= served.head_status < 300:
        said = f"with {served.head_status}" if served.head_status else "by breaking off"
        message = f"the server answers HEAD {said}"
        yield "R292", Finding(enclosure, message, "let it answer HEAD as it answers GET", "url")
    if served.range_status != 206:
        message = "the server does not serve parts of the file (byte ranges)"
        hint = "switch range requests on: players need them to skip and to go on"
        yield "R293", Finding(enclosure, message, hint, "url")
    kind, told = essence(served.media_type), essence(enclosure.get("type"))
    if told and _same(kind) != _same(told):
        message = f'the server says "{kind[:60]}", the feed {told[:60]}'
        yield "R294", Finding(enclosure, message, "let both say what the file is", "type")
    length = enclosure.get("length")
    known = length.isascii() and length.isdigit() and served.length_bytes is not None
    if known and int(length[:30]) != served.length_bytes:
        message = f"the file has {served.length_bytes:,} bytes, the feed says {int(length[:30]):,}"
        yield (
            "R295",
            Finding(enclosure, message, f'write `length="{served.length_bytes}"`', "length"),
        )


def _same(kind: str) -> str:
    return _ALIASES.get(kind, kind)
