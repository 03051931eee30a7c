"""One element of a feed: its name, attributes, text and children, and where it begins."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


class Element:
    """An element. Names carry the customary prefix of their namespace, whatever the feed's is.

    `itunes:image` is Apple's image under any prefix, `title` is RSS's own, and `{uri}name` is of a
    namespace that the check does not know. `offset` is the place of `<` in the UTF-8 bytes of the
    document. `raw_text` is the character data directly inside, without that of children.
    """

    __slots__ = ("attributes", "children", "name", "offset", "parent", "raw_text")

    def __init__(
        self, name: str, attributes: Mapping[str, str], offset: int, parent: "Element | None"
    ) -> None:
        self.name = name
        self.attributes = attributes
        self.offset = offset
        self.parent = parent
        self.children: list[Element] = []
        self.raw_text = ""

    @property
    def text(self) -> str:
        """The text without the blanks around it."""
        return self.raw_text.strip()

    def get(self, attribute: str) -> str:
        """The value of an attribute without the blanks around it; empty where it is missing."""
        return self.attributes.get(attribute, "").strip()

    def first(self, name: str) -> "Element | None":
        """The first child of that name."""
        return next(self.every(name), None)

    def every(self, name: str) -> "Iterator[Element]":
        """The children of that name."""
        return (child for child in self.children if child.name == name)

    def text_of(self, name: str) -> str:
        """The text of the first child of that name; empty where there is none."""
        child = self.first(name)
        return child.text if child is not None else ""
