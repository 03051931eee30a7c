"""Rules for the clips that are stored in the front matter."""

from collections.abc import Iterator
from typing import Any

from producer.derive.clips import quotable_clips
from producer.derive.derived import Derived, header_span
from producer.problems import Problem
from producer.times import format_clock

KEY = "quotableClips"
_HINT = "`producer clips EPISODE --write` brings them in line with the headers"


def stored_clips_differ(derived: Derived) -> Iterator[Problem]:
    """Q101 to Q104: stored clips beside the derived ones, matched by their names."""
    stored = derived.episode.data.get(KEY)
    if not isinstance(stored, list) or not all(isinstance(entry, dict) for entry in stored):
        return
    expected = quotable_clips(derived.clips, derived.episode.youtube_id)
    positions: dict[str, int] = {}
    for position, entry in enumerate(stored):
        positions.setdefault(_name(entry), position)
    for clip, entry in zip(derived.clips, expected, strict=True):
        name = str(entry["name"])
        if name not in positions:
            yield derived.episode.problem(
                "Q101",
                f'no stored clip for "{clip.name}" at {format_clock(clip.start_ms)}',
                header_span(derived.episode, clip.index),
                _HINT,
            )
        else:
            position = positions.pop(name)
            yield from _differences(derived, position, stored[position], entry)
    for name, position in positions.items():
        yield derived.episode.problem(
            "Q102",
            f'stored clip "{name}" has no header',
            derived.episode.where(KEY, position, "name") or derived.episode.where(KEY, position),
            _HINT,
        )


def _differences(
    derived: Derived, position: int, stored: dict[str, Any], expected: dict[str, Any]
) -> Iterator[Problem]:
    for code, key, what in (("Q103", "startOffset", "starts"), ("Q104", "endOffset", "ends")):
        value, wanted = stored.get(key), expected[key]
        if value == wanted or (key == "endOffset" and _may_be_right(derived, expected, value)):
            continue
        message = f'stored clip "{expected["name"]}" {what} at {value}'
        if isinstance(value, int):
            message += f", {abs(wanted - value)} s {'late' if value > wanted else 'early'}"
        yield derived.episode.problem(
            code,
            f"{message}: it should be {wanted}",
            derived.episode.where_value(KEY, position, key) or derived.episode.where(KEY, position),
            _HINT,
        )


def _may_be_right(derived: Derived, expected: dict[str, Any], end_s: object) -> bool:
    """Without audio the last end is an estimate: any after the last line's start will do."""
    return (
        expected["name"] == derived.clips[-1].name
        and derived.duration.is_estimate
        and isinstance(end_s, int)
        and end_s > derived.turns[-1].start_ms // 1000
    )


def _name(entry: dict[str, Any]) -> str:
    return " ".join(str(entry.get("name", "")).split())
