"""Rules for the duration that is stored in the front matter."""

import re
from collections.abc import Iterator

from producer.derive.derived import Derived
from producer.problems import Problem
from producer.times import format_clock, format_iso_duration, parse_clock, parse_seconds

_ISO = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?", re.ASCII)


def stored_duration_differs(derived: Derived) -> Iterator[Problem]:
    """Q105: a stored duration that is not the audio's, or is last line minus first.

    Without audio, any duration that ends after the last line starts may be right.
    """
    episode = derived.episode
    span = episode.where_value("duration")
    value = episode.data.get("duration")
    if span is None or value is None or not derived.turns:
        return
    stored_ms = parse_duration(str(value))
    if stored_ms is None:
        message = f"duration `{value}` is no duration"
        yield episode.problem("Q105", message, span, "write it as PT1H2M3S, or delete it")
        return
    starts = [line.start_ms for line in episode.lines if line.start_ms is not None]
    shown = format_clock(stored_ms)
    if not derived.duration.is_estimate:
        measured_ms = derived.audio_duration_ms
        if abs(stored_ms - measured_ms) > 1000:
            yield episode.problem(
                "Q105",
                f"duration {shown} differs from the audio's, {format_clock(measured_ms)}",
                span,
                f"write {format_iso_duration(measured_ms)}, or delete it: it is measured",
            )
    elif starts and stored_ms // 1000 == (starts[-1] - starts[0]) // 1000:
        yield episode.problem(
            "Q105",
            f"duration {shown} is the last line's time minus the first's: too short",
            span,
            "delete it, or write the audio's",
        )
    elif starts and stored_ms <= max(starts):
        yield episode.problem(
            "Q105",
            f"duration {shown} ends before the last line starts ({format_clock(max(starts))})",
            span,
            "delete it, or write the audio's",
        )


def parse_duration(text: str) -> int | None:
    """ISO 8601 (`PT1H2M3S`), clock (`1:02:03`) or seconds, as milliseconds; None for others."""
    match = _ISO.fullmatch(text.strip())
    if match and any(match.groups()):
        hours, minutes, seconds = (int(group or 0) for group in match.groups())
        return ((hours * 60 + minutes) * 60 + seconds) * 1000
    for parse in (parse_clock, parse_seconds):
        try:
            return parse(text)
        except ValueError:
            continue
    return None
