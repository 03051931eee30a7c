"""schema.org data of an episode page (schema.org/PodcastEpisode; Google's video clip rules)."""

from typing import Any

from producer.derive.clips import quotable_clips
from producer.derive.derived import Derived
from producer.model.person import Person
from producer.text import one_line, strip_tags
from producer.times import format_iso_duration
from producer.youtube_url import watch_url


def episode_json_ld(derived: Derived, audio_url: str, page_url: str) -> dict[str, Any]:
    """The episode with its audio, its people and, where there is a video, its clips."""
    episode, show = derived.episode, derived.show
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "PodcastEpisode",
        "name": episode.title,
        "description": one_line(strip_tags(episode.description or episode.intro)),
    }
    if page_url:
        data["url"] = page_url
    if episode.published:
        data["datePublished"] = episode.published.date().isoformat()
    if episode.number is not None:
        data["episodeNumber"] = episode.number
    if show.title:
        data["partOfSeries"] = {"@type": "PodcastSeries", "name": show.title, "url": show.link}
    if derived.hosts or derived.guests:
        data["actor"] = [_person(person) for person in (*derived.hosts, *derived.guests)]
    if audio_url:
        length = format_iso_duration(derived.audio_duration_ms)
        data["associatedMedia"] = {
            "@type": "AudioObject",
            "contentUrl": audio_url,
            "duration": length,
        }
        data["duration"] = length
    if episode.youtube_id:
        data["video"] = _video(derived, episode.youtube_id)
    return data


def _person(person: Person) -> dict[str, Any]:
    data: dict[str, Any] = {"@type": "Person", "name": person.name}
    return {**data, "url": person.url} if person.url else data


def _video(derived: Derived, video_id: str) -> dict[str, Any]:
    clips = [
        {
            "@type": "Clip",
            "name": clip["name"],
            "startOffset": clip["startOffset"],
            "endOffset": clip["endOffset"],
            "url": clip["url"],
        }
        for clip in quotable_clips(derived.clips, video_id)
    ]
    return {
        "@type": "VideoObject",
        "name": derived.episode.title,
        "embedUrl": f"https://www.youtube.com/embed/{video_id}",
        "url": watch_url(video_id),
        "hasPart": clips,
    }
