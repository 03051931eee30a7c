"""What WebVTT files have in common (W3C WebVTT, sections 4.1 and 4.2.2)."""

from producer.times import format_timestamp


def escape(text: str) -> str:
    """Cue text or annotation, of text on one line; `-->` and tags cannot come of it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def block(start_ms: int, end_ms: int, payload: str) -> str:
    """One cue with the blank line before it."""
    return f"\n{format_timestamp(start_ms)} --> {format_timestamp(end_ms)}\n{payload}\n"
