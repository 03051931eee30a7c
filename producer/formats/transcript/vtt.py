"""WebVTT with voices: `<v Speaker>text`."""

from collections.abc import Sequence

from producer.derive.cues import Cue
from producer.formats.webvtt import block, escape


def render(cues: Sequence[Cue]) -> str:
    """One cue after the other; a cue without a speaker has no voice span."""
    return "WEBVTT\n" + "".join(block(c.start_ms, c.end_ms, _payload(c)) for c in cues)


def _payload(cue: Cue) -> str:
    return f"<v {escape(cue.speaker)}>{escape(cue.text)}" if cue.speaker else escape(cue.text)
