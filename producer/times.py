"""Times as people and platforms write them. Inside, every time is integer milliseconds."""

import re
from collections.abc import Callable
from functools import lru_cache

_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,3}):([0-5]\d)(?:[.,](\d{1,9}))?", re.ASCII)
_SECONDS = re.compile(r"\d+(?:\.\d*)?|\.\d+", re.ASCII)
# Nothing recorded is longer; a bigger number is a typing mistake.
MAX_MS = 1000 * 3_600_000
# All episodes have the same seconds: nine hours of them.
_SECONDS_KEPT = 1 << 15


@lru_cache(maxsize=_SECONDS_KEPT)
def parse_clock(text: str) -> int:
    """Read `M:SS` or `H:MM:SS`, with an optional fraction, as milliseconds.

    Minutes may run past 59 when there are no hours (`75:30`). Raises ValueError for anything else.
    """
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not a time: {text!r}")
    hours, minutes, seconds, fraction = match.groups()
    if hours is not None and int(minutes) > 59:
        raise ValueError(f"minutes past 59: {text!r}")
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return _in_range(whole * 1000 + _fraction_ms(fraction or ""), text)


@lru_cache(maxsize=_SECONDS_KEPT)
def parse_seconds(text: str) -> int:
    """Read a non-negative number of seconds, such as `75` or `12.35`, as milliseconds.

    Raises ValueError for signs, exponents, names of numbers and times out of any recording's range.
    """
    text = text.strip()
    if _SECONDS.fullmatch(text) is None or len(text) > 32:
        raise ValueError(f"not a number of seconds: {text!r}")
    whole, _, fraction = text.partition(".")
    return _in_range(int(whole or "0") * 1000 + _fraction_ms(fraction), text)


def _fraction_ms(digits: str) -> int:
    return (int(digits[:4].ljust(4, "0")) + 5) // 10 if digits else 0


def _in_range(ms: int, text: str) -> int:
    if ms > MAX_MS:
        raise ValueError(f"longer than any recording: {text!r}")
    return ms


def read_or_none(parse: Callable[[str], int], text: str | None) -> int | None:
    """What `parse_clock` or `parse_seconds` make of a text; None for none or what is no time."""
    try:
        return None if text is None else parse(text)
    except ValueError:
        return None


def format_clock(ms: int, *, hours: bool | None = None) -> str:
    """`M:SS` below the hour, `H:MM:SS` above; `hours` forces one style for a whole list.

    Cut to the second, not rounded: a shown time never lies after the moment that it stands for.
    """
    return _clock(ms // 1000, hours)


@lru_cache(maxsize=_SECONDS_KEPT)
def _clock(total: int, hours: bool | None) -> str:
    if total >= 3600 if hours is None else hours:
        return f"{total // 3600}:{total // 60 % 60:02}:{total % 60:02}"
    return f"{total // 60}:{total % 60:02}"


# Each cue ends where the next begins, and stands in more than one format.
@lru_cache(maxsize=4096)
def format_timestamp(ms: int) -> str:
    """`HH:MM:SS.mmm`, as WebVTT (section 3.3) and Podlove want it."""
    return _full_clock(ms // 1000) + _milliseconds(ms % 1000)


@lru_cache(maxsize=_SECONDS_KEPT)
def _full_clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def seconds(ms: int) -> int | float:
    """Milliseconds as a JSON number of seconds, whole where it is whole."""
    return ms // 1000 if ms % 1000 == 0 else ms / 1000


def format_seconds(ms: int) -> str:
    """Milliseconds as decimal seconds for YAML and CSV: `75`, `12.35`."""
    return str(ms // 1000) + _decimals(ms % 1000)


@lru_cache(maxsize=1000)
def _milliseconds(ms: int) -> str:
    return f".{ms:03}"


@lru_cache(maxsize=1000)
def _decimals(ms: int) -> str:
    return f".{ms:03}".rstrip("0") if ms else ""


def format_iso_duration(ms: int) -> str:
    """ISO 8601 duration in whole seconds, as schema.org reads it: `PT1H2M3S`."""
    total = ms // 1000
    hours, minutes, rest = total // 3600, total // 60 % 60, total % 60
    parts = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (rest, "S")) if n)
    return "PT" + (parts or "0S")
