"""Rules for categories: Apple's list, and what belongs under what."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from producer.feed.categories import CATEGORIES, parents_of
from producer.feed_check.element import Element
from producer.feed_check.feed import Feed
from producer.feed_check.finding import Finding


def category(feed: Feed) -> Iterator[Finding]:
    """A category that Apple does not have."""
    for element in feed.channel.every("itunes:category"):
        name = element.get("text")
        if not name:
            yield Finding(element, "the category has no text", _hint(element.text, CATEGORIES))
        elif name not in CATEGORIES:
            parents = parents_of(name)
            message = f'"{name[:60]}" is not a category of Apple\'s'
            hint = _hint(name, CATEGORIES)
            if parents:
                message = f'"{name}" is a subcategory'
                hint = f'put it inside `<itunes:category text="{_xml(parents[0])}">`'
            yield Finding(element, message, hint, "text")


def subcategory(feed: Feed) -> Iterator[Finding]:
    """A subcategory that its category does not have."""
    for parent in feed.channel.every("itunes:category"):
        known = CATEGORIES.get(parent.get("text"))
        for element in parent.every("itunes:category") if known is not None else ():
            name = element.get("text")
            if name not in (known or ()):
                yield _wrong_subcategory(parent, element, name)
            elif element.children:
                message = "a category inside a subcategory: there are two levels"
                yield Finding(element.children[0], message, "put it beside the first category")


def _wrong_subcategory(parent: Element, element: Element, name: str) -> Finding:
    parents = parents_of(name)
    message = f'"{name[:60]}" is not a subcategory of {parent.get("text")}'
    if not name:
        message = "the subcategory has no text"
    hint = f"it belongs under {parents[0]}" if parents else ""
    return Finding(element, message, hint or _hint(name, CATEGORIES[parent.get("text")]), "text")


def _hint(name: str, known: Iterable[str]) -> str:
    by_lower = {other.lower(): other for other in known}
    near = get_close_matches(name.lower(), list(by_lower), 1, 0.6)
    if near:
        return f'write `text="{_xml(by_lower[near[0]])}"`'
    if not by_lower:
        return "take it out: this category has none"
    return f"take one of Apple's: {', '.join(by_lower.values())}"


def _xml(name: str) -> str:
    return name.replace("&", "&amp;")
