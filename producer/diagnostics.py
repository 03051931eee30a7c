"""How a problem reads: place, severity, code and message, the line with a caret, the hint."""

import unicodedata
from collections.abc import Callable

from producer.problems import Problem

# A line longer than this is shown as a window around the caret.
_WINDOW = 100
Style = Callable[[str, str], str]


def plain(text: str, role: str) -> str:
    """The style that is none."""
    return text


def format_problem(problem: Problem, style: Style = plain) -> str:
    """The problem as several lines without a final line end.

    `style` is given each part with its role: `error`, `warning`, `advice`, `place`, `gutter`,
    `caret` or `hint`.
    """
    severity = problem.severity.value
    head = style(f"{severity}[{problem.code}]", severity)
    lines = [f"{style(_place(problem), 'place')}: {head}: {problem.message}"]
    margin = " "
    if problem.line:
        number = str(problem.line)
        margin = " " * len(number)
        shown, before, under = _shown_line(problem)
        bar = style("|", "gutter")
        caret = style("^" * under, "caret")
        lines += [
            f"{margin} {bar}",
            f"{style(number, 'gutter')} {bar} {shown}".rstrip(),
            f"{margin} {bar} {' ' * before}{caret}",
        ]
    if problem.hint:
        lines.append(f"{margin} {style('=', 'gutter')} {style('hint', 'hint')}: {problem.hint}")
    return "\n".join(lines)


def _place(problem: Problem) -> str:
    if not problem.line:
        return problem.path
    return f"{problem.path}:{problem.line}:{problem.column}"


def _shown_line(problem: Problem) -> tuple[str, int, int]:
    """The line or a window of it, the cells before the caret, and the cells that it underlines."""
    text, start = problem.text, problem.column - 1
    begin = 0
    if len(text) > _WINDOW and start > _WINDOW // 2:
        begin = start - _WINDOW // 3
    window = text[begin : begin + _WINDOW]
    prefix = "…" if begin else ""
    suffix = "…" if begin + _WINDOW < len(text) else ""
    marked = window[start - begin : start - begin + problem.length]
    before = cells(prefix) + cells(window[: start - begin])
    return f"{prefix}{_printable(window)}{suffix}", before, max(1, cells(marked))


def _printable(text: str) -> str:
    """Tabs as one blank, so that the caret stands right, and no control reaches the terminal."""
    return "".join(" " if _is_control(c) else c for c in text)


def _is_control(character: str) -> bool:
    category = unicodedata.category(character)
    return category in {"Zl", "Zp"} or (category[0] == "C" and character != "\u200d")


def cells(text: str) -> int:
    """How many cells of a terminal a text takes: two for wide characters, none for marks."""
    return sum(
        0
        if unicodedata.combining(c) or c in "\u200d\ufe0e\ufe0f"
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )
