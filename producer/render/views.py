"""What templates see of an episode: `docs/templates.md` lists it name by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from producer.derive.clips import quotable_clips
from producer.derive.derived import Derived, chapters_in_audio
from producer.derive.soundbites import Soundbite
from producer.markdown import links_in, plain_markdown
from producer.model.episode import Header, Line
from producer.model.person import Link
from producer.model.show import Show
from producer.text import strip_tags
from producer.youtube_url import watch_url

# The platforms that front matter links to, in the order that listeners look for them.
_PLATFORMS = {
    "apple": "Apple Podcasts",
    "spotify": "Spotify",
    "youtube": "YouTube",
    "overcast": "Overcast",
    "pocketcasts": "Pocket Casts",
    "castbox": "Castbox",
    "amazon": "Amazon Music",
    "deezer": "Deezer",
    "anchor": "Spotify for Creators",
    "rss": "RSS",
}


@dataclass(frozen=True, slots=True)
class ChapterView:
    """A chapter with its links. `audio_ms` is None where the audio does not have it."""

    title: str
    start_ms: int
    end_ms: int
    audio_ms: int | None
    url: str
    estimated: bool
    anchor: str


@dataclass(frozen=True, slots=True)
class SoundbiteView:
    """A soundbite with its link. `audio_ms` is None where the audio does not have it."""

    title: str
    quote: str
    start_ms: int
    end_ms: int
    audio_ms: int | None
    url: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the transcript; `speaker` is empty where it goes on from the one before."""

    speaker: str
    text: str
    start_ms: int | None
    audio_ms: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter of the transcript with what is said in it; the first may have no chapter."""

    chapter: ChapterView | None
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class AudioView:
    """The audio of the episode page."""

    file: str
    media_type: str
    length_bytes: int


def episode_context(derived: Derived, audio: AudioView | None, image: str) -> dict[str, Any]:
    """The names that every template of an episode may use."""
    episode, show = derived.episode, derived.show
    chapters = [_chapter_view(derived, number) for number in range(len(derived.chapters))]
    return {
        "show": show,
        "episode": episode,
        "data": dict(episode.data),
        "hosts": derived.hosts,
        "guests": derived.guests,
        "summary": plain_markdown(episode.intro or episode.description),
        "description": strip_tags(episode.description or episode.intro),
        "chapters": chapters,
        "duration_ms": derived.duration.ms,
        "audio_duration_ms": derived.audio_duration_ms,
        "duration_is_estimate": derived.duration.is_estimate,
        "listen_links": listen_links(episode.links),
        "body": plain_markdown(episode.body),
        "body_links": links_in(episode.body),
        "topics": episode.topics,
        "clips": quotable_clips(derived.clips, episode.youtube_id),
        "soundbites": [_soundbite_view(derived, bite) for bite in derived.soundbites],
        "transcript": _parts(derived, chapters),
        "audio": audio,
        "image": image,
        "video_url": watch_url(episode.youtube_id) if episode.youtube_id else "",
        "page_url": show.url(episode.slug, "") if show.base_url else "",
    }


def index_context(show: Show, episodes: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The names of the index page; each episode is what `index_entry` kept of it."""
    return {"show": show, "episodes": episodes}


def index_entry(derived: Derived, image: str) -> dict[str, Any]:
    """What the index page says of an episode, as plain data that a build can keep."""
    episode = derived.episode
    published = episode.published
    return {
        "slug": episode.slug,
        "title": episode.title,
        "description": strip_tags(episode.description or episode.intro),
        "season": episode.season,
        "number": episode.number,
        "date": published.date().isoformat() if published else "",
        "published": published.isoformat() if published else "",
        "guests": [guest.name for guest in derived.guests],
        "image": image,
        "duration_ms": derived.audio_duration_ms,
        "duration_is_estimate": derived.duration.is_estimate,
        "guid": episode.guid,
        "former_slugs": list(episode.former_slugs),
    }


def listen_links(links: Mapping[str, str]) -> tuple[Link, ...]:
    """The links of the front matter, known platforms first and under their names."""
    known = [Link(label=name, url=links[key]) for key, name in _PLATFORMS.items() if key in links]
    others = [Link(label=k.title(), url=url) for k, url in links.items() if k not in _PLATFORMS]
    return tuple(link for link in (*known, *others) if link.url.startswith(("http://", "https://")))


def _chapter_view(derived: Derived, number: int) -> ChapterView:
    chapter = derived.chapters[number]
    in_audio = chapters_in_audio((chapter,), derived.timeline)
    video_id = derived.episode.youtube_id
    return ChapterView(
        title=chapter.title,
        start_ms=chapter.start_ms,
        end_ms=chapter.end_ms,
        audio_ms=in_audio[0].start_ms if in_audio else None,
        url=watch_url(video_id, chapter.start_ms // 1000) if video_id else "",
        estimated=chapter.estimated,
        anchor=f"chapter-{number + 1}",
    )


def _soundbite_view(derived: Derived, bite: Soundbite) -> SoundbiteView:
    span = derived.timeline.span(bite.start_ms, bite.end_ms)
    video_id = derived.episode.youtube_id
    return SoundbiteView(
        title=bite.name,
        quote=bite.quote,
        start_ms=bite.start_ms,
        end_ms=bite.end_ms,
        audio_ms=span[0] if span else None,
        url=watch_url(video_id, bite.start_ms // 1000) if video_id else "",
    )


def _parts(derived: Derived, chapters: Sequence[ChapterView]) -> tuple[Part, ...]:
    """The transcript by chapters. Headers that were merged away begin no part of their own."""
    by_index = {c.index: view for c, view in zip(derived.chapters, chapters, strict=True)}
    starts = {line.index: turn.start_ms for turn in derived.turns for line in turn.lines[:1]}
    parts: list[tuple[ChapterView | None, list[Paragraph]]] = []
    speaker = ""
    for entry in derived.episode.transcript:
        if isinstance(entry, Header):
            if entry.index in by_index:
                parts.append((by_index[entry.index], []))
                speaker = ""
            continue
        if not parts:
            parts.append((None, []))
        parts[-1][1].append(_paragraph(derived, entry, starts.get(entry.index), speaker))
        speaker = entry.who
    return tuple(Part(chapter, tuple(paragraphs)) for chapter, paragraphs in parts)


def _paragraph(derived: Derived, line: Line, start_ms: int | None, speaker: str) -> Paragraph:
    shown = "" if line.who == speaker else line.who
    if start_ms is None:
        return Paragraph(shown, line.text, None, None)
    span = derived.timeline.span(start_ms, start_ms + 1)
    return Paragraph(shown, line.text, start_ms, span[0] if span else None)
