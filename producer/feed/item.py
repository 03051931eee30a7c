"""What the feed says of one episode, as plain data that a build can keep."""

import html
import uuid
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from producer.derive.derived import Derived
from producer.derive.soundbites import SOUNDBITE_MS
from producer.formats.transcript import TRANSCRIPT_MEDIA_TYPES
from producer.model.episode import Episode
from producer.model.person import Person
from producer.problems import Problem
from producer.text import strip_tags, truncate_bytes, truncate_chars

# Apple's lengths for titles and descriptions; Podcasting 2.0's for names.
TITLE_CHARS = 255
DESCRIPTION_BYTES = 4000
NAME_CHARS = 128
# Where a soundbite starts that is heard from the beginning: podcast-partytime, which several apps
# read feeds with, takes a start of 0 for one that is missing.
_FIRST_MS = 1
# `fix` mints the same guid that a feed built before it used: subscribers see no change.
_GUID_NAMESPACE = uuid.UUID("6a5f0d06-5a3c-5f0b-9d2e-2b7f6a1f6c11")


@dataclass(frozen=True, slots=True)
class PersonData:
    """A host or guest as `podcast:person` names them; addresses are empty where there is none."""

    name: str
    role: str
    url: str = ""
    image_url: str = ""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """The audio as listeners load it."""

    url: str
    length_bytes: int
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One item. Times are on the audio timeline; `published` is an ISO 8601 moment or empty."""

    slug: str
    title: str
    guid: str
    link: str
    published: str
    description: str
    notes_html: str
    season: int | None
    number: int | None
    image_url: str
    enclosure_url: str
    enclosure_length_bytes: int
    enclosure_type: str
    duration_ms: int
    chapters_url: str
    chapters: list[tuple[int, str]]
    transcripts: list[tuple[str, str]]
    persons: list[PersonData]
    kind: str = "full"
    is_explicit: bool = False
    language: str = ""
    season_name: str = ""
    soundbites: list[tuple[int, int, str]] = field(default_factory=list)
    alternates: list[Enclosure] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The item as plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "FeedItem":
        """The opposite of `as_json`; raises TypeError or KeyError for anything else."""
        rows: dict[str, Any] = {
            key: [tuple(row) for row in data[key]]
            for key in ("chapters", "transcripts", "soundbites")
        }
        rows["persons"] = [PersonData(**person) for person in data["persons"]]
        rows["alternates"] = [Enclosure(**enclosure) for enclosure in data["alternates"]]
        return cls(**{**data, **rows})


def guid_for(slug: str) -> str:
    """The guid of an episode that has none of its own yet, the same on every machine.

    Made of the slug alone: the show's title and address may change under the same episode.
    """
    return str(uuid.uuid5(_GUID_NAMESPACE, slug))


def identity_problems(episode: Episode) -> tuple[Problem, ...]:
    """What a feed needs to tell an episode from the others, and to put it in its place."""
    problems = []
    if episode.published is None:
        message = "the episode has no date: apps cannot sort it"
        place = episode.where("date") or episode.where("dateadded")
        hint = "add `dateadded: 2026-03-31`"
        problems.append(episode.problem("R102", message, place, hint))
    if not episode.guid:
        message = "the episode has no guid: renaming the file would make it a new one for everybody"
        hint = f"add `guid: {guid_for(episode.slug)}`, which the feed uses now; `producer fix` does"
        problems.append(episode.problem("R103", message, episode.where("guid"), hint))
    return tuple(problems)


def left_out(derived: Derived) -> Problem:
    """Why an episode without an enclosure is not in the feed: there is nothing to listen to."""
    episode = derived.episode
    if derived.timeline.length_ms is None:
        message = "no audio: the episode is left out of the feed"
        hint = f"put it into episodes/audio/{episode.slug}.mp3, or name it as `audio.file`"
    else:
        message = "the audio is not built: the episode is left out of the feed"
        hint = "build without --no-audio"
    return episode.problem("R101", message, episode.where("audio"), hint)


def feed_item(
    derived: Derived,
    enclosures: Sequence[Enclosure],
    notes_html: str,
    image_url: str,
    picture_url: Callable[[Person], str],
) -> FeedItem:
    """The item of an episode; `notes_html` are its safe show notes.

    The first enclosure is the one that every app plays. `picture_url` knows where pictures of
    people are published.
    """
    episode, show = derived.episode, derived.show
    enclosure, *alternates = enclosures
    is_explicit = show.explicit if episode.is_explicit is None else episode.is_explicit
    return FeedItem(
        slug=episode.slug,
        title=truncate_chars(episode.title, TITLE_CHARS),
        guid=episode.guid or guid_for(episode.slug),
        link=show.url(episode.slug, ""),
        published=episode.published.isoformat() if episode.published else "",
        description=_description(episode),
        notes_html=notes_html,
        season=episode.season,
        number=episode.number,
        image_url=image_url,
        enclosure_url=enclosure.url,
        enclosure_length_bytes=enclosure.length_bytes,
        enclosure_type=enclosure.media_type,
        duration_ms=derived.audio_duration_ms,
        chapters_url=show.url(episode.slug, "chapters.json") if derived.audio_chapters else "",
        chapters=[(chapter.start_ms, chapter.title) for chapter in derived.audio_chapters],
        transcripts=[
            (show.url(episode.slug, f"transcript.{ending}"), media_type)
            for ending, media_type in TRANSCRIPT_MEDIA_TYPES.items()
            if derived.audio_cues
        ],
        persons=persons(derived.hosts, "host", picture_url)
        + persons(derived.guests, "guest", picture_url),
        kind=episode.kind,
        is_explicit=is_explicit,
        language=show.language,
        season_name=show.feed.seasons.get(episode.season or 0, ""),
        soundbites=_soundbites(derived),
        alternates=alternates,
    )


def persons(
    people: Sequence[Person], role: str, picture_url: Callable[[Person], str]
) -> list[PersonData]:
    """People as the feed names them, their names within what apps take."""
    return [
        PersonData(truncate_chars(p.name, NAME_CHARS), role, p.url, picture_url(p)) for p in people
    ]


def _description(episode: Episode) -> str:
    """Plain text within what Apple takes, as XML counts its bytes."""
    text = strip_tags(episode.description or episode.intro) or episode.title
    # Escaping makes it longer: by how much, depends on where it is cut.
    limits = range(DESCRIPTION_BYTES, 0, -1)
    fitting = bisect_left(limits, True, key=lambda limit: _fits(truncate_bytes(text, limit)))
    return truncate_bytes(text, limits[fitting])


def _fits(text: str) -> bool:
    return len(html.escape(text, quote=False).encode()) <= DESCRIPTION_BYTES


def _soundbites(derived: Derived) -> list[tuple[int, int, str]]:
    """Those that are marked; without any, the chapters that are short enough to be one."""
    if derived.soundbites:
        found = (
            (derived.timeline.span(bite.start_ms, bite.end_ms), bite.name)
            for bite in derived.soundbites
        )
        spans = [(*span, name) for span, name in found if span]
    else:
        chapters = ((c.start_ms, c.end_ms, c.title) for c in derived.audio_chapters)
        spans = [c for c in chapters if SOUNDBITE_MS[0] <= c[1] - c[0] <= SOUNDBITE_MS[1]]
    return [
        (
            max(start_ms, _FIRST_MS),
            end_ms - max(start_ms, _FIRST_MS),
            truncate_chars(name, NAME_CHARS),
        )
        for start_ms, end_ms, name in spans
    ]
