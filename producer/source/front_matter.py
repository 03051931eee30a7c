"""Where the front matter of a Markdown file begins and ends."""

import re
from dataclasses import dataclass

from producer.source.source import Source, Span

# A fence is three dashes alone on a line; trailing blanks and any line end are met in the wild.
_OPEN = re.compile(r"---[ \t]*(?:\r\n|\n|\r|\Z)")
_CLOSE = re.compile(r"[\n\r](?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)")
# The same for texts without \r: one character to begin with is found ten times as fast.
_CLOSE_UNIX = re.compile(r"\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class Parts:
    """The two parts of an episode or person file, as spans of its text."""

    front_matter: Span
    body: Span


class NoFrontMatterError(ValueError):
    """The file does not begin with a fence, or the fence is never closed."""

    def __init__(self, message: str, span: Span, hint: str) -> None:
        super().__init__(message)
        self.span = span
        self.hint = hint


def split(source: Source) -> Parts:
    """Split a file into front matter (without its fences) and body.

    Blank lines before the first fence are let pass. Raises NoFrontMatterError.
    """
    text = source.text
    begin = len(text) - len(text.lstrip())
    if begin == len(text):
        raise NoFrontMatterError(
            "the file is empty", Span(0, 0), "begin it with front matter between `---` lines"
        )
    opening = _OPEN.match(text, begin)
    if opening is None:
        raise NoFrontMatterError(
            "no front matter: the file does not begin with a `---` line",
            Span(begin, begin + 1),
            "put the episode's keys between two `---` lines at the top",
        )
    # From the end of the line before, which the first line of the front matter has as well.
    close = _CLOSE if "\r" in text else _CLOSE_UNIX
    closing = close.search(text, opening.end() - 1)
    if closing is None:
        raise NoFrontMatterError(
            "the front matter is never closed",
            Span(opening.start(), opening.start() + 3),
            "end it with a line of three dashes: `---`",
        )
    return Parts(Span(opening.end(), closing.start() + 1), Span(closing.end(), len(text)))
