"""What an edit changes, as a unified diff that `git apply` takes."""

import difflib

from producer.source.source import Source

_CONTEXT = 3


def unified_diff(before: Source, after: Source, new_path: str | None = None) -> str:
    """The diff from one source to the other; empty where they are equal and have one path.

    `new_path` is the name that the file gets, if it is renamed.
    """
    target = new_path or after.path
    hunks = "".join(
        _line(text)
        for text in difflib.unified_diff(
            _lines(before), _lines(after), f"a/{before.path}", f"b/{target}", n=_CONTEXT
        )
    )
    return (renamed(before.path, target) if target != before.path else "") + hunks


def renamed(path: str, target: str) -> str:
    """The lines of a diff that give a file another name."""
    return f"diff --git a/{path} b/{target}\nrename from {path}\nrename to {target}\n"


def _lines(source: Source) -> list[str]:
    """The lines as diff counts them, which know no other line end than LF."""
    *whole, rest = source.encode().decode().split("\n")
    lines = [f"{line}\n" for line in whole]
    return [*lines, rest] if rest else lines


def _line(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n\\ No newline at end of file\n"
