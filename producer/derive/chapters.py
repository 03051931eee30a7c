"""Chapters from headers: the rules of DESIGN 5, each in a function of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from producer.derive.duration import Duration
from producer.derive.reading import Reading
from producer.derive.rising import longest_rising
from producer.derive.turns import Turn
from producer.model.episode import Entry, Header, Line
from producer.times import format_clock

# Under this start, the first header is taken to open the episode (rule 3).
OPENING_MS = 10_000


@dataclass(frozen=True, slots=True)
class Chapter:
    """A titled, half-open span. `estimated` where no time in the file says its start.

    `index` is the place of its header in the transcript, -1 where it has none.
    """

    start_ms: int
    end_ms: int
    title: str
    estimated: bool = False
    index: int = -1


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to report of the header at `index` of the transcript, or of all (-1)."""

    code: str
    message: str
    hint: str
    index: int = -1


@dataclass(slots=True)
class _Placing:
    """A header on its way to a start.

    `stack` numbers the headers that stand together with no line between them, the last of which
    a time is known for; `anchor` is the entry which that time comes from.
    """

    header: Header
    position: int
    stack: int
    natural_ms: int | None
    anchor: int | None
    start_ms: int | None = None
    low_ms: int = 0
    """Where the even spread begins, if it comes to that."""
    code: str = ""
    """Why its start is not what a time in the file says; empty where it is."""


def derive_chapters(
    transcript: Sequence[Entry], turns: Sequence[Turn], duration: Duration
) -> tuple[tuple[Chapter, ...], tuple[Finding, ...]]:
    """The chapters of a transcript on the video timeline, and what is to be reported of them.

    Starts rise strictly, every chapter has a length, and no header is dropped (rule 5).
    """
    placings = _merge_repeats(_natural_starts(transcript))
    if not placings:
        hint = "chapters and clips begin at headers: add `- header: TITLE` where a part begins"
        return (), (Finding("C104", "the transcript has no header", hint),) if transcript else ()
    _place_first(placings)
    _place_stacks(placings, Reading(transcript, turns, duration.ms))
    _blame_backward_starts(placings)
    _spread_the_rest(placings, duration.ms)
    starts = _strictly_rising([placing.start_ms or 0 for placing in placings])
    ends = [*starts[1:], max(duration.ms, starts[-1] + 1)]
    chapters = tuple(
        Chapter(start, end, p.header.title, bool(p.code), p.header.index)
        for p, start, end in zip(placings, starts, ends, strict=True)
    )
    return chapters, tuple(_findings(placings, starts))


def _natural_starts(transcript: Sequence[Entry]) -> list[_Placing]:
    """Rule 1: a header's own `sec`, else the start of the first timed line after it.

    Another header's own `sec` on the way there counts as well: nothing above it can start later.
    """
    placings: list[_Placing] = []
    time_ms, anchor = None, None
    stack = 0
    for position in range(len(transcript) - 1, -1, -1):
        entry = transcript[position]
        if entry.start_ms is not None:
            time_ms, anchor = entry.start_ms, position
        if isinstance(entry, Line):
            stack += 1
        else:
            stack += entry.start_ms is not None
            placings.append(_Placing(entry, position, stack, time_ms, anchor))
    return placings[::-1]


def _merge_repeats(placings: list[_Placing]) -> list[_Placing]:
    """Rule 2: headers that repeat the title and the start of their neighbour are one header.

    Neighbours are all that share the start, so that A, B, A, B above one line are A and B.
    """
    merged: list[_Placing] = []
    for _, sharing in groupby(placings, key=lambda placing: placing.natural_ms):
        by_title: dict[str, _Placing] = {}
        for placing in sharing:
            by_title.setdefault(placing.header.title, placing)
        merged.extend(by_title.values())
    return merged


def _place_first(placings: list[_Placing]) -> None:
    """Rule 3: the first header starts at 0 if another shares its start, or it is under 10 s."""
    first = placings[0]
    shares = len(placings) > 1 and placings[1].natural_ms == first.natural_ms
    opens = first.natural_ms is None or shares or first.natural_ms < OPENING_MS
    first.start_ms = 0 if opens else first.natural_ms


def _place_stacks(placings: list[_Placing], reading: Reading) -> None:
    """Rule 4: of headers that would share a start the last keeps it.

    The earlier ones share the turn before. Where lines stand between, what was said by then tells
    more than even parts do: a header between two paragraphs of a turn starts inside that turn.
    """
    keepers = _keepers(placings)
    for _, members in groupby(placings[1:], key=lambda placing: placing.stack):
        *earlier, last = members
        time_ms = last.natural_ms
        if time_ms is None:
            last.code = "C102"
        elif id(last) not in keepers:
            last.code = "C101"
        if last.code:
            last.low_ms, last.start_ms = reading.turn_and_reached_ms(last.position)
        else:
            last.start_ms = time_ms
        for placing in earlier:
            placing.code = last.code or "C101"
            placing.low_ms = last.low_ms if last.code else reading.turn_before_ms(time_ms or 0)


