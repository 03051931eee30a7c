"""Show notes: as Markdown, as HTML, and as a page of another site generator."""

import re
from collections.abc import Mapping
from typing import Any

from producer.render.environment import Templates
from producer.times import seconds

_TITLE = re.compile(r"\A# [^\n]*\n+")


def notes_markdown(context: Mapping[str, Any], templates: Templates) -> str:
    """The show notes as Markdown."""
    return templates.render("show-notes.md", context)


def notes_html(context: Mapping[str, Any], templates: Templates, notes: str) -> str:
    """The same show notes as safe HTML."""
    return templates.render("show-notes.html", {**context, "notes": notes})


def site_page(
    generator: str,
    context: Mapping[str, Any],
    templates: Templates,
    notes: str,
    *,
    audio_url: str = "",
    image_url: str = "",
) -> str:
    """The front matter and the show notes for `generator`, one of `model.show.SITE_GENERATORS`.

    The notes are there without their title, which such a page has from its front matter. Addresses
    are public ones.
    """
    chapters = [
        {"title": chapter.title, "start": seconds(chapter.start_ms), "url": chapter.url}
        for chapter in context["chapters"]
    ]
    return templates.render(
        f"{generator}.md",
        {
            **context,
            "notes": notes,
            "notes_body": _TITLE.sub("", notes).strip("\n"),
            "audio_url": audio_url,
            "image_url": image_url,
            "chapter_data": chapters,
        },
    )
