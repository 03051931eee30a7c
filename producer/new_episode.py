"""The text of a new episode file, from a template and a draft of its transcript."""

from collections.abc import Mapping, Sequence
from typing import Any

from producer.model.show import Show
from producer.render.environment import Templates
from producer.source.edit import dump
from producer.youtube_url import watch_url


def new_episode(
    templates: Templates,
    show: Show,
    *,
    guid: str,
    date: str,
    video_id: str | None,
    transcript: Sequence[Mapping[str, Any]],
    numbers: Mapping[str, int],
    title: str = "",
    comments: Sequence[str] = (),
) -> str:
    """A whole episode file. `numbers` holds the season and episode that come next.

    `title` is the video's, if it is known. `comments` are lines that say what was done.
    """
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
            "title": title,
            "comments": list(comments),
            "transcript": dump({"transcript": list(transcript)}) if transcript else "",
        },
    )


def next_numbers(known: Sequence[tuple[int | None, int | None]]) -> dict[str, int]:
    """The season of the newest episode, and the number after its last one."""
    numbered = [(season or 1, number) for season, number in known if number is not None]
    season, number = max(numbered, default=(1, 0))
    return {"season": season, "episode": number + 1}
