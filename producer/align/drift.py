"""Lines whose times are not those of the captions, and what is likely wrong with them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate

from producer.align.alignment import Alignment, Place
from producer.align.turns import paragraph_turns
from producer.model.episode import Entry, Line

# Captions and careful editors agree within this, cut words at the start of a line included.
_DRIFT_MS = 8_000
# Below this, it is the place of the line that may be wrong, and not its time.
_MIN_CONFIDENCE = 0.5
# A minute, ten or an hour: one wrong digit in `12:34` or `1:12:34`.
_DIGITS_MS = (60_000, 600_000, 3_600_000)
# So far from that the difference may be: two lines of two seconds' uncertainty each.
_DIGIT_SLACK_MS = 3_000
# So many lines in a row that are off by the same time were shifted together.
_SHIFTED_LINES = 3
_SHIFT_SLACK_MS = 5_000
# A line is out of order only if it is spoken so long before or after the lines around it.
_NEAR_MS = 15_000
# Lines of a block that was moved as one are spoken no further apart.
_BLOCK_MS = 5 * 60_000


class DriftKind(StrEnum):
    """What is wrong with the time of a line.

    `DIGIT`: off by a minute, ten minutes or an hour, as by a wrong digit. `ORDER`: the line is
    spoken at another place among the lines than where it stands. `SHIFT`: several lines in a row
    are off by about the same time. `DRIFT`: off by any other time.
    """

    DIGIT = "digit"
    ORDER = "order"
    SHIFT = "shift"
    DRIFT = "drift"


@dataclass(frozen=True, slots=True)
class Drift:
    """A line, or with `count` several from it on, whose time is not that of the captions.

    `index` is that of the first line in the episode's `transcript`. `stored_ms` is its time in the
    file, None where it has none; `found_ms` is when the captions have it. `confidence` is that of
    its place: see `Place`.
    """

    index: int
    count: int
    stored_ms: int | None
    found_ms: int
    confidence: float
    kind: DriftKind

    @property
    def off_ms(self) -> int:
        """How much later than the captions the file has the line; negative for earlier."""
        return 0 if self.stored_ms is None else self.stored_ms - self.found_ms


def find_drifts(transcript: Sequence[Entry], alignment: Alignment) -> tuple[Drift, ...]:
    """What is wrong with the times of a transcript by its alignment, in the order of the lines.

    A correct episode has none: a time may be a few seconds off, later paragraphs may repeat the
    time of their turn, and lines that are not heard, or not surely, are let pass.
    """
    lines = [entry for entry in transcript if isinstance(entry, Line)]
    found = [
        *_out_of_order(lines, alignment.places),
        *_wrong_times(list(_compared(transcript, lines, alignment.places))),
    ]
    return tuple(sorted(found, key=lambda drift: drift.index))


def _compared(
    transcript: Sequence[Entry], lines: Sequence[Line], places: Sequence[Place]
) -> Iterator[Drift]:
    """Each line with a time of its own and a sure place, whether or not the two differ."""
    for group in paragraph_turns(transcript):
        turn_ms = lines[group[0]].start_ms
        for position in group:
            stored_ms, place = lines[position].start_ms, places[position]
            if stored_ms is None or (position != group[0] and stored_ms == turn_ms):
                continue
            if place.start_ms is None or place.confidence < _MIN_CONFIDENCE:
                continue
            # The time may be meant as the turn's, or as the line's own.
            meant = [ms for ms in (place.start_ms, places[group[0]].start_ms) if ms is not None]
            found_ms = min(meant, key=lambda ms: _strangeness(stored_ms - ms))
            yield Drift(
                lines[position].index, 1, stored_ms, found_ms, place.confidence, DriftKind.DRIFT
            )


def _strangeness(off_ms: int) -> tuple[int, int]:
    return (0 if abs(off_ms) <= _DRIFT_MS else 1 if _is_digit(off_ms) else 2), abs(off_ms)


def _is_digit(off_ms: int) -> bool:
    return any(abs(abs(off_ms) - ms) <= _DIGIT_SLACK_MS for ms in _DIGITS_MS)


def _wrong_times(lines: Sequence[Drift]) -> Iterator[Drift]:
    """Those that are off, with what kind of mistake it is; those shifted together as one."""
    runs: list[list[Drift]] = []
    for line in lines:
        if runs and abs(line.off_ms - runs[-1][-1].off_ms) <= _SHIFT_SLACK_MS:
            runs[-1].append(line)
        else:
            runs.append([line])
    for run in runs:
        off = [line for line in run if abs(line.off_ms) > _DRIFT_MS]
        if len(off) >= _SHIFTED_LINES:
            yield replace(off[0], count=len(off), kind=DriftKind.SHIFT)
        else:
            for line in off:
                kind = DriftKind.DIGIT if _is_digit(line.off_ms) else DriftKind.DRIFT
                yield replace(line, kind=kind)


def _out_of_order(lines: Sequence[Line], places: Sequence[Place]) -> Iterator[Drift]:
    """Lines that are heard, but far from where the lines around them are, as blocks."""
    blocks: list[list[int]] = []
    around = _around(places)
    is_open = False  # lines of a block may have short ones between them that are not heard
    for position, place in enumerate(places):
        is_open = is_open and place.start_ms is None
        if place.elsewhere_ms is None:
            continue
        lower_ms, upper_ms = around[position]
        if lower_ms - _NEAR_MS <= place.elsewhere_ms <= upper_ms + _NEAR_MS:
            continue
        above_ms = places[blocks[-1][-1]].elsewhere_ms or 0 if is_open else 0
        if is_open and 0 <= place.elsewhere_ms - above_ms <= _BLOCK_MS:
            blocks[-1].append(position)
        else:
            blocks.append([position])
        is_open = True
    for block in blocks:
        line, place = lines[block[0]], places[block[0]]
        yield Drift(
            line.index,
            block[-1] - block[0] + 1,
            line.start_ms,
            place.elsewhere_ms or 0,
            place.confidence,
            DriftKind.ORDER,
        )


def _around(places: Sequence[Place]) -> list[tuple[int, int]]:
    """For each line, when the placed ones before and after it start."""
    before = list(accumulate((place.start_ms or 0 for place in places), max, initial=0))
    end_ms = max((place.end_ms or 0 for place in places), default=0)
    after = [end_ms]
    for place in reversed(places):
        after.append(after[-1] if place.start_ms is None else place.start_ms)
    return list(zip(before, after[-2::-1], strict=False))
