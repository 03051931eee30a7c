"""Podlove Simple Chapters 1.2 (podlove.org/simple-chapters), as a document of its own."""

from collections.abc import Sequence

from lxml import etree

from producer.derive.chapters import Chapter
from producer.formats.chapters.context import ChapterContext
from producer.times import format_timestamp

NAMESPACE = "http://podlove.org/simple-chapters"


def element(chapters: Sequence[Chapter]) -> etree._Element:
    """The `psc:chapters` element, as the feed holds it too."""
    root = etree.Element(f"{{{NAMESPACE}}}chapters", nsmap={"psc": NAMESPACE}, version="1.2")
    for chapter in chapters:
        start = format_timestamp(chapter.start_ms)
        etree.SubElement(root, f"{{{NAMESPACE}}}chapter", start=start, title=chapter.title)
    return root


def render(chapters: Sequence[Chapter], context: ChapterContext) -> str:
    """The element with an XML declaration."""
    data: bytes = etree.tostring(
        element(chapters), encoding="UTF-8", xml_declaration=True, pretty_print=True
    )
    return data.decode()
