"""What the feed says of one episode, as plain data that a build can keep."""

import uuid
from dataclasses import asdict, dataclass
from typing import Any

from producer.derive.derived import Derived
from producer.formats.transcript import TRANSCRIPT_MEDIA_TYPES
from producer.model.episode import Episode
from producer.model.person import Person
from producer.problems import Problem
from producer.text import strip_tags

# `fix` mints the same guid that a feed built before it used: subscribers see no change.
_GUID_NAMESPACE = uuid.UUID("6a5f0d06-5a3c-5f0b-9d2e-2b7f6a1f6c11")


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
    persons: list[tuple[str, str, str]]

    def as_json(self) -> dict[str, Any]:
        """The item as plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "FeedItem":
        """The opposite of `as_json`; raises TypeError or KeyError for anything else."""
        rows = {
            key: [tuple(row) for row in data[key]] for key in ("chapters", "transcripts", "persons")
        }
        return cls(**{**data, **rows})


@dataclass(frozen=True, slots=True)
class Enclosure:
    """The audio as listeners load it."""

    url: str
    length_bytes: int
    media_type: str


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


def feed_item(derived: Derived, enclosure: Enclosure, notes_html: str, image_url: str) -> FeedItem:
    """The item of an episode; `notes_html` are its safe show notes."""
    episode, show = derived.episode, derived.show
    return FeedItem(
        slug=episode.slug,
        title=episode.title,
        guid=episode.guid or guid_for(episode.slug),
        link=show.url(episode.slug, ""),
        published=episode.published.isoformat() if episode.published else "",
        description=strip_tags(episode.description or episode.intro) or episode.title,
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
        persons=[_person(p, "host") for p in derived.hosts]
        + [_person(p, "guest") for p in derived.guests],
    )


def _person(person: Person, role: str) -> tuple[str, str, str]:
    return person.name, role, person.url
