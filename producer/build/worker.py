"""The work on episodes as one function of plain data: the same in any process, on any machine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from producer.build.clip_setup import clip_setup
from producer.build.episode import EpisodeBuild, build_episode
from producer.build.manifest import EpisodeRecord, FileRecord
from producer.build.media_files import MediaFiles
from producer.build.tool import tool_digest
from producer.build.writer import BuildSettings
from producer.errors import InputError, ProducerError
from producer.io.workspace import Workspace
from producer.render.environment import Templates


@dataclass(frozen=True, slots=True)
class Job:
    """What all tasks of a build share. `shared` is the digest of what all episodes are made from.

    A process keeps show, people and templates from one task to the next, for as long as `shared`
    stays; `tool` is the version that must do the work.
    """

    root: Path
    settings: BuildSettings
    shared: str
    tool: str


@dataclass(frozen=True, slots=True)
class Task:
    """An episode to build, with what the last build knew of it and of its media, and why."""

    slug: str
    path: Path
    previous: EpisodeRecord
    known: dict[str, FileRecord]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: the episode as built, or why there is none."""

    slug: str
    build: EpisodeBuild | None
    seen: dict[str, FileRecord]
    failure: ProducerError | None = None


def build_tasks(job: Job, tasks: Sequence[Task]) -> list[Outcome]:
    """Build episodes, in order. Raises ProducerError for what would keep others from it, too."""
    if job.tool != tool_digest():
        raise ProducerError(
            "a worker runs another version of producer, or of its libraries",
            hint="install the same on every machine, and start the workers again",
        )
    workspace, templates, show_files = _opened(job.root, job.shared)
    return [_build(workspace, templates, job.settings, task, show_files) for task in tasks]


def _build(
    workspace: Workspace,
    templates: Templates,
    settings: BuildSettings,
    task: Task,
    show_files: Mapping[str, FileRecord],
) -> Outcome:
    setup = clip_setup(workspace, settings.out, may_write=not settings.dry_run)
    media = MediaFiles(
        {**show_files, **task.known}, setup.analyses if settings.with_audio else None
    )
    try:
        built = build_episode(
            workspace, templates, settings, task.slug, task.path, task.previous, task.why, media
        )
    except InputError as failure:
        # A file of this episode that went, or cannot be read: the others are built all the same.
        return Outcome(task.slug, None, media.seen, failure)
    return Outcome(task.slug, built, media.seen)


@lru_cache(maxsize=1)
def _opened(root: Path, shared: str) -> tuple[Workspace, Templates, Mapping[str, FileRecord]]:
    # Named from the top of the workspace, wherever the user and the worker are.
    workspace = Workspace(root, root)
    # The show's picture belongs to every episode, and is hashed for the first of them.
    media = MediaFiles({})
    if image := workspace.image_path(workspace.show.image):
        media.digest(image)
    return workspace, Templates(workspace.templates), media.seen
