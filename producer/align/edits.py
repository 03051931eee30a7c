"""The edits that write new times into an episode file: `sec` and `time`, and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

from producer.align.retime import Retiming
from producer.clock_style import Writer, clock_style
from producer.model.episode import Episode
from producer.source.edit import Edit, Set
from producer.times import format_clock, parse_clock, parse_seconds, read_or_none

# The order of keys in a line, where the file does not show another.
_KEYS = ("line", "sec", "time", "who")

_Values = Mapping[str, yaml.ScalarNode]


@dataclass(frozen=True, slots=True)
class TimeStyle:
    """How a file writes the times of lines.

    `step_ms` is a second, or less where the file has fractions. `has_clock` is whether lines have
    a `time` beside `sec`; `hours` is as in `format_clock`; `keys` is the order of keys.
    """

    step_ms: int = 1000
    has_clock: bool = True
    clock: Writer = format_clock
    keys: tuple[str, ...] = _KEYS

    @classmethod
    def of(cls, episode: Episode) -> "TimeStyle":
        """The style of the times that are there; seconds with a clock where there are none."""
        entries = [values for _, values in episode.raw_entries if "line" in values]
        seconds = [values["sec"].value for values in entries if "sec" in values]
        clocks = [values["time"].value.strip() for values in entries if "time" in values]
        keys = max(map(tuple, entries), key=lambda each: len(set(each) & set(_KEYS)), default=_KEYS)
        return cls(
            step_ms=100 if any(text.partition(".")[2].strip("0") for text in seconds) else 1000,
            has_clock=bool(clocks) or not seconds,
            clock=clock_style(clocks),
            keys=keys if "sec" in keys else _KEYS,
        )

    def cut(self, ms: int) -> int:
        """A time as the file can hold it, never later than it is."""
        return ms // self.step_ms * self.step_ms

    def sec(self, ms: int) -> int | float:
        """A time as the value of `sec`."""
        return ms // 1000 if self.step_ms == 1000 else ms // self.step_ms * self.step_ms / 1000

    def after(self, key: str) -> tuple[str, ...]:
        """The keys that stand after this one in a line."""
        keys = self.keys if key in self.keys else _KEYS
        return keys[keys.index(key) + 1 :]


def time_edits(episode: Episode, retimings: Sequence[Retiming]) -> list[Edit]:
    """The edits that give lines their new times, only where the file says something else.

    Edits of one key stand together: the editor makes those at once that touch different entries.
    """
    style = TimeStyle.of(episode)
    written = dict(episode.raw_entries)
    seconds: list[Edit] = []
    clocks: list[Edit] = []
    for retiming in retimings:
        ms, index = retiming.found_ms, retiming.line.index
        if ms is None:
            continue
        values = written.get(index, {})
        if read_or_none(parse_seconds, _value(values, "sec")) != style.cut(ms):
            seconds.append(Set(("transcript", index, "sec"), style.sec(ms), style.after("sec")))
        clock_ms = read_or_none(parse_clock, _value(values, "time"))
        if style.has_clock and (clock_ms is None or clock_ms // 1000 != ms // 1000):
            clocks.append(Set(("transcript", index, "time"), style.clock(ms), style.after("time")))
    return seconds + clocks


def _value(values: _Values, key: str) -> str | None:
    return values[key].value if key in values else None
