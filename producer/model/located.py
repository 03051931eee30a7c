"""Records that know where in their file each value stands."""

from producer.problems import Problem, severity_of
from producer.source.document import Document
from producer.source.source import Source, Span


class Located:
    """For a record with a `document`: the YAML that its values came from, or None if there is none.

    Paths are keys and list indices from the top: `"audio", "offset"`, `"transcript", 3, "sec"`.
    """

    document: Document | None

    @property
    def source(self) -> Source:
        """The file. Raises ValueError for a record that was not read from one."""
        if self.document is None:
            raise ValueError("this record was not read from a file")
        return self.document.source

    def where(self, *path: str | int) -> Span | None:
        """The place of a key or list item; None where the file does not have it."""
        return self.document.key_span(path) if self.document else None

    def where_value(self, *path: str | int) -> Span | None:
        """The place of a value; None where the file does not have it."""
        node = self.document.find(path) if self.document else None
        return self.document.span(node) if self.document and node is not None else None

    def position(self, *path: str | int) -> tuple[str, int, int] | None:
        """File, line and column of a value, from 1; None where the file does not have it."""
        span = self.where_value(*path)
        return (self.source.path, *self.source.position(span.start)) if span else None

    def problem(self, code: str, message: str, span: Span | None = None, hint: str = "") -> Problem:
        """A problem of this record's file."""
        if self.document is None:
            return Problem(code, severity_of(code), message, "", hint=hint)
        return self.document.source.problem(code, message, span, hint)
