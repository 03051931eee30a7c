"""Rules for links and ids."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from producer.derive.derived import Derived
from producer.problems import Problem
from producer.youtube_url import is_video_id, video_id_of, watch_url

# Parameters that say who clicked or shared, and nothing of what is linked.
_TRACKING = frozenset(
    {
        "_ga",
        "_gl",
        "dclid",
        "fbclid",
        "gbraid",
        "gclid",
        "igsh",
        "igshid",
        "jsessionid",
        "li_fat_id",
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "msclkid",
        "phpsessid",
        "rcm",
        "ref_src",
        "ref_url",
        "session_id",
        "sessionid",
        "si",
        "sid",
        "trackid",
        "trk",
        "trkinfo",
        "ttclid",
        "twclid",
        "wbraid",
        "yclid",
    }
)
_TO_DO = re.compile(r"\s*((todo|tbd|tba|fixme|xxx)\b|\?+\s*$)", re.IGNORECASE)


def unusable(derived: Derived) -> Iterator[Problem]:
    """L102: links that are no addresses: left empty, or to do."""
    links = derived.episode.data.get("links")
    for key, value in links.items() if isinstance(links, dict) else ():
        url = "" if value is None else str(value).strip()
        if not url.startswith(("http://", "https://")) or not _host(url):
            shown = f"`{url}`" if url else "nothing"
            yield derived.episode.problem(
                "L102",
                f"the link `{key}` is {shown}",
                derived.episode.where("links", str(key)),
                "give the whole address, https:// included, or delete the key",
            )


def ids_to_do(derived: Derived) -> Iterator[Problem]:
    """L102: ids that are still to do. One left empty is one that there is not."""
    ids = derived.episode.data.get("ids")
    for key, value in ids.items() if isinstance(ids, dict) else ():
        if isinstance(value, str) and _TO_DO.match(value) and key != "youtube":
            yield derived.episode.problem(
                "L102",
                f"the id `{key}` is `{value.strip()}`",
                derived.episode.where_value("ids", str(key)),
                "give the id, or delete the key",
            )


def video_link_missing(derived: Derived) -> Iterator[Problem]:
    """L106: a video that is known by its id and not linked."""
    episode = derived.episode
    if episode.youtube_id and not episode.where("links", "youtube"):
        message = "ids.youtube is there, and links.youtube is not"
        hint = f"add {watch_url(episode.youtube_id)}; `producer fix` does"
        yield episode.problem("L106", message, episode.where_value("ids", "youtube"), hint)


def video_disagrees(derived: Derived) -> Iterator[Problem]:
    """L103: `ids.youtube` and `links.youtube` name two videos, or the id is none."""
    episode = derived.episode
    ids = episode.data.get("ids")
    stored = str(ids.get("youtube") or "") if isinstance(ids, dict) else ""
    linked = video_id_of(episode.links.get("youtube", ""))
    place = episode.where_value("ids", "youtube")
    if stored and not is_video_id(stored):
        hint = "an id is 11 letters, digits, `-` and `_`: what follows `watch?v=`"
        yield episode.problem("L103", f"`{stored}` is no YouTube id", place, hint)
    elif stored and linked and stored != linked:
        message = f"ids.youtube is {stored}, and links.youtube leads to {linked}"
        hint = "chapters and clips link to the id; mend the wrong one"
        yield episode.problem("L103", message, place, hint)


def tracking(derived: Derived) -> Iterator[Problem]:
    """L104: links that carry who shared them."""
    episode = derived.episode
    for key, url in episode.links.items():
        try:
            parameters = [name for name, _ in parse_qsl(urlsplit(url).query)]
        except ValueError:
            continue  # L102
        found = [n for n in parameters if n.lower() in _TRACKING or n.startswith("utm_")]
        if found:
            yield episode.problem(
                "L104",
                f"the link `{key}` carries `{found[0]}`, which tells who shared it",
                episode.where_value("links", key),
                "delete the parameter; the link works without",
            )


def cut_off(derived: Derived) -> Iterator[Problem]:
    """L105: an id that stands in its own link, but begins there in the middle of a word."""
    episode = derived.episode
    ids = episode.data.get("ids")
    for key, value in ids.items() if isinstance(ids, dict) else ():
        stored = str(value or "")
        url = episode.links.get(str(key), "")
        at = url.find(stored) if "/" in stored else -1
        if at > 0 and url[at - 1] not in "/=":
            begin = max(url.rfind("/", 0, at), url.rfind("=", 0, at)) + 1
            yield episode.problem(
                "L105",
                f"the id `{key}` has lost its beginning: `{url[begin:at]}`",
                episode.where_value("ids", str(key)),
                f"compare it with links.{key}",
            )


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
