"""Breaking text into lines, and ending it before its end."""

from bisect import bisect_right
from collections.abc import Callable, Iterator

import regex

Measure = Callable[[str], float]
"""The width of a text."""
_CLUSTER = regex.compile(r"\X")
_ELLIPSIS = "…"


def clusters(text: str) -> list[str]:
    """The smallest parts that a text may be broken into: what readers see as one character."""
    return [found.group() for found in _CLUSTER.finditer(text)]


def wrap(text: str, room: float, measure: Measure) -> list[str]:
    """A text in lines that fit, broken at blanks, and inside of words that do not fit."""
    pieces = list(_pieces(text, room, measure))
    widths = [measure(piece) for piece, _ in pieces]
    blank = measure(" ")

    def joined(start: int, end: int) -> str:
        parts = [f" {piece}" if is_new else piece for piece, is_new in pieces[start:end]]
        return "".join(parts).lstrip(" ")

    lines = []
    at = 0
    while at < len(pieces):
        end, width = at + 1, widths[at]
        while end < len(pieces):
            width += widths[end] + blank * pieces[end][1]
            if width > room:
                break
            end += 1
        # Letters side by side may be wider than the same apart.
        while end - at > 1 and measure(joined(at, end)) > room:
            end -= 1
        lines.append(joined(at, end))
        at = end
    return lines or [""]


def shorten(line: str, room: float, measure: Measure) -> str:
    """As much of a line as fits with an ellipsis after it."""
    parts = clusters(line)

    def cut(count: int) -> str:
        return "".join(parts[:count]).rstrip() + _ELLIPSIS

    count = bisect_right(range(len(parts) + 1), room, key=lambda n: measure(cut(n))) - 1
    while count > 0 and measure(cut(count)) > room:
        count -= 1
    return cut(max(count, 0))


def cut_to(text: str, most_chars: int) -> str:
    """The text, or its beginning with an ellipsis after it."""
    return text if len(text) <= most_chars else text[: most_chars - 1].rstrip() + _ELLIPSIS


def _pieces(text: str, room: float, measure: Measure) -> Iterator[tuple[str, bool]]:
    """The words of a text, those that are too wide in parts; and whether a word begins with it."""
    for word in text.split():
        if measure(word) <= room:
            yield word, True
            continue
        parts: list[str] = []
        for part in clusters(word):
            # Emoji that are said to be one, and are not.
            parts += [part] if measure(part) <= room else part
        yield from ((part, number == 0) for number, part in enumerate(parts))
