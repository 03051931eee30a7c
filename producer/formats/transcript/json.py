"""Podcasting 2.0 transcript JSON 1.0.0 (podcast-namespace, `transcripts/transcripts.md`)."""

from collections.abc import Sequence
from json.encoder import encode_basestring as _quoted

from producer.derive.cues import Cue
from producer.times import format_seconds


def render(cues: Sequence[Cue]) -> str:
    """Segments with times in seconds; `speaker` stands where one is known."""
    segments = ",\n".join(map(_segment, cues))
    listed = f"[\n{segments}\n ]" if segments else "[]"
    return f'{{\n "version": "1.0.0",\n "segments": {listed}\n}}\n'


def _segment(cue: Cue) -> str:
    """As `json.dumps` indents it, which takes five times as long: its fast half cannot indent."""
    start_ms, end_ms, speaker, text = cue
    named = f'   "speaker": {_quoted(speaker)},\n' if speaker else ""
    return (
        f'  {{\n{named}   "startTime": {format_seconds(start_ms)},\n'
        f'   "endTime": {format_seconds(end_ms)},\n   "body": {_quoted(text)}\n  }}'
    )
