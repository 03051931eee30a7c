"""Podcasting 2.0 transcript JSON 1.0.0 (podcast-namespace, `transcripts/transcripts.md`)."""

from collections.abc import Iterator, Sequence
from json.encoder import encode_basestring as _quoted

from producer.derive.cues import Cue
from producer.times import format_seconds


def render(cues: Sequence[Cue]) -> str:
    """Segments with times in seconds; `speaker` stands where one is known."""
    segments = ",\n".join(_segments(cues))
    listed = f"[\n{segments}\n ]" if segments else "[]"
    return f'{{\n "version": "1.0.0",\n "segments": {listed}\n}}\n'


def _segments(cues: Sequence[Cue]) -> Iterator[str]:
    """As `json.dumps` indents them, which takes five times as long: its fast half cannot indent."""
    names = {speaker: _name(speaker) for speaker in {cue.speaker for cue in cues}}
    last_ms, end = -1, ""
    for start_ms, end_ms, speaker, text in cues:
        # Nearly always the end of the one before.
        start = end if start_ms == last_ms else format_seconds(start_ms)
        last_ms, end = end_ms, format_seconds(end_ms)
        yield (
            f'  {{\n{names[speaker]}   "startTime": {start},\n'
            f'   "endTime": {end},\n   "body": {_quoted(text)}\n  }}'
        )


def _name(speaker: str) -> str:
    return f'   "speaker": {_quoted(speaker)},\n' if speaker else ""
