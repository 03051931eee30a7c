"""Reading what a page asks for: JSON values of the kinds that they should be."""

from collections.abc import Mapping
from typing import Any

from producer.preview.errors import RequestError
from producer.text import one_line

MAX_TEXT = 100_000


class Asked:
    """The fields of one request. Every method raises RequestError for what is not as it should."""

    def __init__(self, fields: Any) -> None:
        if not isinstance(fields, Mapping):
            raise RequestError("the request is no JSON object")
        self._fields = fields

    def integer(self, name: str, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        value = self._fields.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise RequestError(f"`{name}` should be a whole number from {low} to {high}")
        return value

    def optional_integer(self, name: str, low: int, high: int) -> int | None:
        """The same, or None where it is missing or null."""
        return None if self._fields.get(name) is None else self.integer(name, low, high)

    def raw(self, name: str) -> str:
        """A text as it was sent."""
        value = self._fields.get(name)
        if not isinstance(value, str) or len(value) > MAX_TEXT:
            raise RequestError(f"`{name}` should be a text of at most {MAX_TEXT} characters")
        return value

    def line(self, name: str) -> str:
        """A text on one line, without what no file holds; it may be empty."""
        return one_line(self.raw(name))

    def nested(self, name: str) -> "Asked":
        """The fields of an object inside."""
        return Asked(self._fields.get(name))
