"""The transcript of a new episode file from what was imported, for somebody to edit."""

from collections.abc import Sequence
from typing import Any

from producer.imports.model import ImportedHeader, ImportedLine, ImportedTranscript
from producer.times import format_clock, seconds

# A paragraph of a draft ends at the first cue after this much talk.
_PARAGRAPH_MS = 30_000


def draft_entries(imported: ImportedTranscript) -> list[dict[str, Any]]:
    """Entries for `transcript`: paragraphs stay as they are, cues are joined into some.

    Cues are joined for half a minute, while nobody else speaks, and never over a header; their
    times are cut to the second. Paragraphs keep their times exactly.
    """
    entries: list[dict[str, Any]] = []
    open_cues: list[ImportedLine] = []
    who = ""
    for entry in imported.entries:
        if isinstance(entry, ImportedHeader):
            entries += _joined(open_cues)
            open_cues = []
            start = {} if entry.start_ms is None else {"sec": seconds(entry.start_ms)}
            entries.append({"header": entry.title, **start})
        elif imported.has_paragraphs:
            goes_on = entry.start_ms is None and entry.who == who
            entries.append(_line(entry.start_ms, entry.text, "" if goes_on else entry.who))
            who = entry.who
        else:
            if open_cues and _begins_paragraph(open_cues[0], entry):
                entries += _joined(open_cues)
                open_cues = []
            open_cues.append(entry)
    return entries + _joined(open_cues)


def _begins_paragraph(first: ImportedLine, cue: ImportedLine) -> bool:
    if cue.who != first.who:
        return True
    if cue.start_ms is None or first.start_ms is None:
        return False
    return cue.start_ms - first.start_ms >= _PARAGRAPH_MS


def _joined(cues: Sequence[ImportedLine]) -> list[dict[str, Any]]:
    if not cues:
        return []
    start_ms = cues[0].start_ms
    whole_ms = None if start_ms is None else start_ms // 1000 * 1000
    return [_line(whole_ms, " ".join(cue.text for cue in cues), cues[0].who)]


def _line(start_ms: int | None, text: str, who: str) -> dict[str, Any]:
    line: dict[str, Any] = {"line": text}
    if start_ms is not None:
        line |= {"sec": seconds(start_ms), "time": format_clock(start_ms)}
    return {**line, "who": who} if who else line
