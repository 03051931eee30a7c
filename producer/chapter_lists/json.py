"""Podcasting 2.0 JSON chapters (podcast-namespace, `chapters/jsonChapters.md`)."""

from producer.chapter_lists.model import Collector, Listing
from producer.imports.content import Content, json_ms


def sniff(content: Content) -> bool:
    """Whether it is JSON. Raises ImportFileError for JSON that does not parse."""
    return content.json is not None


def read(content: Content) -> Listing:
    """Raises ImportFileError where there is no list of chapters in it.

    Chapters with `"toc": false` are not in the list that people see, and are left out.
    """
    document = content.json
    chapters = document.get("chapters") if isinstance(document, dict) else None
    if not isinstance(chapters, list):
        raise content.error(
            "JSON without a list of `chapters`", "Podcasting 2.0 chapters are what is read"
        )
    found = Collector()
    for number, chapter in enumerate(chapters, start=1):
        where = f"chapter {number}"
        if not isinstance(chapter, dict):
            found.leave_out(where, "not an object")
        elif chapter.get("toc") is False:
            found.leave_out(where, 'not for the list (`"toc": false`)')
        else:
            _add(found, where, chapter.get("startTime"), chapter.get("title"))
    return found.listing()


def _add(found: Collector, where: str, start: object, title: object) -> None:
    text = title if isinstance(title, str) else ""
    if isinstance(start, str):
        found.add(where, start, text)
        return
    try:
        found.add_ms(where, json_ms(start), text)
    except ValueError:
        found.leave_out(where, f"`startTime` is no number of seconds: {str(start)[:40]!r}")
