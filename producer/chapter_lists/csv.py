"""CSV with a header row that has `start` and `title`, as `producer chapters --format csv` has."""

import csv
import io

from producer.chapter_lists.model import Collector, Listing
from producer.imports.content import Content

_DELIMITERS = ",;\t"


def sniff(content: Content) -> bool:
    """Whether the first line names the columns."""
    return _delimiter(content) is not None


def read(content: Content) -> Listing:
    """Starts are seconds or clocks. Raises ImportFileError for what does not parse as CSV."""
    rows = csv.reader(
        io.StringIO(content.text, newline=""), delimiter=_delimiter(content) or ",", strict=True
    )
    found = Collector()
    try:
        columns = _columns(next(rows))
        start, title = columns.index("start"), columns.index("title")
        for row in rows:
            where = f"line {rows.line_num}"
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(columns):
                found.leave_out(where, f"{len(row)} values in {len(columns)} columns")
            else:
                found.add(where, row[start].strip(), row[title])
    except csv.Error as error:
        raise content.error(
            f"line {rows.line_num}: not CSV: {error}", "is a quotation mark left open?"
        ) from error
    return found.listing()


def _delimiter(content: Content) -> str | None:
    first = content.lines[0]
    return next(
        (d for d in _DELIMITERS if {"start", "title"} <= set(_columns(first.split(d)))), None
    )


def _columns(cells: list[str]) -> list[str]:
    return [cell.strip(' "').lower() for cell in cells]
