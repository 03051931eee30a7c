"""The YouTube description, cut to what YouTube takes (5,000 bytes, no angle brackets)."""

from collections.abc import Mapping
from typing import Any

from producer.derive.derived import Derived
from producer.formats.chapters import CHAPTER_FORMATS, ChapterContext
from producer.problems import Problem
from producer.render.environment import Templates
from producer.text import strip_tags, truncate_bytes

MAX_BYTES = 5000
# A summary keeps at least this much while there are links left to drop.
_SUMMARY_BYTES = 600


def chapter_list(derived: Derived) -> str:
    """`chapters.txt`: the list alone."""
    return CHAPTER_FORMATS["youtube"].render(derived.youtube_chapters, ChapterContext())


def youtube_description(
    derived: Derived, context: Mapping[str, Any], templates: Templates
) -> tuple[str, tuple[Problem, ...]]:
    """The text, and a problem that says what was cut, if anything was.

    Cut in this order: the summary's end, links from the last, topics, what is left of the summary.
    Never the chapters: a list too long by itself is given whole.
    """
    summary = strip_tags(str(context["summary"]))
    links = list(context["body_links"])
    topics = tuple(context["topics"])
    cuts: list[str] = []

    def render() -> str:
        text = templates.render(
            "youtube.txt",
            {
                **context,
                "summary": summary,
                "body_links": links,
                "topics": topics,
                "chapter_list": chapter_list(derived).rstrip("\n"),
            },
        )
        return text.replace("<", "‹").replace(">", "›")

    def excess() -> int:
        return len(render().encode()) - MAX_BYTES

    def shorten_summary(least: int) -> None:
        nonlocal summary
        length = len(summary.encode())
        if length > least:
            summary = truncate_bytes(summary, max(least, length - excess()))
            cuts.append("summary")

    text = render()
    if len(text.encode()) <= MAX_BYTES:
        return text, ()
    shorten_summary(_SUMMARY_BYTES)
    while links and excess() > 0:
        links.pop()
        cuts.append("links")
    if topics and excess() > 0:
        topics = ()
        cuts.append("topics")
    if excess() > 0:
        shorten_summary(0)
    return render(), _report(derived, cuts, excess())


def _report(derived: Derived, cuts: list[str], excess: int) -> tuple[Problem, ...]:
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
