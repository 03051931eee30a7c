"""HTML as Podcasting 2.0 describes it for transcripts: `cite`, `time` and `p` for each cue.

Source: podcast-namespace, `transcripts/transcripts.md`, section HTML.
"""

from collections.abc import Sequence
from html import escape

from producer.derive.cues import Cue
from producer.text import each_line
from producer.times import format_clock


def render(cues: Sequence[Cue]) -> str:
    """The speaker is named where another one begins; a paragraph for each cue."""
    parts = ["<!DOCTYPE html>\n"]
    before = ""
    texts = each_line([cue.text for cue in cues], escape)
    for (start_ms, _, speaker, _), text in zip(cues, texts, strict=True):
        if speaker and speaker != before:
            parts.append(f"<cite>{escape(speaker)}:</cite>\n")
            before = speaker
        parts.append(f"<time>{format_clock(start_ms)}</time>\n<p>{text}</p>\n")
    return "".join(parts)
