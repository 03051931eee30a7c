"""The transcript formats, by their file endings. All are on the audio timeline."""

from collections.abc import Callable, Sequence

from producer.derive.cues import Cue
from producer.formats.transcript import html, json, srt, vtt

TRANSCRIPT_FORMATS: dict[str, Callable[[Sequence[Cue]], str]] = {
    "vtt": vtt.render,
    "srt": srt.render,
    "json": json.render,
    "html": html.render,
}

# As `podcast:transcript` names them (podcast-namespace, `transcripts/transcripts.md`).
TRANSCRIPT_MEDIA_TYPES = {
    "vtt": "text/vtt",
    "srt": "application/x-subrip",
    "json": "application/json",
    "html": "text/html",
}
