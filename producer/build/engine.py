"""A whole build: look what changed, and if anything did, do it under the lock of the folder."""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from producer.build.lock import Lock, is_unfinished, locked
from producer.build.manifest import Manifest
from producer.build.media_files import MediaFiles
from producer.build.plan import Plan, plan_episodes
from producer.build.report import BuildReport
from producer.build.shared import Shared
from producer.build.sources import Sources
from producer.build.steps import FEED, SHOW, DueStep, due_steps
from producer.build.store import DamagedStore
from producer.build.writer import BuildSettings
from producer.errors import WriteError
from producer.io.workspace import Workspace
from producer.problems import Problem

USES = "uses"


@dataclass(frozen=True, slots=True)
class Watchers:
    """What is called while a build goes on: with the number of episodes, the slug of each that is
    done, and before waiting for another build."""

    on_start: Callable[[int], None] = lambda total: None
    on_episode: Callable[[str], None] = lambda slug: None
    on_wait: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Look:
    """What there is and what is to be done about it, at one moment."""

    workspace: Workspace
    settings: BuildSettings
    manifest: Manifest
    media: MediaFiles
    shared: Shared
    wanted: Mapping[str, Path]
    plan: Plan
    steps: list[DueStep]

    @property
    def is_idle(self) -> bool:
        """Whether nothing is to be written, not even to the manifest."""
        return not (self.plan.due or self.plan.gone or self.steps or self.has_news)

    @property
    def has_news(self) -> bool:
        """Whether files were found to be other ones with the same content."""
        news = any(self.manifest.files.get(p) != seen for p, seen in self.media.seen.items())
        return news or bool(self.plan.refreshed)


def build(
    workspace: Workspace,
    settings: BuildSettings,
    *,
    only: Mapping[str, Path] | None = None,
    jobs: int = 1,
    scheduler: str | None = None,
    on_start: Callable[[int], None] = lambda total: None,
    on_episode: Callable[[str], None] = lambda slug: None,
    on_wait: Callable[[], None] = lambda: None,
) -> BuildReport:
    """Build what changed. `only` narrows it to some episodes; pages and feed follow all the same.

    The work goes to `jobs` processes, or to the Dask cluster of a `scheduler`. Problems come back
    in the order of the episodes, wherever they are found. A `podcast.yaml` that cannot be read
    stops it before anything is touched. Raises ProducerError for what keeps the build from going
    on; outputs are each whole or untouched. Another build into the same folder is waited for, after
    a call of `on_wait`.
    """
    _check_out(workspace, settings)
    # What is kept of problems names files from the top of the workspace; what is shown, see below.
    inner = Workspace(workspace.root, workspace.root)
    watchers = Watchers(on_start, on_episode, on_wait)
    with Manifest.load(settings.out) as manifest:
        look = _look(inner, settings, only, manifest)
        if any(step.name == SHOW for step in look.steps) and inner.has_broken_show:
            report = BuildReport(problems=list(inner.show_problems))
        elif look.is_idle and not is_unfinished(settings.out):
            report = BuildReport(episodes=len(look.wanted), unchanged=len(look.wanted))
            on_start(0)
            _add_problems(report, manifest, look.wanted)
        elif settings.dry_run:
            with _trial(manifest) as trial:
                report = _perform(replace(look, manifest=trial), None, jobs, scheduler, watchers)
        else:
            report = _build_locked(look, only, jobs, scheduler, watchers)
    report.problems = [
        replace(p, path=workspace.shown(workspace.root / p.path)) for p in report.problems
    ]
    return report


def _build_locked(
    look: Look,
    only: Mapping[str, Path] | None,
    jobs: int,
    scheduler: str | None,
    watchers: Watchers,
) -> BuildReport:
    settings = look.settings
    _make_out(settings)
    with locked(settings.out, watchers.on_wait) as lock:
        with suppress(DamagedStore), Manifest.open(settings.out) as manifest:
            if lock.waited or manifest != look.manifest:
                look = _look(look.workspace, settings, only, manifest)
            look = replace(look, manifest=manifest)
            return _perform(look, lock, jobs, scheduler, watchers)
        with Manifest.anew(settings.out) as manifest:
            look = _look(look.workspace, settings, only, manifest)
            return _perform(look, lock, jobs, scheduler, watchers)


def _perform(
    look: Look, lock: Lock | None, jobs: int, scheduler: str | None, watchers: Watchers
) -> BuildReport:
    # A build with nothing to do needs none of what episodes are made with.
    from producer.build.perform import perform

    report = perform(look, lock, jobs, scheduler, watchers)
    _add_problems(report, look.manifest, look.wanted)
    return report


def _look(
    workspace: Workspace,
    settings: BuildSettings,
    only: Mapping[str, Path] | None,
    manifest: Manifest,
) -> Look:
    media = MediaFiles(manifest.files)
    sources = Sources(workspace.root, media)
    shared = Shared(workspace, sources, manifest.uses)
    present = workspace.episode_paths
    wanted = dict(only) if only is not None else present
    plan = plan_episodes(settings, manifest, shared, wanted, present)
    steps = due_steps(settings, manifest, shared)
    return Look(workspace, settings, manifest, media, shared, wanted, plan, steps)


def _trial(manifest: Manifest) -> Manifest:
    try:
        return manifest.trial()
    except DamagedStore:
        return Manifest.nothing()


def _add_problems(report: BuildReport, manifest: Manifest, wanted: Mapping[str, Path]) -> None:
    """The problems that the last look at each thing found, whenever that was."""
    for name in (SHOW, FEED):
        step = manifest.steps.get(name)
        report.problems += map(Problem.from_json, step.problems if step else ())
    for slug in wanted:
        record = manifest.episodes.get(slug)
        report.problems += map(Problem.from_json, record.problems if record else ())


def _check_out(workspace: Workspace, settings: BuildSettings) -> None:
    """Refuse an output folder that cannot be one, before anything is made."""
    out = settings.out
    if out.exists() and not out.is_dir():
        raise WriteError(f"{out}: is not a folder", hint="name another one with --out")
    for source in (workspace.root, workspace.episodes_folder):
        if out.resolve() == source.resolve():
            raise WriteError(f"{out}: holds the episodes", hint="build into a folder of its own")


def _make_out(settings: BuildSettings) -> None:
    out = settings.out
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"{out}: cannot be made: {error.strerror}") from error
    if not os.access(out, os.W_OK | os.X_OK):
        raise WriteError(f"{out}: cannot be written to", hint="name another one with --out")
