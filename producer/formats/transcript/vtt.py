"""WebVTT with voices: `<v Speaker>text`."""

from collections.abc import Sequence

from producer.derive.cues import Cue
from producer.formats.webvtt import block, escape


def render(cues: Sequence[Cue]) -> str:
    """One cue after the other; a cue without a speaker has no voice span."""
    voices = {speaker: _voice(speaker) for speaker in {cue.speaker for cue in cues}}
    blocks = [block(c.start_ms, c.end_ms, voices[c.speaker] + escape(c.text)) for c in cues]
    return "WEBVTT\n" + "".join(blocks)


def _voice(speaker: str) -> str:
    return f"<v {escape(speaker)}>" if speaker else ""