def _keepers(placings: list[_Placing]) -> set[int]:
    """The ids of the headers that keep a start: of those that share one, the last above its line.

    With `- header`, `- line` at 50, `- header`, `- line` at 50 it is the first: the other one
    stands between paragraphs of the turn.
    """
    keepers: set[int] = set()
    for _, members in groupby(placings, key=lambda placing: placing.natural_ms):
        sharing = list(members)
        anchor = min(placing.anchor or 0 for placing in sharing)
        keepers.add(id([p for p in sharing if (p.anchor or 0) == anchor][-1]))
    return keepers


def _blame_backward_starts(placings: list[_Placing]) -> None:
    """A header that would start before the one above it is an error, and loses its start.

    The fewest are blamed that leave the rest rising. One that repeats a kept start is only
    estimated, as in rule 4.
    """
    known = [p for p in placings if p.start_ms is not None and not p.code]
    starts = [p.start_ms or 0 for p in known]
    kept = set(longest_rising(starts, strictly=True))
    kept_starts = {starts[position] for position in kept}
    for position, placing in enumerate(known):
        if position not in kept:
            placing.code = "C101" if starts[position] in kept_starts else "C103"
            placing.start_ms = None
    if placings[0].start_ms is None:
        # It opens the episode all the same; another one at 0 has to make room.
        placings[0].start_ms = 0
        for placing in placings[1:]:
            if placing.start_ms == 0:
                placing.code, placing.start_ms = placing.code or "C101", None


def _spread_the_rest(placings: list[_Placing], duration_ms: int) -> None:
    """Headers without a start, and estimates that do not fit in, go evenly between neighbours."""
    bounds: list[int] = []
    bound = duration_ms
    for placing in reversed(placings):
        bounds.append(bound)
        if not placing.code and placing.start_ms is not None:
            bound = placing.start_ms
    above_ms = -1
    for placing, bound in zip(placings, reversed(bounds), strict=True):
        start_ms = placing.start_ms
        if placing.code and start_ms is not None and not above_ms < start_ms < bound:
            placing.start_ms = None
        if placing.start_ms is not None:
            above_ms = placing.start_ms
    for is_gap, members in groupby(
        enumerate(placings), key=lambda numbered: numbered[1].start_ms is None
    ):
        if not is_gap:
            continue
        gap = list(members)
        before = placings[gap[0][0] - 1].start_ms if gap[0][0] else 0
        after_at = gap[-1][0] + 1
        after = placings[after_at].start_ms if after_at < len(placings) else duration_ms
        _spread_evenly([placing for _, placing in gap], before or 0, after or 0)


def _spread_evenly(gap: list[_Placing], before_ms: int, after_ms: int) -> None:
    low_ms = gap[0].low_ms if before_ms < gap[0].low_ms < after_ms else before_ms
    for number, placing in enumerate(gap, start=1):
        placing.start_ms = low_ms + (after_ms - low_ms) * number // (len(gap) + 1)


def _strictly_rising(starts: list[int]) -> list[int]:
    """Starts at least a millisecond apart, however crowded the transcript is."""
    rising: list[int] = []
    for start in starts:
        rising.append(max(start, rising[-1] + 1) if rising else start)
    return rising


def _findings(placings: list[_Placing], starts: list[int]) -> list[Finding]:
    findings = []
    for position, (placing, start) in enumerate(zip(placings, starts, strict=True)):
        title, at = placing.header.title, format_clock(start)
        if placing.code == "C103":
            message, hint = _backward(placings, position)
        elif placing.code == "C102":
            message = f'no timed line follows "{title}": its start is estimated at {at}'
            hint = "give the header its own `sec`, or delete it"
        elif placing.code == "C101":
            message = f'"{title}" shares its start with another header: estimated at {at}'
            hint = "give the header its own `sec`, or move it above the line where it begins"
        else:
            continue
        findings.append(Finding(placing.code, message, hint, placing.header.index))
    return findings


def _backward(placings: list[_Placing], position: int) -> tuple[str, str]:
    placing = placings[position]
    natural_ms = placing.natural_ms or 0
    starts = f'chapter "{placing.header.title}" starts at {format_clock(natural_ms)}'
    kept_above = (p.start_ms for p in reversed(placings[:position]) if not p.code)
    above = next(kept_above, None)
    if above is not None and above > natural_ms:
        return (
            f"{starts}, before the one above it ({format_clock(above)})",
            "give the header its own `sec`, or move it up",
        )
    below = [p.natural_ms for p in placings[position + 1 :] if p.natural_ms is not None]
    return (
        f"{starts}, after one below it ({format_clock(min(below, default=0))})",
        "give the header its own `sec`, or mend the time of the line after it",
    )
