"""Times of entries: `time` as `sec` has it, and each filled in from the other."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from producer.check.transcript import time_and_sec_disagree
from producer.clock_style import clock_style
from producer.derive.derived import Derived
from producer.derive.rising import longest_rising
from producer.fix.mend import Finding, Left, Mend
from producer.source.edit import Edit, Set
from producer.times import parse_clock, parse_seconds, read_or_none, seconds


@dataclass(frozen=True, slots=True)
class _Times:
    """What an entry says of its start, each None where it says nothing that can be read."""

    index: int
    sec_ms: int | None
    time_ms: int | None
    has_sec: bool
    has_time: bool
    is_line: bool

    @property
    def start_ms(self) -> int | None:
        """What counts: `sec`, else `time`."""
        return self.time_ms if self.sec_ms is None else self.sec_ms

    @property
    def agrees(self) -> bool:
        """Whether both are there and say one second."""
        both = self.sec_ms is not None and self.time_ms is not None
        return both and (self.sec_ms or 0) // 1000 == (self.time_ms or 0) // 1000

    @property
    def disagrees(self) -> bool:
        """Whether both are there and say two."""
        return self.sec_ms is not None and self.time_ms is not None and not self.agrees

    @property
    def is_sure(self) -> bool:
        """Whether it says one second."""
        return self.start_ms is not None and not self.disagrees


def mend_times(derived: Derived) -> Iterator[Finding]:
    """T106, T103, T104, and what one of the two keys lacks in a file that has both elsewhere."""
    entries = dict(derived.episode.raw_entries)
    times = [_times(index, values) for index, values in entries.items()]
    has_secs = any(each.has_sec for each in times)
    has_times = any(each.has_time for each in times)
    write = clock_style(v["time"].value for v in entries.values() if "time" in v)
    fits = _fitting(times)
    disagreements = {p.line: p for p in time_and_sec_disagree(derived)}
    edits: list[Edit] = []
    for position, each in enumerate(times):
        here = ("transcript", each.index)
        sec_ms, time_ms = each.sec_ms, each.time_ms
        if each.agrees:
            continue
        if position not in fits:
            # Which of the two is wrong, nobody knows.
            place = derived.episode.position(*here, "time")
            if place and place[1] in disagreements:
                yield Left(disagreements[place[1]])
        elif sec_ms is not None and (each.has_time or (has_times and each.is_line)):
            edits.append(Set((*here, "time"), write(sec_ms), ("who",)))
        elif time_ms is not None and (each.has_sec or (has_secs and each.is_line)):
            edits.append(Set((*here, "sec"), seconds(time_ms), ("time", "who")))
    if edits:
        count = len(edits)
        what = "the time of a line" if count == 1 else f"the times of {count} lines"
        yield Mend(("T103", "T104", "T106"), f"{what} mended", tuple(edits))


def _times(index: int, values: Mapping[str, yaml.ScalarNode]) -> _Times:
    sec, time = (values[key].value if key in values else None for key in ("sec", "time"))
    return _Times(
        index,
        read_or_none(parse_seconds, sec),
        read_or_none(parse_clock, time),
        "sec" in values,
        "time" in values,
        "line" in values,
    )


def _fitting(times: list[_Times]) -> frozenset[int]:
    """The positions whose start lies between those around it that can be trusted.

    These are the ones that rise, of those on which `sec` and `time` do not disagree.
    """
    sure = [(p, each.start_ms or 0) for p, each in enumerate(times) if each.is_sure]
    kept = longest_rising([start_ms for _, start_ms in sure], strictly=False)
    trusted = [sure[each] for each in kept]
    fitting = {position for position, _ in trusted}
    positions = [position for position, _ in trusted]
    for position, each in enumerate(times):
        if each.disagrees and each.start_ms is not None:
            after = bisect_left(positions, position)
            low_ms = trusted[after - 1][1] if after else 0
            high_ms = trusted[after][1] if after < len(trusted) else each.start_ms
            if low_ms <= each.start_ms <= high_ms:
                fitting.add(position)
    return frozenset(fitting)
