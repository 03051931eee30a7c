"""HTML as Podcasting 2.0 describes it for transcripts: `cite`, `time` and `p` for each cue.

Source: podcast-namespace, `transcripts/transcripts.md`, section HTML.
"""

from collections.abc import Sequence
from html import escape

from producer.derive.cues import Cue
from producer.times import format_clock


def render(cues: Sequence[Cue]) -> str:
    """The speaker is named where another one begins; a paragraph for each cue."""
    parts = ["<!DOCTYPE html>\n"]
    speaker = ""
    for cue in cues:
        if cue.speaker and cue.speaker != speaker:
            parts.append(f"<cite>{escape(cue.speaker)}:</cite>\n")
            speaker = cue.speaker
        parts.append(f"<time>{format_clock(cue.start_ms)}</time>\n<p>{escape(cue.text)}</p>\n")
    return "".join(parts)
