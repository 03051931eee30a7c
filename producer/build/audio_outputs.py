"""The sound outputs of one episode: the cut clips, and the audio with tags and chapters inside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from producer.audio.tags import Artwork, ChapterMark, Tags
from producer.build.clip_setup import ClipSetup
from producer.build.clip_spans import ClipSpans
from producer.build.fingerprint import digest, digest_of
from producer.build.load import AudioInput
from producer.build.output import Output
from producer.build.tool import tool_digest
from producer.derive.clips import Clip
from producer.derive.derived import Derived
from producer.derive.soundbites import Soundbite
from producer.io.files import link_or_copy
from producer.youtube_url import watch_url

if TYPE_CHECKING:
    from producer.audio.copy import CopiedClip

# Characters of a digest in the name of published audio: enough to tell an episode's versions apart.
PART = 8


@dataclass(frozen=True, slots=True)
class ClipCut:
    """A clip to cut: its span on the audio timeline, the file to write and what goes into it."""

    output_path: str
    key: str
    span_ms: tuple[int, int]
    tags: Tags


def clip_cuts(
    derived: Derived,
    audio: AudioInput,
    artwork: Artwork | None,
    spans: ClipSpans,
    setup_key: Sequence[object] = (),
) -> tuple[ClipCut, ...]:
    """The clips and soundbites that have a span, by their starts; others are left out.

    `setup_key` is what else they are made from.
    """
    cuts = []
    for clip, number, total in _numbered(derived):
        if clip.file_name not in spans:
            continue
        span = spans[clip.file_name].cut_ms
        tags = clip_tags(derived, clip, number, total, artwork)
        key = digest_of(
            [
                tool_digest("audio"),
                audio.digest,
                span,
                list(setup_key),
                _tag_values(tags),
            ]
        )
        path = f"{derived.episode.slug}/clips/{clip.file_name}.mp3"
        cuts.append(ClipCut(path, key, span, tags))
    return tuple(sorted(cuts, key=lambda cut: cut.span_ms))


def _numbered(derived: Derived) -> list[tuple[Clip | Soundbite, int, int]]:
    """What is cut, each with its number among how many of its kind."""
    kinds: tuple[Sequence[Clip | Soundbite], ...] = (derived.clips, derived.soundbites)
    return [(each, n, len(kind)) for kind in kinds for n, each in enumerate(kind, start=1)]


def cut_data(
    audio: AudioInput, cuts: Sequence[ClipCut], setup: ClipSetup
) -> Iterator[tuple[ClipCut, bytes]]:
    """Cut and polish clips: each as the bytes of a tagged MP3."""
    from producer.audio.tags import tag_mp3

    made = setup.cut(audio, [cut.span_ms for cut in cuts])
    for cut, data in zip(cuts, made, strict=True):
        if data:
            yield cut, tag_mp3(data, cut.tags)


def copied_clips(audio: Path, cuts: Sequence[ClipCut]) -> Iterator[tuple[ClipCut, "CopiedClip"]]:
    """Cut clips without encoding them again; those that hold no sound are left out."""
    from producer.audio.copy import copy_clips

    copies = copy_clips(audio, [cut.span_ms for cut in cuts])
    for cut, copied in zip(cuts, copies, strict=True):
        if copied.parts:
            yield cut, copied


def clip_tags(
    derived: Derived, clip: Clip | Soundbite, number: int, total: int, artwork: Artwork | None
) -> Tags:
    """Title, artist, album and track of a clip, as a player shows them."""
    episode, show = derived.episode, derived.show
    url = show.url(episode.slug, "") if show.base_url else ""
    if episode.youtube_id:
        url = watch_url(episode.youtube_id, clip.start_ms // 1000)
    return Tags(
        title=clip.name,
        artist=_artist(derived),
        album=episode.title,
        track=number,
        track_total=total,
        season=episode.season,
        date=episode.published.date().isoformat() if episode.published else "",
        url=url,
        artwork=artwork,
    )


def tagged_audio(derived: Derived, audio: AudioInput, artwork: Artwork | None) -> Output:
    """The whole audio with tags and chapters, not encoded again."""
    episode, show = derived.episode, derived.show
    tags = Tags(
        title=episode.title,
        artist=_artist(derived),
        album=show.title,
        track=episode.number,
        season=episode.season,
        date=episode.published.date().isoformat() if episode.published else "",
        url=show.url(episode.slug, "") if show.base_url else "",
        artwork=artwork,
    )
    marks = tuple(
        ChapterMark(start_ms=c.start_ms, end_ms=c.end_ms, title=c.title)
        for c in derived.audio_chapters
    )
    key = digest_of(
        [
            tool_digest("audio"),
            audio.digest,
            _tag_values(tags),
            [(mark.start_ms, mark.end_ms, mark.title) for mark in marks],
        ]
    )

    def make(target: Path) -> None:
        from producer.audio.tags import write_tagged

        write_tagged(audio.path, target, tags, marks)

    return Output(
        path=tagged_path(episode.slug, audio.path),
        key=key,
        make=make,
        is_measured=True,
        about_bytes=_about_bytes(audio.path),
    )


def published_audio(
    slug: str, audio: AudioInput, tagged: Output, content: str, out: Path
) -> Output:
    """The tagged audio under the name that feed and page use, as a second link to the same file.

    `content` is the digest of the tagged file.

    A part of the name is made from the recording: one that is replaced gets another address, so
    that no app goes on in the middle of the wrong one, and an unchanged one keeps its address.
    """
    path = f"{slug}/{slug}-{audio.digest[:PART]}{audio.path.suffix.lower()}"

    def make(target: Path) -> None:
        link_or_copy(out / tagged.path, target)

    return Output(path=path, key=tagged.key, make=make, content=content)


def is_published_path(path: str, slug: str, audio: Path) -> bool:
    """Whether a path in the output folder is one that `published_audio` gives this file."""
    name = path.removeprefix(f"{slug}/{slug}-").removesuffix(audio.suffix.lower())
    return len(name) == PART and all(character in "0123456789abcdef" for character in name)


def tagged_path(slug: str, audio: Path) -> str:
    """`<slug>/<slug>.<ext>`, in the output folder."""
    return f"{slug}/{slug}{audio.suffix.lower()}"


def _about_bytes(path: Path) -> int:
    """The size of a file with its tags, near enough; the file may have gone."""
    try:
        return path.stat().st_size
    except OSError:
        return 1


def _artist(derived: Derived) -> str:
    return derived.show.author or derived.show.title


def _tag_values(tags: Tags) -> list[object]:
    artwork = digest(tags.artwork.data) if tags.artwork else ""
    return [
        tags.title,
        tags.artist,
        tags.album,
        tags.track,
        tags.track_total,
        tags.season,
        tags.date,
        tags.url,
        artwork,
    ]
