"""Podcasting 2.0 transcript JSON 1.0.0 (podcast-namespace, `transcripts/transcripts.md`)."""

from producer.imports import segments
from producer.imports.content import Content
from producer.imports.model import ImportProblem, Reading

_KEYS = ("startTime", "endTime", "body")


def sniff(content: Content) -> bool:
    """Whether it has segments with a `body` or a `startTime`."""
    data = content.json
    items = data.get("segments") if isinstance(data, dict) else None
    return isinstance(items, list) and any(
        isinstance(item, dict) and ("body" in item or "startTime" in item) for item in items[:8]
    )


def read(content: Content) -> Reading:
    """Raises ImportFileError where there is no list of segments."""
    problems: list[ImportProblem] = []
    data = content.json
    items = data.get("segments") if isinstance(data, dict) else None
    lines = [
        segments.line(where, item, _KEYS, problems)
        for where, item in segments.objects(content, items, "segments", problems)
    ]
    return segments.reading(lines, data.get("language"), problems)
