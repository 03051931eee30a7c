"""Reading one episode with all that belongs to it: people, pictures, sound."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from producer.audio.formats import SUFFIXES
from producer.build.media_files import MediaFiles
from producer.captions.caption import Caption
from producer.captions.read import find_captions, read_captions
from producer.check.silence import Silencing, audible, comment_silencings, show_silencings
from producer.derive.derived import Derived, derive
from producer.errors import AudioError, ProducerError
from producer.feed.item import identity_problems
from producer.io.workspace import Workspace
from producer.model.episode import Episode
from producer.model.person import Person
from producer.problems import Problem


@dataclass(frozen=True, slots=True)
class AudioInput:
    """An episode's sound file, by its content."""

    path: Path
    digest: str


@dataclass(frozen=True)
class LoadedEpisode:
    """An episode derived with what is known of its audio.

    `problems` are all that loading met; `silencings` those that hold for this episode; `alternates`
    the same recording as other files; `people` the slugs of all that were asked for.
    """

    derived: Derived | None
    problems: tuple[Problem, ...]
    audio: AudioInput | None = None
    alternates: tuple[AudioInput, ...] = ()
    silencings: tuple[Silencing, ...] = ()
    people: frozenset[str] = frozenset()

    def shown(self, more: Iterable[Problem] = ()) -> tuple[Problem, ...]:
        """The problems to show, with those met since, as a reader going down the file does."""
        return audible(in_file_order((*self.problems, *more)), self.silencings)


def load_episode(workspace: Workspace, slug: str, path: Path, media: MediaFiles) -> LoadedEpisode:
    """Read, parse and derive one episode, measuring its audio if there is any."""
    return load_with_audio(workspace, slug, path, media, None)


def load_with_audio(
    workspace: Workspace, slug: str, path: Path, media: MediaFiles, audio_path: Path | None
) -> LoadedEpisode:
    """The same with `audio_path` in the place of the episode's own audio, if it is not None.

    Such a file must be there: raises AudioError where it is not, or cannot be decoded.
    """
    episode, problems = workspace.read_episode(slug, path)
    if episode is None:
        return LoadedEpisode(None, problems)
    if audio_path is not None:
        duration_ms: int | None = media.duration_ms(audio_path)
        audio: AudioInput | None = AudioInput(audio_path, media.digest(audio_path) or "")
        audio_problems: tuple[Problem, ...] = ()
    else:
        audio, duration_ms, audio_problems = _measure(workspace, episode, media)
    captions = captions_of_quotes(workspace, episode)
    people = _Asked(workspace.people)
    derived = derive(episode, workspace.show, people, duration_ms, captions)
    found = (*problems, *derived.problems, *audio_problems, *_image_problem(workspace, episode))
    if workspace.show.has_feed:
        found = (*found, *identity_problems(episode))
    silencings = show_silencings(workspace.show)
    if episode.document is not None:
        silencings = (*comment_silencings(episode.document), *silencings)
    alternates: tuple[AudioInput, ...] = ()
    if audio is not None and audio_path is None:
        alternates = _alternates(workspace, episode, audio, media)
    asked = frozenset(people.asked)
    return LoadedEpisode(derived, in_file_order(found), audio, alternates, silencings, asked)


class _Asked(Mapping[str, Person]):
    """The people, remembering who was asked for: an episode is made from those and no others."""

    def __init__(self, people: Mapping[str, Person]) -> None:
        self._people = people
        self.asked: set[str] = set()

    def __getitem__(self, slug: str) -> Person:
        self.asked.add(slug)
        return self._people[slug]

    def __iter__(self) -> Iterator[str]:
        self.asked |= self._people.keys()
        return iter(self._people)

    def __len__(self) -> int:
        self.asked |= self._people.keys()
        return len(self._people)


def _alternates(
    workspace: Workspace, episode: Episode, audio: AudioInput, media: MediaFiles
) -> tuple[AudioInput, ...]:
    """The same recording in other files of the episode's name."""
    others = (path for path in workspace.audio_paths(episode) if path != audio.path)
    return tuple(AudioInput(p, digest) for p in others if (digest := media.digest(p)))


def captions_of_quotes(workspace: Workspace, episode: Episode) -> tuple[Caption, ...]:
    """The captions, for an episode that quotes its transcript; none that cannot be read.

    `check` says so then (T116).
    """
    if not any(mark.quote for mark in episode.soundbites):
        return ()
    path = find_captions(workspace.caption_folders, episode.slug)
    try:
        return read_captions(path) if path is not None else ()
    except ProducerError:
        return ()


def in_file_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems as a reader going down the file meets them."""
    return tuple(sorted(problems, key=lambda p: (p.path, p.line, p.column, p.code)))


def _measure(
    workspace: Workspace, episode: Episode, media: MediaFiles
) -> tuple[AudioInput | None, int | None, tuple[Problem, ...]]:
    path = workspace.audio_path(episode)
    if path is None:
        return None, None, ()
    place = episode.where_value("audio", "file")
    if not path.is_file():
        message = f"the audio file {workspace.shown(path)} is not there"
        hint = "files are looked for in episodes/audio/, then from the top of the workspace"
        return None, None, (episode.problem("A101", message, place, hint),)
    if path.suffix.lower() not in SUFFIXES:
        message = f"{workspace.shown(path)} is not a kind of sound file that is known"
        hint = f"known are {', '.join(SUFFIXES)}"
        return None, None, (episode.problem("A102", message, place, hint),)
    try:
        duration_ms = media.duration_ms(path)
    except AudioError as error:
        message = error.message.replace(str(path), workspace.shown(path))
        return None, None, (episode.problem("A102", message, place, error.hint or ""),)
    digest = media.digest(path)
    if digest is None:
        message = f"the audio file {workspace.shown(path)} cannot be read"
        return None, None, (episode.problem("A102", message, place),)
    return AudioInput(path, digest), duration_ms, ()


def _image_problem(workspace: Workspace, episode: Episode) -> tuple[Problem, ...]:
    path = workspace.image_path(episode.image)
    if path is None or path.is_file():
        return ()
    message = f"the image {episode.image} is not there"
    hint = "it is left out of the page and the feed; paths count from the top of the workspace"
    return (episode.problem("A105", message, episode.where_value("image"), hint),)
