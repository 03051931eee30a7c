"""The YouTube id from the link, and the link from the id."""

from collections.abc import Iterator
from typing import Any

from producer.check.links import video_disagrees
from producer.derive.derived import Derived
from producer.fix.mend import Finding, Left, Mend
from producer.source.edit import Set
from producer.youtube_url import is_video_id, video_id_of, watch_url

_BEFORE_IDS = ("links", "description", "intro", "audio", "quotableClips", "transcript")
_BEFORE_LINKS = _BEFORE_IDS[1:]


def mend_video(derived: Derived) -> Iterator[Finding]:
    """L103 and L106, and an id that only the link knows. Two that disagree are left."""
    data = derived.episode.data
    ids, links = data.get("ids"), data.get("links")
    if not (isinstance(ids, dict | None) and isinstance(links, dict | None)):
        return  # F104
    stored, linked = _text(ids), _text(links)
    known = stored if is_video_id(stored) else video_id_of(stored)
    in_link = video_id_of(linked)
    if known and in_link and known != in_link:
        yield from map(Left, video_disagrees(derived))
        return
    video_id = known or in_link
    if video_id is None:
        return
    if stored != video_id:
        edit = Set(("ids", "youtube"), video_id, _BEFORE_IDS if ids is None else ())
        yield Mend(("L101", "L103"), f"ids.youtube {video_id}, as the link has it", (edit,))
    if in_link is None and not linked.startswith(("http://", "https://")):
        before = _BEFORE_LINKS if links is None else ()
        edit = Set(("links", "youtube"), watch_url(video_id), before)
        yield Mend(("L102", "L106"), "links.youtube from the id", (edit,))


def _text(values: dict[str, Any] | None) -> str:
    value = values.get("youtube") if values else None
    return str(value).strip() if isinstance(value, str | int) else ""
