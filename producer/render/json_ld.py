"""schema.org data of the pages: schema.org/PodcastEpisode, and Google's rules for videos and clips.

https://developers.google.com/search/docs/appearance/structured-data/video: a VideoObject needs
`name`, `thumbnailUrl` and `uploadDate`; a Clip `name`, `startOffset` and a `url`, which is the
video's own with the time in its query; no two clips of a video have one start.
"""

from typing import Any

from producer.derive.clips import quotable_clips
from producer.derive.derived import Derived
from producer.model.person import Person
from producer.model.show import Show
from producer.text import one_line, strip_tags
from producer.times import format_iso_duration
from producer.youtube_url import embed_url, thumbnail_url, watch_url

_CONTEXT = "https://schema.org"


def episode_json_ld(
    derived: Derived, *, audio: dict[str, Any] | None, page_url: str, image_url: str
) -> dict[str, Any]:
    """The episode with its series, its sound, its people and, where there is a video, its clips.

    `audio` is what `audio_json_ld` makes. Lengths that are estimated are left out.
    """
    episode, show = derived.episode, derived.show
    data: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "PodcastEpisode",
        "name": episode.title,
        "description": _description(derived),
        "url": page_url,
        "image": image_url,
        "inLanguage": show.language,
        "keywords": list(episode.topics),
    }
    if episode.published:
        data["datePublished"] = episode.published.isoformat()
    if episode.number is not None:
        data["episodeNumber"] = episode.number
    if episode.season is not None:
        data["partOfSeason"] = {"@type": "PodcastSeason", "seasonNumber": episode.season}
    if show.title:
        data["partOfSeries"] = _series(show)
    data["actor"] = [_person(person) for person in (*derived.hosts, *derived.guests)]
    if not derived.duration.is_estimate:
        data["duration"] = format_iso_duration(derived.audio_duration_ms)
    data["associatedMedia"] = audio
    if episode.youtube_id and episode.published:
        data["video"] = _video(derived, episode.youtube_id, episode.published.isoformat())
    return _held(data)


def audio_json_ld(derived: Derived, url: str, media_type: str, length_bytes: int) -> dict[str, Any]:
    """The sound of an episode, as it is offered."""
    data = {
        "@type": "AudioObject",
        "name": derived.episode.title,
        "contentUrl": url,
        "encodingFormat": media_type,
        "contentSize": str(length_bytes),
    }
    if not derived.duration.is_estimate:
        data["duration"] = format_iso_duration(derived.audio_duration_ms)
    return data


def show_json_ld(show: Show, image_url: str) -> dict[str, Any]:
    """The show, for the index page."""
    data = {
        "@context": _CONTEXT,
        **_series(show),
        "description": one_line(strip_tags(show.description)),
        "image": image_url,
        "inLanguage": show.language,
    }
    if show.author:
        data["author"] = {"@type": "Person", "name": show.author}
    return _held(data)


def _series(show: Show) -> dict[str, Any]:
    feed = show.url("feed.xml") if show.base_url else ""
    return _held(
        {
            "@type": "PodcastSeries",
            "name": show.title,
            "url": show.link or show.base_url,
            "webFeed": feed,
        }
    )


def _person(person: Person) -> dict[str, Any]:
    others = [link.url for link in person.links if link.url != person.url]
    return _held({"@type": "Person", "name": person.name, "url": person.url, "sameAs": others})


def _video(derived: Derived, video_id: str, published: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@type": "VideoObject",
        "name": derived.episode.title,
        "description": _description(derived),
        "thumbnailUrl": [thumbnail_url(video_id)],
        "uploadDate": published,
        "url": watch_url(video_id),
        "embedUrl": embed_url(video_id),
    }
    if not derived.duration.is_estimate:
        data["duration"] = format_iso_duration(derived.duration.ms)
    data["hasPart"] = [
        {
            "@type": "Clip",
            "name": clip["name"],
            "startOffset": clip["startOffset"],
            "endOffset": clip["endOffset"],
            "url": clip["url"],
        }
        for clip in quotable_clips(derived.clips, video_id)
    ]
    return _held(data)


def _description(derived: Derived) -> str:
    episode = derived.episode
    return one_line(strip_tags(episode.description or episode.intro))


def _held(data: dict[str, Any]) -> dict[str, Any]:
    """Without the keys that hold nothing."""
    return {key: value for key, value in data.items() if value not in (None, "", [])}
