"""An episode's recording, and what an analysis knows of one."""

from pathlib import Path
from typing import TYPE_CHECKING

from producer.build.manifest import FOLDER, known_files
from producer.build.media_files import MediaFiles
from producer.cli.options import out_folder
from producer.errors import AudioError
from producer.io.workspace import Workspace
from producer.model.episode import Episode

if TYPE_CHECKING:
    from producer.audio.analysis import Analysis


def recording_of(workspace: Workspace, episode: Episode, purpose: str, or_else: str = "") -> Path:
    """The episode's sound file. Raises AudioError where there is none to `purpose`, with a hint
    that ends in what else may be done.
    """
    path = workspace.audio_path(episode)
    if path is None or not path.is_file():
        raise AudioError(
            f"{episode.slug} has no audio to {purpose}",
            hint=f"put it into episodes/audio/{episode.slug}.mp3{or_else}",
        )
    return path


def analyses_of(workspace: Workspace, paths: tuple[Path, ...]) -> "list[Analysis]":
    """Their analyses, kept for the next time. Raises AudioError where one cannot be decoded."""
    from producer.audio.analysis_cache import cached_analysis

    out = out_folder(workspace, None)
    media = MediaFiles(known_files(out))
    return [cached_analysis(path, media.digest(path) or "", out / FOLDER) for path in paths]
