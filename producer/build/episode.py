"""Building one episode: from its file to its outputs. The same result in any process."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from producer.audio.formats import SUFFIXES, media_type
from producer.audio.tags import Artwork
from producer.build.audio_outputs import (
    clip_cuts,
    cut_data,
    is_published_path,
    published_audio,
    tagged_audio,
)
from producer.build.clip_setup import ClipSetup, clip_setup, jingle_files
from producer.build.clip_spans import ClipSpans
from producer.build.fingerprint import digest_of
from producer.build.images import artwork_of, image_reference
from producer.build.load import AudioInput, LoadedEpisode, load_episode
from producer.build.manifest import EpisodeRecord, OutputRecord
from producer.build.media_files import MediaFiles
from producer.build.output import Output
from producer.build.page_media import page_media
from producer.build.sources import Sources
from producer.build.text_outputs import NOTES_HTML, text_outputs
from producer.build.writer import BuildSettings, Writer
from producer.captions.read import CAPTION_SUFFIXES
from producer.derive.derived import Derived
from producer.errors import AudioError
from producer.feed.item import Enclosure, feed_item, left_out
from producer.io.workspace import Workspace
from producer.model.person import Person
from producer.problems import Problem
from producer.render.environment import Templates
from producer.render.views import AudioView, episode_context, index_entry


@dataclass(slots=True)
class EpisodeBuild:
    """The result: what the next build must know, and what was written (or would be), with reasons.

    `parts` are what index and feed say of the episode; None for what they said before.
    """

    slug: str
    record: EpisodeRecord
    written: dict[str, str]
    parts: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class _Sound:
    """What the build has of an episode's sound."""

    view: AudioView | None = None
    enclosures: tuple[Enclosure, ...] = ()
    with_clips: bool = False
    problems: tuple[Problem, ...] = ()
    spans: ClipSpans | None = None


def build_episode(
    workspace: Workspace,
    templates: Templates,
    settings: BuildSettings,
    slug: str,
    path: Path,
    previous: EpisodeRecord,
    why: Sequence[str],
    media: MediaFiles,
) -> EpisodeBuild:
    """Build what changed of one episode. Raises ProducerError where it cannot be written.

    `why` is what changed of its inputs. One that cannot be read keeps the outputs and the place in
    the feed that it had.
    """
    sources = Sources(workspace.root, media)
    for name in (sources.name(path), *previous.inputs):
        sources.digest(name)  # as they are before anything is made of them
    loaded = load_episode(workspace, slug, path, media)
    writer = Writer(settings, previous.outputs, why)
    parts: dict[str, Any] | None = None
    met: tuple[Problem, ...] = ()
    if loaded.derived is None:
        record = EpisodeRecord(
            outputs=dict(previous.outputs),
            entry_key=previous.entry_key,
            item_key=previous.item_key,
        )
    else:
        parts, met = _build_derived(workspace, templates, loaded.derived, loaded, writer)
        record = EpisodeRecord(
            outputs=writer.records,
            entry_key=digest_of(parts["entry"]),
            item_key=digest_of(parts["item"]) if parts["item"] else "",
        )
    record.with_audio = settings.with_audio
    files = _files(workspace, slug, path, loaded)
    record.inputs = {name: sources.digest(name) for name in map(sources.name, files)}
    record.problems = [problem.as_json() for problem in loaded.shown(met)]
    return EpisodeBuild(slug, record, writer.written, parts)


