"""Clips: one a chapter, in whole seconds of the video, as `quotableClips` holds them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from producer.derive.chapters import Chapter
from producer.names import clip_name
from producer.youtube_url import watch_url


@dataclass(frozen=True, slots=True)
class Clip:
    """A named span on the video timeline, and the name of its files without their endings."""

    name: str
    start_ms: int
    end_ms: int
    file_name: str
    index: int = -1


def derive_clips(chapters: Sequence[Chapter]) -> tuple[Clip, ...]:
    """One clip a chapter, with the chapter's bounds to the millisecond."""
    total = len(chapters)
    return tuple(
        Clip(c.title, c.start_ms, c.end_ms, clip_name(number, total, c.title), c.index)
        for number, c in enumerate(chapters, start=1)
    )


def quotable_clips(clips: Sequence[Clip], video_id: str | None) -> list[dict[str, Any]]:
    """The `quotableClips` of the front matter: whole seconds, keys in this order (rule 6).

    Seconds are cut, not rounded, and rise strictly even where two chapters share a second.
    Without a video there is no `url`.
    """
    starts: list[int] = []
    for clip in clips:
        start_s = clip.start_ms // 1000
        starts.append(max(start_s, starts[-1] + 1) if starts else start_s)
    ends = [*starts[1:], *(max(c.end_ms // 1000, starts[-1] + 1) for c in clips[-1:])]
    entries: list[dict[str, Any]] = []
    for clip, start_s, end_s in zip(clips, starts, ends, strict=True):
        entry: dict[str, Any] = {"name": clip.name, "startOffset": start_s}
        if video_id:
            entry["url"] = watch_url(video_id, start_s)
        entry["endOffset"] = end_s
        entries.append(entry)
    return entries
