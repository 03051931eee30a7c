"""Rules for elements as such: known, in their place, once, with their attributes."""

from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches

from producer.feed_check.element import Element
from producer.feed_check.feed import Feed, misspelt_children
from producer.feed_check.finding import TEXT, Finding
from producer.feed_check.schema import CHECKED_PREFIXES, SHAPES, TEXT_ONLY

# Texts that may be missing, but say nothing when they are there without a word.
_OPTIONAL_TEXTS = (
    "copyright",
    "itunes:author",
    "itunes:title",
    "itunes:name",
    "itunes:email",
    "content:encoded",
    "podcast:funding",
    "podcast:txt",
)


def unknown(feed: Feed) -> Iterator[Finding]:
    """An element that a known namespace does not have."""
    spoken_of = {id(child) for child in misspelt_children((feed.channel, *feed.items))}
    for name, elements in feed.elements.items():
        prefix, _, local = name.rpartition(":")
        if name in SHAPES or name.startswith("{") or prefix not in CHECKED_PREFIXES:
            continue
        near = _near(name, local)
        hint = f"write <{near}>" if near else "take it out, or look up how it is spelt"
        for element in elements:
            if id(element) not in spoken_of:
                message = f"there is no element <{name}>: apps pass over it"
                yield Finding(element, message, hint)


def _near(name: str, local: str) -> str:
    """The known element that was meant: of the same namespace, or of the same name elsewhere."""
    prefix = name.removesuffix(local)
    siblings = {
        known.removeprefix(prefix).lower(): known
        for known in SHAPES
        if known.startswith(prefix) and ":" not in known.removeprefix(prefix)
    }
    near = get_close_matches(local.lower(), list(siblings), 1, 0.8)
    if near:
        return siblings[near[0]]
    same = [known for known in SHAPES if known.rpartition(":")[2].lower() == local.lower()]
    return same[0] if same else ""


def misplaced(feed: Feed) -> Iterator[Finding]:
    """A known element where it does not belong."""
    for name, elements in feed.elements.items():
        shape = SHAPES.get(name)
        if shape is None or not shape.parents:
            continue
        belongs = " or ".join(f"<{parent}>" for parent in sorted(shape.parents))
        for element in elements:
            parent = element.parent.name if element.parent is not None else ""
            # Inside elements of unknown namespaces anything may stand.
            if parent not in shape.parents and parent in SHAPES:
                message = f"<{name}> does not belong into <{parent}>: apps do not look there"
                yield Finding(element, message, f"move it into {belongs}")


def repeated(feed: Feed) -> Iterator[Finding]:
    """A second one of an element that stands once."""
    for parents in feed.elements.values():
        for parent in parents:
            if len(parent.children) > 1 and parent.name not in TEXT_ONLY:
                yield from _repeated_in(parent)


def _repeated_in(parent: Element) -> Iterator[Finding]:
    counts = Counter(child.name for child in parent.children)
    for name, count in counts.items():
        shape = SHAPES.get(name)
        if count > 1 and shape is not None and shape.single and parent.name in shape.parents:
            for child in list(parent.every(name))[1:]:
                message = f"a second <{name}> in one <{parent.name}>"
                yield Finding(child, message, "leave one: apps differ in which they take")


def attribute_missing(feed: Feed) -> Iterator[Finding]:
    """An element without an attribute that it cannot do without."""
    for name, elements in feed.elements.items():
        for attribute in SHAPES[name].required if name in SHAPES else ():
            for element in elements:
                if not element.get(attribute):
                    wrong = _misspelt_attribute(element, attribute)
                    hint = f'write `{attribute}="..."`'
                    hint += f", not `{wrong}`" if wrong else ""
                    yield Finding(element, f"<{name}> has no {attribute}", hint, wrong)


def attribute_unknown(feed: Feed) -> Iterator[Finding]:
    """An attribute whose name is nearly that of one the element may have."""
    for name, elements in feed.elements.items():
        shape = SHAPES.get(name)
        if shape is None or not shape.optional:
            continue
        for element in elements:
            for attribute in shape.optional:
                wrong = _misspelt_attribute(element, attribute)
                # The rules of the enclosure and the like say what they miss themselves.
                if wrong and (name, attribute) not in _SPOKEN_OF:
                    message = f"<{name}> has no attribute {wrong}: apps pass over it"
                    yield Finding(element, message, f"write `{attribute}`", wrong)


_SPOKEN_OF = {
    ("enclosure", "url"),
    ("enclosure", "length"),
    ("enclosure", "type"),
    ("itunes:image", "href"),
    ("itunes:category", "text"),
}


def _misspelt_attribute(element: Element, missing: str) -> str:
    """An attribute of the element that was meant to be the missing one."""
    if missing in element.attributes or not element.attributes:
        return ""
    shape = SHAPES[element.name]
    unknown = {
        name.lower(): name
        for name in element.attributes
        if name not in shape.required and name not in shape.optional
    }
    near = get_close_matches(missing.lower(), list(unknown), 1, 0.8)
    return unknown[near[0]] if near else ""


def empty(feed: Feed) -> Iterator[Finding]:
    """An optional text without a word."""
    for element in feed.every(*_OPTIONAL_TEXTS):
        if not element.text and not element.children:
            yield Finding(element, f"<{element.name}> is empty", "fill it, or leave it out", TEXT)
