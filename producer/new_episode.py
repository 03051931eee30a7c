"""The text of a new episode file, from a template and captions."""

from collections.abc import Mapping, Sequence
from typing import Any

from producer.captions.caption import Caption
from producer.model.show import Show
from producer.render.environment import Templates
from producer.source.edit import dump
from producer.times import format_clock
from producer.youtube_url import watch_url

# A paragraph of a draft ends at the first caption after this much talk.
_PARAGRAPH_MS = 30_000


def draft_lines(captions: Sequence[Caption]) -> list[dict[str, Any]]:
    """Captions joined into paragraphs of about half a minute, each with the time of its first."""
    lines: list[dict[str, Any]] = []
    words: list[str] = []
    start_ms = 0
    for caption in captions:
        if words and caption.start_ms - start_ms >= _PARAGRAPH_MS:
            lines.append(_line(start_ms, words))
            words = []
        if not words:
            start_ms = caption.start_ms
        words.append(caption.text)
    return [*lines, _line(start_ms, words)] if words else lines


def new_episode(
    templates: Templates,
    show: Show,
    *,
    guid: str,
    date: str,
    video_id: str | None,
    captions: Sequence[Caption],
    numbers: Mapping[str, int],
) -> str:
    """A whole episode file. `numbers` holds the season and episode that come next."""
    lines = draft_lines(captions)
    return templates.render(
        "episode.md",
        {
            "show": show,
            "guid": guid,
            "date": date,
            "video_id": video_id or "",
            "video_url": watch_url(video_id) if video_id else "",
            "season": numbers["season"],
            "number": numbers["episode"],
            "transcript": dump({"transcript": lines}) if lines else "",
        },
    )


def next_numbers(known: Sequence[tuple[int | None, int | None]]) -> dict[str, int]:
    """The season of the newest episode, and the number after its last one."""
    numbered = [(season or 1, number) for season, number in known if number is not None]
    season, number = max(numbered, default=(1, 0))
    return {"season": season, "episode": number + 1}


def _line(start_ms: int, words: Sequence[str]) -> dict[str, Any]:
    return {"line": " ".join(words), "sec": start_ms // 1000, "time": format_clock(start_ms)}
