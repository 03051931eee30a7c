"""What WebVTT files have in common (W3C WebVTT, sections 4.1 and 4.2.2)."""

from collections.abc import Sequence

from producer.text import each_line, fold, fold_all
from producer.times import format_timestamp


def escape(text: str) -> str:
    """Cue text or annotation on one line; `-->` and tags cannot come of it."""
    return fold(_escape(text))


def escape_all(texts: Sequence[str]) -> list[str]:
    """`escape` of each text."""
    return fold_all(each_line(texts, _escape))


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def block(start_ms: int, end_ms: int, payload: str) -> str:
    """One cue with the blank line before it."""
    return f"\n{format_timestamp(start_ms)} --> {format_timestamp(end_ms)}\n{payload}\n"