def _build_derived(
    workspace: Workspace,
    templates: Templates,
    derived: Derived,
    loaded: LoadedEpisode,
    writer: Writer,
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    image_file, image_url = image_reference(workspace, derived.episode.image)
    sound = _Sound()
    settings = writer.settings
    setup = clip_setup(workspace, settings.out, may_write=not settings.dry_run)
    if loaded.audio is not None and writer.settings.with_audio:
        artwork = artwork_of(workspace, derived.episode, workspace.show)
        sound = _build_sound(derived, loaded, artwork, setup, writer)
    elif loaded.audio is not None:
        sound = _kept_sound(derived, loaded, setup, writer)
    page_image = f"../{quote(image_file)}" if image_file else image_url
    context = episode_context(derived, sound.view, page_image)
    media, card = page_media(workspace, derived)
    if card is not None:
        writer.write(card)
    texts, problems = text_outputs(
        derived, context, templates, with_clips=sound.with_clips, media=media, spans=sound.spans
    )
    for name, text in texts.items():
        writer.write(Output.of_text(f"{derived.episode.slug}/{name}", text))
    problems = (*sound.problems, *problems)
    item: dict[str, Any] | None = None
    if workspace.show.has_feed and sound.enclosures:

        def picture_url(person: Person) -> str:
            return image_reference(workspace, person.picture)[1]

        notes = texts[NOTES_HTML]
        item = feed_item(derived, sound.enclosures, notes, image_url, picture_url).as_json()
    elif workspace.show.has_feed:
        problems = (*problems, left_out(derived))
    entry = index_entry(derived, image_file or image_url)
    return {"entry": entry, "item": item}, problems


def _build_sound(
    derived: Derived,
    loaded: LoadedEpisode,
    artwork: Artwork | None,
    setup: ClipSetup,
    writer: Writer,
) -> _Sound:
    """The tagged audio and the clips, as far as they are due."""
    assert loaded.audio is not None
    files: list[tuple[str, int]] = []
    problems: list[Problem] = []
    spans: ClipSpans | None = None
    for audio in (loaded.audio, *loaded.alternates):
        try:
            output = tagged_audio(derived, audio, artwork)
            size = writer.write(output)
            content = writer.records[output.path].content
            slug, out = derived.episode.slug, writer.settings.out
            published = published_audio(slug, audio, output, content, out)
            writer.write(published)
            if audio is loaded.audio:
                spans = setup.spans(derived, audio)
                _write_clips(derived, audio, artwork, spans, setup, writer)
            files.append((published.path, size))
        except AudioError as error:
            # Sound that measured well and still cannot be copied or cut: the texts go on without.
            place = derived.episode.where_value("audio", "file")
            message = error.message.replace(str(audio.path), audio.path.name)
            problems.append(derived.episode.problem("A102", message, place, error.hint or ""))
            if audio is loaded.audio:
                break
    return _sound_at(derived, files, with_clips=bool(files), problems=tuple(problems), spans=spans)


def _kept_sound(
    derived: Derived, loaded: LoadedEpisode, setup: ClipSetup, writer: Writer
) -> _Sound:
    """What an earlier build made, for one that was told to leave the sound alone."""
    slug = derived.episode.slug
    kept = writer.keep(SUFFIXES)
    with_clips = any(name.startswith(f"{slug}/clips/") for name in kept)
    files = [
        (path, kept[path].size)
        for audio in (loaded.audio, *loaded.alternates)
        if audio is not None
        for path in sorted(kept)
        if is_published_path(path, slug, audio.path)
    ]
    spans: ClipSpans | None = None
    if with_clips and loaded.audio is not None:
        with contextlib.suppress(AudioError):
            spans = setup.spans(derived, loaded.audio)
    return _sound_at(derived, files, with_clips=with_clips, spans=spans)


def _sound_at(
    derived: Derived,
    files: Sequence[tuple[str, int]],
    *,
    with_clips: bool,
    problems: tuple[Problem, ...] = (),
    spans: ClipSpans | None = None,
) -> _Sound:
    """Files are paths in the output folder with their sizes, the one that everybody plays first."""
    if not files:
        return _Sound(with_clips=with_clips, problems=problems, spans=spans)
    enclosures: list[Enclosure] = []
    for path, size in files:
        slug, name = path.split("/", 1)
        url = derived.show.url(slug, name)
        if not enclosures:
            url = derived.episode.audio.url or url
        enclosures.append(Enclosure(url, size, media_type(Path(name))))
    name = files[0][0].split("/", 1)[1]
    view = AudioView(name, enclosures[0].media_type, enclosures[0].length_bytes)
    return _Sound(view, tuple(enclosures), with_clips, problems, spans)


def _write_clips(
    derived: Derived,
    audio: AudioInput,
    artwork: Artwork | None,
    spans: ClipSpans,
    setup: ClipSetup,
    writer: Writer,
) -> None:
    """Cut the clips whose boundaries, sound or tags changed."""
    due = []
    for cut in clip_cuts(derived, audio, artwork, spans, setup.key):
        record = writer.current(cut.output_path, cut.key)
        if record is None:
            due.append(cut)
        else:
            writer.records[cut.output_path] = record
    if writer.settings.dry_run:
        for cut in due:
            writer.note(cut.output_path, OutputRecord(0, cut.key))
    elif due:
        for cut, data in cut_data(audio, due, setup):
            writer.write_bytes(cut.output_path, cut.key, data)


def _files(workspace: Workspace, slug: str, path: Path, loaded: LoadedEpisode) -> list[Path]:
    """Every file that this build looked at, there or not."""
    paths = [path]
    folder = workspace.episodes_folder / "audio"
    named = loaded.derived.episode.audio.file if loaded.derived else ""
    if named:
        paths += [folder / named, workspace.root / named]
    else:
        paths += [folder / f"{slug}{suffix}" for suffix in SUFFIXES]
    if loaded.derived and any(mark.quote for mark in loaded.derived.episode.soundbites):
        folders = workspace.caption_folders
        paths += [folder / f"{slug}{suffix}" for folder in folders for suffix in CAPTION_SUFFIXES]
    paths += [workspace.root / "people" / f"{person}.md" for person in sorted(loaded.people)]
    paths += jingle_files(workspace)
    images = [workspace.show.image]
    if loaded.derived:
        images.append(loaded.derived.episode.image)
        people = (*loaded.derived.hosts, *loaded.derived.guests)
        images += (person.picture for person in people)
    paths += [image for image in map(workspace.image_path, images) if image]
    return paths
