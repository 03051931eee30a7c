"""YouTube ids and watch URLs."""

import re
from urllib.parse import parse_qs, urlsplit

_ID = re.compile(r"[A-Za-z0-9_-]{11}", re.ASCII)
_PATH_FORMS = ("embed", "live", "shorts", "v", "e")


def is_video_id(text: str) -> bool:
    """Whether `text` has the form of a YouTube video id."""
    return _ID.fullmatch(text) is not None


def video_id_of(url: str) -> str | None:
    """The video id in any of YouTube's URL forms, or None."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("music.")
    steps = [step for step in parts.path.split("/") if step]
    candidate = ""
    if host == "youtu.be" and steps:
        candidate = steps[0]
    elif host in ("youtube.com", "youtube-nocookie.com"):
        if len(steps) >= 2 and steps[0] in _PATH_FORMS:
            candidate = steps[1]
        else:
            candidate = parse_qs(parts.query).get("v", [""])[0]
    return candidate if is_video_id(candidate) else None


def watch_url(video_id: str, start_s: int | None = None) -> str:
    """The watch page, at a second if one is given."""
    url = f"https://www.youtube.com/watch?v={video_id}"
    return url if start_s is None else f"{url}&t={start_s}"


def embed_url(video_id: str) -> str:
    """The player alone, for other pages."""
    return f"https://www.youtube.com/embed/{video_id}"


def thumbnail_url(video_id: str) -> str:
    """A still picture of the video; every video has one in this size (480 by 360)."""
    return f"https://i.ytimg.com/vi/{video_id}/hqdefault.jpg"
