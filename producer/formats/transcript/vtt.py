"""WebVTT with voices: `<v Speaker>text`."""

from collections.abc import Sequence

from producer.derive.cues import Cue
from producer.formats.webvtt import block, escape
from producer.text import each_line


def render(cues: Sequence[Cue]) -> str:
    """One cue after the other; a cue without a speaker has no voice span."""
    voices = {speaker: _voice(speaker) for speaker in {cue.speaker for cue in cues}}
    texts = each_line([cue.text for cue in cues], escape)
    blocks = [
        block(start_ms, end_ms, voices[speaker] + text)
        for (start_ms, end_ms, speaker, _), text in zip(cues, texts, strict=True)
    ]
    return "WEBVTT\n" + "".join(blocks)


def _voice(speaker: str) -> str:
    return f"<v {escape(speaker)}>" if speaker else ""
