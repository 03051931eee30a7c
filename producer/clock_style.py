"""Writing a clock time as the other times of a file are written."""

from collections.abc import Callable, Iterable

from producer.times import format_clock, parse_clock

Writer = Callable[[int], str]


def _hours_always(ms: int) -> str:
    return format_clock(ms, hours=True)


def _padded(ms: int) -> str:
    text = format_clock(ms)
    return text.zfill(len("00:00:00") if text.count(":") > 1 else len("00:00"))


def _padded_hours(ms: int) -> str:
    return format_clock(ms, hours=True).zfill(len("00:00:00"))


def _minutes_run_on(ms: int) -> str:
    return format_clock(ms, hours=False)


# The first that writes the most of a file's times as they stand is its style.
_WRITERS: tuple[Writer, ...] = (
    format_clock,
    _padded,
    _hours_always,
    _padded_hours,
    _minutes_run_on,
    lambda ms: _minutes_run_on(ms).zfill(len("00:00")),
    lambda ms: format_clock(ms).zfill(len("00:00")),
)


def clock_style(samples: Iterable[str]) -> Writer:
    """How the readable ones of the given times are written; `M:SS` and `H:MM:SS` without any."""
    known: list[tuple[int, str]] = []
    for text in samples:
        try:
            known.append((parse_clock(text), text.strip()))
        except ValueError:
            continue
    return max(_WRITERS, key=lambda write: sum(write(ms) == text for ms, text in known))
