"""What the clips of an episode are made with, beside the recording: settings, jingles, analyses."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from producer.build.clip_spans import ClipSpans, asked_spans, moved_spans
from producer.build.fingerprint import digest_file
from producer.build.load import AudioInput
from producer.build.manifest import FOLDER
from producer.derive.derived import Derived
from producer.errors import AudioError
from producer.io.workspace import Workspace
from producer.model.clip_settings import ClipSettings
from producer.model.show import Show
from producer.problems import Problem

if TYPE_CHECKING:
    from producer.audio.analysis import Analysis
    from producer.audio.polish import Polish
    from producer.audio.segment import AudioSegment

JINGLES = ("intro", "outro")


@dataclass(frozen=True)
class ClipSetup:
    """How clips are polished. `intro` and `outro` are files, or None.

    Analyses of recordings are kept in the output folder `out`, unless it may not be written to.
    """

    settings: ClipSettings
    bitrate_kbps: int
    out: Path
    intro: Path | None = None
    outro: Path | None = None
    may_write: bool = True

    @property
    def key(self) -> list[object]:
        """What a clip is made from beside its recording, its span and its tags."""
        digests = [_digest(path) for path in (self.intro, self.outro)]
        return [*astuple(self.settings), self.bitrate_kbps, *digests]

    @property
    def needs_analysis(self) -> bool:
        """Whether recordings are looked into as a whole before anything is cut out of them."""
        return bool(self.settings.window_ms) or self._matches_episode

    @property
    def _matches_episode(self) -> bool:
        return self.settings.loudness_lufs is not None and self.settings.match == "episode"

    @property
    def analyses(self) -> Path | None:
        """Where their analyses are kept, if they are looked into and that may be noted."""
        return self.out / FOLDER if self.needs_analysis and self.may_write else None

    def spans(self, derived: Derived, audio: AudioInput) -> ClipSpans:
        """Where the clips are cut. Raises AudioError where the recording cannot be decoded."""
        if not self.settings.window_ms:
            return asked_spans(derived)
        from producer.audio.pauses import PauseRules

        rules = PauseRules(self.settings.window_ms, self.settings.starts_earlier)
        return moved_spans(derived, self._analysis(audio), rules)

    def cut(self, audio: AudioInput, spans_ms: Sequence[tuple[int, int]]) -> Iterator[bytes]:
        """The clips as MP3 files without tags, no bytes for one without sound.

        Raises AudioError where the recording cannot be decoded.
        """
        from producer.audio.polish import polish_clips

        polish = replace(self._polish(audio), intro=_jingle(self.intro), outro=_jingle(self.outro))
        return polish_clips(audio.path, spans_ms, polish)

    def polished(self, audio: AudioInput, segment: "AudioSegment") -> "AudioSegment":
        """A part of the recording at the level of the clips, with their ends, without jingles.

        Raises AudioError where the recording cannot be decoded.
        """
        from producer.audio.polish import polish_segment

        return polish_segment(segment, self._polish(audio))

    def _polish(self, audio: AudioInput) -> "Polish":
        """How sound of this recording is polished, before jingles."""
        from producer.audio.polish import Polish

        settings = self.settings
        episode_lufs = None
        if self._matches_episode:
            analysis = self._analysis(audio)
            channels = settings.channels or analysis.channels
            episode_lufs = analysis.loudness_lufs
            if channels == 1:
                episode_lufs = analysis.mono_loudness_lufs
            elif analysis.channels == 1 and episode_lufs is not None:
                episode_lufs += 3.01  # the same sound from both sides
        return Polish(
            loudness_lufs=settings.loudness_lufs,
            episode_lufs=episode_lufs,
            true_peak_dbtp=settings.true_peak_dbtp,
            fade_ms=settings.fade_ms,
            channels=settings.channels,
            bitrate_kbps=self.bitrate_kbps,
            crossfade_ms=settings.crossfade_ms,
        )

    def _analysis(self, audio: AudioInput) -> "Analysis":
        from producer.audio.analysis_cache import cached_analysis

        return cached_analysis(
            audio.path, audio.digest, self.out / FOLDER, may_write=self.may_write
        )


def clip_setup(workspace: Workspace, out: Path, *, may_write: bool = True) -> ClipSetup:
    """What `podcast.yaml` says of clips. A jingle that is not there is reported by the show."""
    show = workspace.show
    intro, outro = (workspace.image_path(getattr(show.clips, name)) for name in JINGLES)
    return ClipSetup(show.clips, show.clip_bitrate_kbps, out, intro, outro, may_write)


def jingle_files(workspace: Workspace) -> list[Path]:
    """The files that the show names as intro and outro, there or not."""
    named = (getattr(workspace.show.clips, name) for name in JINGLES)
    return [path for path in map(workspace.image_path, named) if path is not None]


def jingle_problems(workspace: Workspace, show: Show) -> Iterator[Problem]:
    """A101 and A102: an intro or outro that is not there, or cannot be decoded."""
    for name in JINGLES:
        named = getattr(show.clips, name)
        path = workspace.image_path(named)
        if not named:
            continue
        place = show.where_value("clips", name)
        if path is None or not path.is_file():
            message = f"the sound {named} is not there: clips go without"
            hint = "paths count from the top of the workspace"
            yield show.problem("A101", message, place, hint)
            continue
        try:
            _load(path)
        except AudioError as error:
            message = error.message.replace(str(path), named)
            yield show.problem("A102", message, place, error.hint or "")


def _jingle(path: Path | None) -> "AudioSegment | None":
    """The sound; None where there is none that can be decoded, as `jingle_problems` says."""
    if path is None or not path.is_file():
        return None
    try:
        return _load(path)
    except AudioError:
        return None


def _load(path: Path) -> "AudioSegment":
    from producer.audio.polish import load_segment

    return load_segment(path)


def _digest(path: Path | None) -> str | None:
    try:
        return digest_file(path) if path is not None else None
    except OSError:
        return None
