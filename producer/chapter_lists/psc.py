"""Podlove Simple Chapters 1.2 (podlove.org/simple-chapters), alone or inside a feed's item."""

import re

from lxml import etree

from producer.chapter_lists.model import Collector, Listing
from producer.imports.content import Content

_BEGIN = re.compile(r"\s*<[?!A-Za-z]")


def sniff(content: Content) -> bool:
    """Whether it begins as XML does."""
    return _BEGIN.match(content.text) is not None


def read(content: Content) -> Listing:
    """Raises ImportFileError for what does not parse, and unless there is one list in it."""
    if "<!DOCTYPE" in content.text:
        raise content.error("XML with a DOCTYPE is not read", "delete the <!DOCTYPE> line")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        # Bytes: an XML declaration names an encoding, which decoded text has no more.
        root = etree.fromstring(content.data.lstrip(), parser)
    except etree.XMLSyntaxError as error:
        raise content.error(f"not XML: {error.msg}", "was it cut off?") from error
    lists = [each for each in root.iter(etree.Element) if _name(each) == "chapters"]
    if len(lists) != 1:
        what = f"{len(lists)} lists of chapters" if lists else "no <psc:chapters>"
        raise content.error(f"XML with {what}", "give it the chapters of one episode")
    found = Collector()
    for element in lists[0].iter(etree.Element):
        if _name(element) == "chapter":
            where = f"line {element.sourceline}"
            found.add(where, str(element.get("start", "")), str(element.get("title", "")))
    return found.listing()


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname
