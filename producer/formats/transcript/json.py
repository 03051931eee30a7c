"""Podcasting 2.0 transcript JSON 1.0.0 (podcast-namespace, `transcripts/transcripts.md`)."""

import json
from collections.abc import Sequence

from producer.derive.cues import Cue
from producer.times import seconds


def render(cues: Sequence[Cue]) -> str:
    """Segments with times in seconds; `speaker` stands where one is known."""
    segments = []
    for cue in cues:
        speaker = {"speaker": cue.speaker} if cue.speaker else {}
        times = {"startTime": seconds(cue.start_ms), "endTime": seconds(cue.end_ms)}
        segments.append({**speaker, **times, "body": cue.text})
    document = {"version": "1.0.0", "segments": segments}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
