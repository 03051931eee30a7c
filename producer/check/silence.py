"""Silencing: problems that somebody has looked at and does not want to see again.

For a whole show in `podcast.yaml`, as `check: {silence: [C109]}`; at a line with a comment,
`# producer: silence C109`, behind the line or alone above it. A comment alone at the top of the
front matter speaks of the file as a whole, too.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import yaml

from producer.codes import CODES
from producer.model.show import Show
from producer.problems import Problem
from producer.source.document import Document
from producer.source.source import Place, Source, Span

# Who cannot be read cannot be built: nobody should get used to that.
FAMILIES_READ = ("F", "S", "P")
UNREADABLE = ("101", "102", "103", "107")
_UNUSED = "X101"
# The file and line of what is silenced for a whole show.
_EVERYWHERE = ("", 0)
_COMMENT = re.compile(r"#[ \t]*producer:[ \t]*silence\b[ \t]*:?([^\r\n]*)")
_CODE = re.compile(r"[^\s,]+")
_BLANK_OR_COMMENT = re.compile(r"[ \t]*(#.*)?")


@dataclass(frozen=True)
class Silencing:
    """One code that is silenced: at the given lines of a file, or everywhere for no lines.

    `place` is where that is asked for.
    """

    code: str
    lines: tuple[int, ...]
    place: Place

    @property
    def covered(self) -> frozenset[tuple[str, str, int]]:
        """The code, file and line of all problems that this speaks of."""
        if not is_silenceable(self.code):
            return frozenset()
        if not self.lines:
            return frozenset({(self.code, *_EVERYWHERE)})
        return frozenset((self.code, self.place.path, line) for line in self.lines)


def is_silenceable(code: str) -> bool:
    """Whether problems of this code may be silenced at all."""
    unreadable = code[:1] in FAMILIES_READ and code[1:] in UNREADABLE
    return code in CODES and code != _UNUSED and not unreadable


def comment_silencings(document: Document) -> tuple[Silencing, ...]:
    """The silencings that comments of a file ask for, in the order of the file."""
    source = document.source
    end = len(source.text) if document.root is None else document.span(document.root).end
    comments = list(_COMMENT.finditer(source.text, document.base, source.line_end(end)))
    if not comments:
        return ()
    texts = sorted((span.start, span.end) for span in _scalars(document))
    found = []
    for comment in comments:
        if any(start <= comment.start() < end for start, end in texts):
            continue
        lines = _lines_meant(source, document.base, comment.start())
        for code in _CODE.finditer(comment[1]):
            at = comment.start(1)
            span = Span(at + code.start(), at + code.end())
            found.append(Silencing(code[0], lines, source.place(span)))
    return tuple(found)


def show_silencings(show: Show) -> tuple[Silencing, ...]:
    """The silencings that hold for the whole show."""
    if show.document is None:
        return ()
    found = []
    for position, code in enumerate(show.silenced):
        span = show.where("check", "silence", position) or show.where("check", "silence")
        found.append(Silencing(code, (), show.source.place(span or Span(0, 1))))
    return tuple(found)


def audible(problems: Iterable[Problem], silencings: Sequence[Silencing]) -> tuple[Problem, ...]:
    """The problems that no silencing covers."""
    covered = frozenset(spot for each in silencings for spot in each.covered)
    return tuple(p for p in problems if covered.isdisjoint(_spots(p)))


def without_effect(
    problems: Sequence[Problem], silencings: Iterable[Silencing], judged: Iterable[str]
) -> Iterator[Problem]:
    """X101: silencings that cover none of the problems. Only the codes of `judged` are judged."""
    known = frozenset(judged)
    met = {spot for problem in problems for spot in _spots(problem)}
    for each in silencings:
        if not is_silenceable(each.code):
            yield each.place.problem(_UNUSED, _refusal(each.code), _meant(each.code))
        elif each.code in known and each.covered.isdisjoint(met):
            where = "here" if each.lines else "in the show"
            message = f"{each.code} is silenced, and there is none {where}"
            yield each.place.problem(_UNUSED, message, "delete the silencing")


def _spots(problem: Problem) -> tuple[tuple[str, str, int], ...]:
    """By what a silencing covers a problem: where it is, or its code alone."""
    return (problem.code, problem.path, problem.line), (problem.code, *_EVERYWHERE)


def _refusal(code: str) -> str:
    if code in CODES:
        return f"{code} cannot be silenced"
    return f"there is no code `{code}` to silence"


def _meant(code: str) -> str:
    if code in CODES:
        return "mend the problem; a file that cannot be read is not built"
    near = difflib.get_close_matches(code, CODES, n=1)
    return f"was {near[0]} meant?" if near else "docs/problems.md lists the codes"


def _lines_meant(source: Source, base: int, offset: int) -> tuple[int, ...]:
    """The line of a comment behind something; for one alone, the next that holds something."""
    line, column = source.position(offset)
    if source.line_text(line)[: column - 1].strip():
        return (line,)
    first, _ = source.position(base)
    last = len(source.line_starts)
    target = line + 1
    while target < last and _BLANK_OR_COMMENT.fullmatch(source.line_text(target)):
        target += 1
    is_top = all(
        _BLANK_OR_COMMENT.fullmatch(source.line_text(above)) for above in range(first, line)
    )
    return (1, target) if is_top else (target,)


def _scalars(document: Document) -> Iterator[Span]:
    pending = [document.root] if document.root is not None else []
    seen: set[int] = set()
    while pending:
        node = pending.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            yield document.span(node)
        elif isinstance(node, yaml.SequenceNode):
            pending += node.value
        else:
            pending += (each for pair in node.value for each in pair)
