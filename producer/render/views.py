"""What templates see of an episode: `docs/templates.md` lists it name by name."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from producer.derive.clips import quotable_clips
from producer.derive.derived import Derived
from producer.derive.soundbites import Soundbite
from producer.markdown import plain_markdown
from producer.markdown_text import links_in
from producer.model.episode import Header
from producer.model.person import Link
from producer.model.show import Show
from producer.render.quotes import episode_quotes
from producer.text import strip_tags
from producer.times import format_seconds
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
    """A chapter with its links. `audio_ms` is None where the audio does not have it.

    `at` and `span` are what stands behind `#t=` in an address of the page, and `page_url` is that
    address: seconds on the audio timeline, after the W3C's Media Fragments, section 4.2.1.
    """

    title: str
    start_ms: int
    end_ms: int
    audio_ms: int | None
    url: str
    estimated: bool
    anchor: str
    at: str
    span: str
    page_url: str


@dataclass(frozen=True, slots=True)
class SoundbiteView:
    """A soundbite with its link. `audio_ms` is None where the audio does not have it."""

    title: str
    quote: str
    start_ms: int
    end_ms: int
    audio_ms: int | None
    url: str


class Paragraph(NamedTuple):
    """One line of the transcript; `speaker` is empty where it goes on from the one before.

    `at` is its start as `#t=` wants it, empty where it has no time in the audio; `anchor` is its id
    on the page, empty where an earlier line has the same. `url` is where its time leads from the
    page, `#t=` or the video, with `shown_ms` as what it reads; empty where it leads nowhere.
    """

    speaker: str
    text: str
    start_ms: int | None
    audio_ms: int | None
    at: str = ""
    anchor: str = ""
    url: str = ""
    shown_ms: int | None = None


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


@dataclass(frozen=True, slots=True)
class Card:
    """The picture that stands for the page where it is shared; sizes are 0 where unknown."""

    url: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class PageMedia:
    """Pictures of an episode's page: paths as the page names them, all of them our own.

    `pictures` are those of the guests by slug, empty for one without; `card` has an address.
    """

    picture: str = ""
    pictures: Mapping[str, str] = field(default_factory=dict)
    card: Card | None = None


def episode_context(derived: Derived, audio: AudioView | None, image: str) -> dict[str, Any]:
    """The names that every template of an episode may use."""
    episode, show = derived.episode, derived.show
    page_url = show.url(episode.slug, "") if show.base_url else ""
    chapters = [_chapter_view(derived, number, page_url) for number in range(len(derived.chapters))]
    return {
        "show": show,
        "episode": episode,
        "data": episode.data,
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
        "quotes": episode_quotes(episode.data),
        "clips": quotable_clips(derived.clips, episode.youtube_id),
        "soundbites": [_soundbite_view(derived, bite) for bite in derived.soundbites],
        "transcript": _parts(derived, chapters, with_audio=audio is not None),
        "audio": audio,
        "image": image,
        "video_url": watch_url(episode.youtube_id) if episode.youtube_id else "",
        "page_url": page_url,
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


def _chapter_view(derived: Derived, number: int, page_url: str) -> ChapterView:
    chapter = derived.chapters[number]
    heard = derived.timeline.span(chapter.start_ms, chapter.end_ms)
    at, span = "", ""
    if heard is not None:
        at = format_seconds(heard[0])
        span = f"{at},{format_seconds(heard[1])}"
    video_id = derived.episode.youtube_id
    return ChapterView(
        title=chapter.title,
        start_ms=chapter.start_ms,
        end_ms=chapter.end_ms,
        audio_ms=heard[0] if heard else None,
        url=watch_url(video_id, chapter.start_ms // 1000) if video_id else "",
        estimated=chapter.estimated,
        anchor=f"chapter-{number + 1}",
        at=at,
        span=span,
        page_url=f"{page_url}#t={at}" if page_url and at else "",
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


def _parts(
    derived: Derived, chapters: Sequence[ChapterView], *, with_audio: bool
) -> tuple[Part, ...]:
    """The transcript by chapters. Headers that were merged away begin no part of their own."""
    by_index = {c.index: view for c, view in zip(derived.chapters, chapters, strict=True)}
    starts = {line.index: turn.start_ms for turn in derived.turns for line in turn.lines[:1]}
    parts: list[tuple[ChapterView | None, list[Paragraph]]] = []
    taken: set[str] = set()
    speaker = ""
    for entry in derived.episode.transcript:
        if isinstance(entry, Header):
            if entry.index in by_index:
                parts.append((by_index[entry.index], []))
                speaker = ""
            continue
        if not parts:
            parts.append((None, []))
        shown = "" if entry.who == speaker else entry.who
        start_ms = starts.get(entry.index)
        paragraph = _paragraph(derived, shown, entry.text, start_ms, taken, with_audio=with_audio)
        parts[-1][1].append(paragraph)
        taken.add(paragraph.at)
        speaker = entry.who
    return tuple(Part(chapter, tuple(paragraphs)) for chapter, paragraphs in parts)


def _paragraph(
    derived: Derived,
    speaker: str,
    text: str,
    start_ms: int | None,
    taken: Set[str],
    *,
    with_audio: bool,
) -> Paragraph:
    if start_ms is None:
        return Paragraph(speaker, text, None, None)
    span = derived.timeline.span(start_ms, start_ms + 1)
    audio_ms = span[0] if span else None
    at = "" if audio_ms is None else format_seconds(audio_ms)
    anchor = f"t={at}" if at and at not in taken else ""
    url, shown_ms = f"#t={at}" if at else "", audio_ms
    if not with_audio:
        video_id, shown_ms = derived.episode.youtube_id, start_ms
        url = watch_url(video_id, start_ms // 1000) if video_id else url
    return Paragraph(speaker, text, start_ms, audio_ms, at, anchor, url, shown_ms)
