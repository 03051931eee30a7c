"""An episode as the page shows it: plain data for JSON, times in milliseconds of the video."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

import yaml

from producer.derive.derived import Derived
from producer.derive.reading import Reading
from producer.model.episode import Episode, Header
from producer.preview.clip_edits import entries as marked_clips
from producer.problems import Problem, Severity
from producer.youtube_url import watch_url


def episode_view(derived: Derived, problems: Sequence[Problem]) -> dict[str, Any]:
    """What the page needs to show and edit an episode. `row` is a line of the file, from 1."""
    episode = derived.episode
    rows = _rows(episode)
    video = watch_url(episode.youtube_id) if episode.youtube_id else None
    return {
        "slug": episode.slug,
        "title": episode.title,
        "path": episode.source.path,
        "video": video,
        "offset_ms": derived.timeline.offset_ms,
        "audio_ms": derived.timeline.length_ms,
        "duration_ms": derived.duration.ms,
        "is_estimate": derived.duration.is_estimate,
        "entries": _entries(derived, rows),
        "chapters": [
            {
                "index": chapter.index,
                "title": chapter.title,
                "start_ms": chapter.start_ms,
                "end_ms": chapter.end_ms,
                "estimated": chapter.estimated,
            }
            for chapter in derived.chapters
        ],
        "clips": _clips(derived),
        "problems": [_problem(problem, episode, rows) for problem in problems],
    }


def counts(problems: Sequence[Problem]) -> dict[str, int]:
    """How many problems there are of each severity."""
    return {each.value: sum(p.severity is each for p in problems) for each in Severity}


def _rows(episode: Episode) -> list[int]:
    """The line of the file at which each entry of the transcript begins."""
    node = episode.document.find(("transcript",)) if episode.document else None
    if episode.document is None or not isinstance(node, yaml.SequenceNode):
        return []
    source = episode.source
    return [source.position(episode.document.span(item).start)[0] for item in node.value]


def _entries(derived: Derived, rows: Sequence[int]) -> list[dict[str, Any]]:
    """Headers and lines in order. A line that has no time of its own gets one by words read."""
    episode = derived.episode
    reading = Reading(episode.transcript, derived.turns, derived.duration.ms)
    firsts = {turn.lines[0].index: turn.start_ms for turn in derived.turns}
    starts = {chapter.index: chapter for chapter in derived.chapters}
    shown: list[dict[str, Any]] = []
    for position, entry in enumerate(episode.transcript):
        values: dict[str, Any] = {"index": entry.index, "row": rows[entry.index]}
        if isinstance(entry, Header):
            chapter = starts.get(entry.index)
            values |= {"header": entry.title, "own_ms": entry.start_ms}
            values["start_ms"] = chapter.start_ms if chapter else None
        else:
            start_ms = firsts.get(entry.index)
            if start_ms is None:
                start_ms = reading.turn_and_reached_ms(position - 1)[1] if position else 0
            values |= {"text": entry.text, "who": entry.who, "start_ms": start_ms}
            values["is_timed"] = entry.index in firsts and entry.start_ms is not None
        shown.append(values)
    return shown


def _clips(derived: Derived) -> list[dict[str, Any]]:
    """The clips that the file marks, with their times where they are known."""
    found = {each.index: each for each in derived.soundbites}
    shown = []
    for index, entry in enumerate(marked_clips(derived)):
        written = entry if isinstance(entry, dict) else {"quote": entry}
        bite = found.get(index)
        quote = str(written.get("quote") or "")
        start_ms, end_ms = (bite.start_ms, bite.end_ms) if bite else _span(derived, written)
        title = str(written.get("title") or (bite.name if bite else "") or quote)
        shown.append(
            {"index": index, "title": title, "quote": quote, "start_ms": start_ms, "end_ms": end_ms}
        )
    return shown


def _span(derived: Derived, written: dict[str, Any]) -> tuple[int | None, int | None]:
    start, end = written.get("start"), written.get("end")
    if isinstance(start, int | float) and isinstance(end, int | float) and 0 <= start < end:
        return round(start * 1000), round(end * 1000)
    return None, None


def _problem(problem: Problem, episode: Episode, rows: Sequence[int]) -> dict[str, Any]:
    """A problem, and the entry of the transcript that it stands in."""
    values = problem.as_json()
    is_here = episode.document is not None and problem.path == episode.source.path
    at = bisect_right(rows, problem.line) - 1 if is_here and rows else -1
    last = _last_row(episode) if at == len(rows) - 1 else 0
    values["entry"] = at if at >= 0 and (not last or problem.line <= last) else None
    return values


def _last_row(episode: Episode) -> int:
    node = episode.document.find(("transcript",)) if episode.document else None
    if episode.document is None or not isinstance(node, yaml.SequenceNode):
        return 0
    end = episode.document.span(node.value[-1]).end
    row, column = episode.source.position(end)
    return row - (column == 1)
