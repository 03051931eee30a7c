"""Rules for the times of lines beside the captions of the recording."""

from collections.abc import Iterator, Sequence

from producer.align.alignment import Alignment, align_lines
from producer.align.drift import Drift, DriftKind, find_drifts
from producer.align.retime import Retiming
from producer.check.facts import Facts
from producer.derive.derived import Derived
from producer.model.episode import Episode
from producer.problems import Problem
from producer.source.source import Span
from producer.text import truncate_chars
from producer.times import format_clock

_CAUSES = {
    DriftKind.DIGIT: "is a digit of it wrong?",
    DriftKind.ORDER: "does the line stand in another place than it is spoken?",
    DriftKind.SHIFT: "were the lines shifted together, as by a trimmed beginning?",
    DriftKind.DRIFT: "is it mistyped?",
}
_WORDS_CHARS = 48


def far_from_captions(derived: Derived, facts: Facts) -> Iterator[Problem]:
    """T114: times that are far from those of the captions, where the episode has captions."""
    episode = derived.episode
    if facts.captions and any(line.start_ms is not None for line in episode.lines):
        yield from drift_problems(episode, align_lines(episode.lines, facts.captions))


def drift_problems(episode: Episode, alignment: Alignment) -> Iterator[Problem]:
    """A problem for each line, or stretch of lines, whose time the captions contradict."""
    for drift in find_drifts(episode.transcript, alignment):
        if drift.stored_ms is None:
            continue
        hint = f"{_CAUSES[drift.kind]} `producer align` proposes the times of the captions"
        place = _time_span(episode, drift.index)
        yield episode.problem("T114", _message(drift, drift.stored_ms), place, hint)


def unplaced_problems(episode: Episode, retimings: Sequence[Retiming]) -> Iterator[Problem]:
    """T115: lines that the captions do not have, or not where they stand."""
    for retiming in retimings:
        if retiming.found_ms is not None:
            continue
        words = truncate_chars(retiming.line.text, _WORDS_CHARS)
        message = f'not found in the captions: "{words}"'
        if retiming.elsewhere_ms is not None:
            message += f"; it is heard at {format_clock(retiming.elsewhere_ms)}"
        place = episode.where("transcript", retiming.line.index, "line")
        yield episode.problem("T115", message, place, "it keeps the time that it has")


def _message(drift: Drift, stored_ms: int) -> str:
    off = f"{abs(drift.off_ms) // 1000} s {'late' if drift.off_ms > 0 else 'early'}"
    heard = f"{off}: the captions have it at {format_clock(drift.found_ms)}"
    if drift.count == 1:
        return f"the time {format_clock(stored_ms)} is {heard}"
    return f"{drift.count} lines from here on, {format_clock(stored_ms)}, are {heard}"


def _time_span(episode: Episode, index: int) -> Span | None:
    path = ("transcript", index)
    places = (episode.where_value(*path, "sec"), episode.where_value(*path, "time"))
    return next((place for place in places if place), episode.where(*path))
