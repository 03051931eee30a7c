"""The YouTube description, cut to what YouTube takes (5,000 bytes, no angle brackets)."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from producer.derive.derived import Derived
from producer.formats.chapters import CHAPTER_FORMATS, ChapterContext
from producer.markdown_text import plain_text
from producer.model.person import Link, Person
from producer.problems import Problem
from producer.render.environment import Templates
from producer.render.fitting import most_that_fits
from producer.render.hashtag import hashtags
from producer.text import one_line, truncate_bytes

MAX_BYTES = 5000
# YouTube takes no account of any hashtag where there are more of them.
MAX_HASHTAGS = 60
# A summary keeps at least this much while there are links left to drop.
_SUMMARY_BYTES = 600
# And the title, whatever is left out.
_TITLE_BYTES = 100
_TIME = re.compile(r"(?<![\w:])(\d{1,3})((?::\d\d){1,2})(?![\w:])")
_ADDRESS = re.compile(r"(https?://\S+)")
# Around the list of chapters while the text is made: Unicode has no characters there (23.7).
_LIST_BEGINS, _LIST_ENDS = "\ufdd0", "\ufdd1"
# A colon that looks the same and is none.
_RATIO = "\u2236"


@dataclass(frozen=True, slots=True)
class _Parts:
    """What may be cut of the description."""

    title: str
    summary: str
    listen_links: tuple[Link, ...]
    body_links: tuple[Link, ...]
    guests: tuple[Person, ...]
    topics: tuple[str, ...]
    cuts: tuple[str, ...] = field(default=())

    def noting(self, cut: str) -> "_Parts":
        return replace(self, cuts=(*self.cuts, cut))


def chapter_list(derived: Derived) -> str:
    """`chapters.txt`: the list alone."""
    return CHAPTER_FORMATS["youtube"].render(derived.youtube_chapters, ChapterContext())


def youtube_description(
    derived: Derived, context: Mapping[str, Any], templates: Templates
) -> tuple[str, tuple[Problem, ...]]:
    """The text, and a problem that says what was cut, if anything was.

    Cut in this order: the summary's end down to 600 bytes, links of the body from the last,
    hashtags from the last, the links of guests, what is left of the summary, the addresses to
    listen at, guests from the last, the title's end. Never the chapters: a list too long by itself
    is given whole.
    """
    chapters = chapter_list(derived).rstrip("\n")

    def render(parts: _Parts) -> str:
        text = templates.render(
            "youtube.txt",
            {
                **context,
                "title": parts.title,
                "summary": parts.summary,
                "listen_links": parts.listen_links,
                "body_links": parts.body_links,
                "guests": parts.guests,
                "topics": parts.topics,
                "chapter_list": f"{_LIST_BEGINS}{chapters}{_LIST_ENDS}" if chapters else "",
            },
        )
        return _only_chapters_have_times(text.replace("<", "‹").replace(">", "›"))

    parts = _fit(_whole(context), lambda parts: len(render(parts).encode()) <= MAX_BYTES)
    text = render(parts)
    return text, _report(derived, parts.cuts, len(text.encode()) - MAX_BYTES)


def _whole(context: Mapping[str, Any]) -> _Parts:
    return _Parts(
        title=one_line(context["episode"].title),
        summary=plain_text(str(context["summary"])),
        listen_links=tuple(link for link in context["listen_links"] if link.label != "YouTube"),
        body_links=tuple(context["body_links"]),
        guests=tuple(context["guests"]),
        topics=hashtags(tuple(context["topics"]))[:MAX_HASHTAGS],
    )


def _fit(parts: _Parts, fits: Callable[[_Parts], bool]) -> _Parts:
    """The most of `parts` that fits."""
    if fits(parts):
        return parts
    for cut in (
        partial(_shorten, name="summary", least=_SUMMARY_BYTES),
        partial(_drop, name="body_links", what="links"),
        partial(_drop, name="topics", what="topics"),
        _unlink_guests,
        partial(_shorten, name="summary", least=0),
        partial(_drop, name="listen_links", what="addresses to listen at"),
        partial(_drop, name="guests", what="guests"),
        partial(_shorten, name="title", least=_TITLE_BYTES),
    ):
        parts = cut(parts, fits)
        if fits(parts):
            break
    return parts


def _shorten(parts: _Parts, fits: Callable[[_Parts], bool], name: str, least: int) -> _Parts:
    """With the end of a text cut off, down to `least` bytes."""
    text = getattr(parts, name)
    length = len(text.encode())
    if length <= least:
        return parts

    def shortened(size: int) -> _Parts:
        changed: dict[str, Any] = {name: truncate_bytes(text, size)}
        return replace(parts, **changed)

    # One longer than all there is room for is not tried whole.
    most = min(length, MAX_BYTES)
    size = most_that_fits(most, lambda size: fits(shortened(size)), least)
    return shortened(size).noting(name)


def _drop(parts: _Parts, fits: Callable[[_Parts], bool], name: str, what: str) -> _Parts:
    """Without as many of the last entries of a list as need be."""
    entries = getattr(parts, name)
    if not entries:
        return parts

    def first(count: int) -> _Parts:
        return replace(parts, **{name: entries[:count]})

    return first(most_that_fits(len(entries), lambda n: fits(first(n)))).noting(what)


def _unlink_guests(parts: _Parts, fits: Callable[[_Parts], bool]) -> _Parts:
    if not any(guest.links for guest in parts.guests):
        return parts
    guests = tuple(replace(guest, links=()) for guest in parts.guests)
    return replace(parts, guests=guests).noting("links of guests")


def _only_chapters_have_times(text: str) -> str:
    """The text with `12:30` written with another colon wherever it is no chapter's time.

    YouTube takes every time for a chapter's start, and one that is out of order undoes them all.
    Addresses stay as they are, and so does everything where there is no list of chapters.
    """
    before, begins, rest = text.partition(_LIST_BEGINS)
    chapters, ends, after = rest.partition(_LIST_ENDS)
    if not (begins and ends):
        return text
    return _without_times(before) + chapters + _without_times(after)


def _without_times(text: str) -> str:
    parts = _ADDRESS.split(text)
    parts[::2] = [_TIME.sub(lambda m: m[0].replace(":", _RATIO), part) for part in parts[::2]]
    return "".join(parts)


def _report(derived: Derived, cuts: Sequence[str], excess: int) -> tuple[Problem, ...]:
    if not cuts and excess <= 0:
        return ()
    what = " and ".join(dict.fromkeys(cuts)) or "nothing"
    message = f"the YouTube description is over {MAX_BYTES} bytes: cut {what}"
    if excess > 0:
        message += f"; it is still {excess} bytes too long"
    episode = derived.episode
    return (
        episode.problem(
            "N101",
            message,
            episode.where("intro") or episode.where("description"),
            "shorten the intro, or the links of the body",
        ),
    )
