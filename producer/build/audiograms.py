"""The audiograms of an episode: which clips they are made of, and making them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from producer.build.clip_setup import ClipSetup
from producer.build.clip_spans import ClipSpans
from producer.build.load import AudioInput
from producer.derive.clips import Clip
from producer.derive.cues import Cue, audio_cues
from producer.derive.derived import Derived
from producer.derive.soundbites import Soundbite
from producer.derive.timeline import AudioTimeline
from producer.errors import AudioError, WorkspaceError
from producer.io.files import read_bytes, replacing
from producer.io.workspace import Workspace

if TYPE_CHECKING:
    from PIL.Image import Image

# What platforms take as short; and sound is held in memory.
_LONGEST_MS = 10 * 60_000
# Nobody reads more in a hint.
_MAX_NAMED = 8
_MAX_IMAGE_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class VideoClip:
    """A clip to make a video of: where it is cut on the audio timeline, and its captions."""

    name: str
    file_name: str
    span_ms: tuple[int, int]
    cues: tuple[Cue, ...]


def video_clips(
    derived: Derived, audio: AudioInput, setup: ClipSetup, names: Sequence[str]
) -> tuple[VideoClip, ...]:
    """The clips and soundbites of these names, or all soundbites without any; by their starts.

    A name is a title, or that of a file without its ending. Raises WorkspaceError for one that is
    not there or too long, AudioError for one that the audio does not hold, and where that cannot be
    decoded.
    """
    if names:
        chosen = [_named(derived, name) for name in dict.fromkeys(names)]
    else:
        chosen = list(derived.soundbites)
        if not chosen:
            raise WorkspaceError(
                f"{derived.episode.slug} marks no soundbites",
                hint="add `soundbites` to its front matter, or name a chapter with --clip",
            )
    spans = setup.spans(derived, audio)
    clips = {clip.file_name: _video_clip(derived, spans, clip) for clip in chosen}
    return tuple(sorted(clips.values(), key=lambda clip: clip.span_ms))


def write_videos(
    workspace: Workspace,
    derived: Derived,
    audio: AudioInput,
    setup: ClipSetup,
    clips: Sequence[VideoClip],
    shapes: Sequence[str],
    folder: Path,
    on_note: Callable[[str], None],
) -> Iterator[Path]:
    """Write the videos one after the other: the path of each. Raises AudioError and WriteError.

    `on_note` is told of what could not be shown as it should: a picture, a character.
    """
    from producer.audio.clips import cut_clips
    from producer.lettering.faces import Faces
    from producer.lettering.text import Typesetter
    from producer.lettering.words import missing, one_line
    from producer.video.audiogram import Audiogram, write_audiogram
    from producer.video.layout import LAYOUTS

    language = derived.show.language
    typesetter = Typesetter(Faces(language))
    cover = _cover(workspace, derived, on_note)
    show = " · ".join(filter(None, (derived.show.title, derived.episode.title)))
    texts = [show, *(clip.name for clip in clips)]
    texts += [text for clip in clips for cue in clip.cues for text in (cue.speaker, cue.text)]
    if boxes := missing(one_line("".join(texts)), language):
        note = f"no font has {boxes[:20]}: they are shown as boxes"
        on_note(f"{note}; pip install 'podcast-producer[cjk]' adds Chinese, Japanese and Korean")
    sounds = cut_clips(audio.path, [clip.span_ms for clip in clips])
    for clip, sound in zip(clips, sounds, strict=True):
        if not sound.raw_data:
            raise AudioError(f'clip "{clip.name}" has no sound', hint="is it the right audio?")
        polished = setup.polished(audio, sound)
        audiogram = Audiogram(title=clip.name, show=show, cues=clip.cues, cover=cover)
        for shape in shapes:
            target = folder / f"{clip.file_name}-{shape}.mp4"
            with replacing(target) as temporary:
                write_audiogram(temporary, audiogram, polished, LAYOUTS[shape], typesetter)
            yield target


def _named(derived: Derived, name: str) -> Clip | Soundbite:
    clips: tuple[Clip | Soundbite, ...] = (*derived.soundbites, *derived.clips)
    wanted = name.strip().casefold()
    for clip in clips:
        if wanted in {clip.name.casefold(), clip.file_name.casefold()}:
            return clip
    known = ", ".join(clip.file_name for clip in clips[:_MAX_NAMED])
    more = ", ..." if len(clips) > _MAX_NAMED else ""
    raise WorkspaceError(
        f"{derived.episode.slug} has no clip {name!r}",
        hint=f"there are {known}{more}" if clips else "headers in its transcript make clips",
    )


def _video_clip(derived: Derived, spans: ClipSpans, clip: Clip | Soundbite) -> VideoClip:
    if clip.file_name not in spans:
        raise AudioError(
            f'clip "{clip.name}" lies outside of the audio', hint="is `audio.offset` right?"
        )
    span = spans[clip.file_name].cut_ms
    length_ms = span[1] - span[0]
    if length_ms > _LONGEST_MS:
        raise WorkspaceError(
            f'clip "{clip.name}" lasts {length_ms // 60_000} minutes: '
            f"a video may last {_LONGEST_MS // 60_000}",
            hint="mark a part of it as a soundbite",
        )
    cues = audio_cues(derived.audio_cues, AudioTimeline(span[0], length_ms))
    return VideoClip(clip.name, clip.file_name, span, cues)


def _cover(
    workspace: Workspace, derived: Derived, on_note: Callable[[str], None]
) -> "Image | None":
    """The episode's own picture, else the show's; None where neither can be read."""
    from producer.video.cover import read_cover

    for image in (derived.episode.image, workspace.show.image):
        path = workspace.image_path(image)
        if path is None or not path.is_file():
            continue
        cover = read_cover(read_bytes(path, limit=_MAX_IMAGE_BYTES))
        if cover is not None:
            return cover
        on_note(f"{workspace.shown(path)} cannot be read as a picture: it is not shown")
    return None
