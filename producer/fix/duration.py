"""The stored duration, from the audio."""

import re
from collections.abc import Iterator
from typing import Any

from producer.check.duration import parse_duration, stored_duration_differs
from producer.derive.derived import Derived
from producer.fix.mend import Finding, Mend
from producer.source.edit import Set
from producer.times import format_clock, format_iso_duration

_PADDED = re.compile(r"PT\d\dH")


def mend_duration(derived: Derived) -> Iterator[Finding]:
    """Q105, where there is audio to measure; without any, nobody knows."""
    if not derived.duration.is_estimate and any(stored_duration_differs(derived)):
        value = written_like(derived.episode.data.get("duration"), derived.audio_duration_ms)
        shown = format_clock(derived.audio_duration_ms)
        yield Mend(
            ("Q105",), f"duration {shown}, as the audio has it", (Set(("duration",), value),)
        )
        return


def written_like(old: Any, ms: int) -> Any:
    """A duration in the form of another one: ISO 8601 with or without zeros, clock or seconds."""
    total = ms // 1000
    if isinstance(old, int):
        return total
    text = str(old).strip()
    if _PADDED.match(text):
        return f"PT{total // 3600:02}H{total // 60 % 60:02}M{total % 60:02}S"
    if text.startswith("PT") or parse_duration(text) is None:
        return format_iso_duration(ms)
    return format_clock(ms) if ":" in text else str(total)
