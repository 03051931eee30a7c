"""What a file of captions says of its video, beside the captions."""

import json
from dataclasses import dataclass

from producer.text import one_line
from producer.youtube_url import is_video_id

_MAX_TITLE_CHARS = 300


@dataclass(frozen=True, slots=True)
class KnownVideo:
    """The id and the title of the video; empty where the file does not have them."""

    video_id: str = ""
    title: str = ""


def known_video(data: bytes) -> KnownVideo:
    """Read `videoId` and `title` of the JSON that `producer fetch` writes; nothing of any other."""
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return KnownVideo()
    if not isinstance(found, dict) or not isinstance(found.get("captions"), list):
        return KnownVideo()
    video_id, title = found.get("videoId"), found.get("title")
    return KnownVideo(
        video_id if isinstance(video_id, str) and is_video_id(video_id) else "",
        one_line(title)[:_MAX_TITLE_CHARS] if isinstance(title, str) else "",
    )
