"""Elements of the namespaces that podcast apps read, made one at a time."""

from typing import Any

from lxml import etree

ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"


def add(parent: Any, namespace: str, tag: str, text: str = "", **attributes: str) -> None:
    """Add an element; attributes without a value are left out."""
    given = {key: value for key, value in attributes.items() if value}
    child = etree.SubElement(parent, f"{{{namespace}}}{tag}", given)
    child.text = text or None
