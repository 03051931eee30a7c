"""What a chapter format may say besides the chapters."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChapterContext:
    """The episode's and the show's title, and the video if there is one."""

    title: str = ""
    show_title: str = ""
    video_id: str | None = None
