"""What an edit would change, to look at before it is written."""

import difflib

from producer.source.source import Source


def unified_diff(before: Source, after: Source) -> str:
    """The change as a unified diff, of the lines as they are; empty where nothing changed."""
    lines = difflib.unified_diff(
        _lines(before.text), _lines(after.text), f"a/{before.path}", f"b/{after.path}", lineterm=""
    )
    return "".join(f"{line}\n" for line in lines)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").split("\n")
