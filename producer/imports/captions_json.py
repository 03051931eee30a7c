"""Our own `episodes/captions/<slug>.json`, and the bare list that youtube-transcript-api prints."""

from producer.imports import segments
from producer.imports.content import Content, json_ms
from producer.imports.model import ImportedLine, ImportProblem, Reading
from producer.times import MAX_MS

_KEYS = ("start", "end", "text")


def sniff(content: Content) -> bool:
    """Whether it has `captions`, or is a list of objects with `start` and `duration`."""
    data = content.json
    if isinstance(data, dict):
        return isinstance(data.get("captions"), list)
    return isinstance(data, list) and any(
        isinstance(item, dict) and "duration" in item and "text" in item for item in data[:8]
    )


def read(content: Content) -> Reading:
    """Raises ImportFileError where there is no list of captions."""
    problems: list[ImportProblem] = []
    data = content.json
    items = data.get("captions") if isinstance(data, dict) else data
    lines: list[ImportedLine | None] = []
    for where, item in segments.objects(content, items, "captions", problems):
        line = segments.line(where, item, _KEYS, problems)
        if line is not None and line.start_ms is not None and "duration" in item:
            try:
                end_ms = min(line.start_ms + json_ms(item["duration"]), MAX_MS)
                line = ImportedLine(line.start_ms, end_ms, line.who, line.text)
            except ValueError as error:
                problems.append(ImportProblem(where, f"`duration`: {error}; it was left out"))
        lines.append(line)
    language = data.get("languageCode") if isinstance(data, dict) else ""
    return segments.reading(lines, language, problems)
