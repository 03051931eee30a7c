"""Everything that follows from one episode, and the problems met on the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from producer.captions.caption import Caption
from producer.derive.chapters import Chapter, Finding, derive_chapters
from producer.derive.clips import Clip, derive_clips
from producer.derive.cues import Cue, audio_cues, derive_cues
from producer.derive.duration import Duration, episode_duration
from producer.derive.soundbites import Soundbite, derive_soundbites
from producer.derive.timeline import AudioTimeline
from producer.derive.turns import Turn, turns_of
from producer.derive.youtube_chapters import youtube_chapters
from producer.model.episode import Episode
from producer.model.located import Located
from producer.model.person import Person
from producer.model.show import Show
from producer.problems import Problem
from producer.source.source import Span
from producer.times import format_clock


@dataclass(frozen=True, kw_only=True)
class Derived:
    """An episode with its chapters, clips and cues; all on the video timeline unless said."""

    show: Show
    episode: Episode
    hosts: tuple[Person, ...]
    guests: tuple[Person, ...]
    turns: tuple[Turn, ...]
    duration: Duration
    timeline: AudioTimeline
    chapters: tuple[Chapter, ...]
    youtube_chapters: tuple[Chapter, ...]
    clips: tuple[Clip, ...]
    soundbites: tuple[Soundbite, ...]
    problems: tuple[Problem, ...]

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """The captions that the lines make."""
        return derive_cues(self.turns, self.duration.ms)

    @cached_property
    def audio_chapters(self) -> tuple[Chapter, ...]:
        """The chapters as the audio has them."""
        return chapters_in_audio(self.chapters, self.timeline)

    @cached_property
    def audio_cues(self) -> tuple[Cue, ...]:
        """The cues as the audio has them."""
        return audio_cues(self.cues, self.timeline)

    @property
    def audio_duration_ms(self) -> int:
        """How long the audio is: its own length, or what the estimate leaves of it."""
        if self.timeline.length_ms is not None:
            return self.timeline.length_ms
        return max(self.duration.ms - self.timeline.offset_ms, 0)


def derive(
    episode: Episode,
    show: Show,
    people: Mapping[str, Person],
    audio_ms: int | None = None,
    captions: Sequence[Caption] = (),
) -> Derived:
    """Derive everything. `audio_ms` is the measured length of the episode's audio, if it has any.

    `captions` say when the words of quoted soundbites are heard; lines have times of their own.
    The problems are those of deriving; those of parsing came with the episode.
    """
    offset_ms = episode.audio.offset_ms
    turns = turns_of(episode.lines)
    duration = episode_duration(turns, offset_ms, audio_ms)
    chapters, chapter_findings = derive_chapters(episode.transcript, turns, duration)
    listed, youtube_findings = youtube_chapters(chapters, show.opening_title)
    clips = derive_clips(chapters)
    timeline = AudioTimeline(offset_ms, audio_ms)
    problems = [_problem(episode, f) for f in (*chapter_findings, *youtube_findings)]
    problems += _untimed(episode)
    problems += _audio_problems(episode, turns, clips, timeline)
    soundbites, bite_problems = derive_soundbites(episode, turns, duration, timeline, captions)
    guests, missing = _people(episode, people)
    return Derived(
        show=show,
        episode=episode,
        hosts=tuple(people.get(slug) or Person(slug=slug, name=slug) for slug in show.hosts),
        guests=guests,
        turns=turns,
        duration=duration,
        timeline=timeline,
        chapters=chapters,
        youtube_chapters=listed,
        clips=clips,
        soundbites=soundbites,
        problems=(*missing, *_no_video(episode), *problems, *bite_problems),
    )


def chapters_in_audio(chapters: Sequence[Chapter], timeline: AudioTimeline) -> tuple[Chapter, ...]:
    """The chapters on the audio timeline; what lies outside of the audio is left out."""
    moved = ((chapter, timeline.span(chapter.start_ms, chapter.end_ms)) for chapter in chapters)
    return tuple(replace(c, start_ms=span[0], end_ms=span[1]) for c, span in moved if span)


def _problem(episode: Episode, finding: Finding) -> Problem:
    return episode.problem(
        finding.code, finding.message, header_span(episode, finding.index), finding.hint
    )


def header_span(episode: Episode, index: int) -> Span | None:
    """The place of the header at `index` of the transcript; of the transcript for -1."""
    if index < 0:
        return episode.where("transcript")
    return episode.where("transcript", index, "header") or episode.where("transcript", index)


def _untimed(episode: Episode) -> list[Problem]:
    if not episode.lines or any(line.start_ms is not None for line in episode.lines):
        return []
    message = "no line of the transcript has a time: all times are estimated"
    hint = "give lines `sec`, or let captions give it to them"
    return [episode.problem("T105", message, episode.where("transcript"), hint)]


def _audio_problems(
    episode: Episode, turns: Sequence[Turn], clips: Sequence[Clip], timeline: AudioTimeline
) -> list[Problem]:
    if timeline.length_ms is None:
        return []
    end_ms = timeline.offset_ms + timeline.length_ms
    hint = "is it the right file, and `audio.offset` right?"
    ends = f"the end of the audio ({format_clock(max(end_ms, 0))})"
    outside = [clip for clip in clips if clip.start_ms >= end_ms]
    if not outside and turns and end_ms <= turns[-1].start_ms:
        message = f"the last line starts at {format_clock(turns[-1].start_ms)}, after {ends}"
        place = episode.where("audio", "offset") or episode.where("transcript")
        return [episode.problem("A104", message, place, hint)]
    return [
        episode.problem(
            "A103",
            f'clip "{clip.name}" starts at {format_clock(clip.start_ms)}, after {ends}: '
            "it is not cut",
            header_span(episode, clip.index),
            hint,
        )
        for clip in outside
    ]


def _people(
    episode: Episode, people: Mapping[str, Person]
) -> tuple[tuple[Person, ...], list[Problem]]:
    guests = tuple(people.get(slug) or Person(slug=slug, name=slug) for slug in episode.guests)
    return guests, missing_people(episode, "guests", episode.guests, people)


def missing_people(
    record: Located, key: str, slugs: Sequence[str], people: Mapping[str, Person]
) -> list[Problem]:
    """A problem for each person that a file names under `key` and that has no file."""
    return [
        record.problem(
            "P201",
            f'{key.removesuffix("s")} "{slug}" has no file in people/',
            record.where(key, position) or record.where(key),
            f"add people/{slug}.md with their name as `title`",
        )
        for position, slug in enumerate(slugs)
        if slug not in people
    ]


def _no_video(episode: Episode) -> list[Problem]:
    if episode.youtube_id or not episode.transcript:
        return []
    message = "no YouTube id: clips and chapters have no links to the second"
    hint = "add `ids: {youtube: ...}` once the video is up"
    return [episode.problem("L101", message, episode.where("ids"), hint)]
