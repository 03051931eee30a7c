"""A whole build: every episode that changed, then the pages and the feed that speak of them all."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from producer.build.episode import EpisodeBuild
from producer.build.feed_guard import judge
from producer.build.fingerprint import code_digest, digest, digest_of
from producer.build.lock import locked, sweep
from producer.build.manifest import EpisodeRecord, FileRecord, Manifest
from producer.build.media_files import MediaFiles
from producer.build.output import Output
from producer.build.pool import Task, run_tasks
from producer.build.redirects import note_renames
from producer.build.show_checks import shown_show_problems
from producer.build.site import feed_documents, site_outputs
from producer.build.writer import BuildSettings, Writer, is_there
from producer.errors import WriteError
from producer.io.files import read_bytes, remove
from producer.io.workspace import CONFIG_NAME, Workspace
from producer.problems import Problem


@dataclass(slots=True)
class BuildReport:
    """What a build did, or with `--dry-run` would have done."""

    episodes: int = 0
    unchanged: int = 0
    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def build(
    workspace: Workspace,
    settings: BuildSettings,
    *,
    only: Mapping[str, Path] | None = None,
    jobs: int = 1,
    on_start: Callable[[int], None] = lambda total: None,
    on_episode: Callable[[str], None] = lambda slug: None,
    on_wait: Callable[[], None] = lambda: None,
) -> BuildReport:
    """Build what changed. `only` narrows it to some episodes; pages and feed follow all the same.

    Problems come back in the order of the episodes, whatever the number of jobs. A `podcast.yaml`
    that cannot be read stops it before anything is touched. Raises ProducerError for what keeps
    the build from going on; outputs are each whole or untouched. Another build into the same folder
    is waited for, after a call of `on_wait`.
    """
    if workspace.has_broken_show:
        return BuildReport(problems=list(workspace.show_problems))
    _check_out(workspace, settings)
    if settings.dry_run:
        return _build(workspace, settings, only, jobs, on_start, on_episode)
    with locked(settings.out, on_wait) as died:
        report = _build(workspace, settings, only, jobs, on_start, on_episode)
        if died:
            manifest = Manifest.load(settings.out)
            sweep(settings.out, manifest.episodes, manifest.known_outputs)
    return report


def _build(
    workspace: Workspace,
    settings: BuildSettings,
    only: Mapping[str, Path] | None,
    jobs: int,
    on_start: Callable[[int], None],
    on_episode: Callable[[str], None],
) -> BuildReport:
    manifest = Manifest.load(settings.out)
    media = MediaFiles(manifest.files)
    common = _common_fingerprint(workspace)
    paths = dict(workspace.episode_paths)
    wanted = dict(only) if only is not None else paths
    report = BuildReport(episodes=len(wanted))
    due = {
        slug: path
        for slug, path in wanted.items()
        if settings.force or not _is_current(settings, manifest.episodes.get(slug), common, media)
    }
    report.unchanged = len(wanted) - len(due)
    on_start(len(due))
    built: dict[str, EpisodeBuild] = {}
    try:
        for result, seen in run_tasks(workspace, settings, _tasks(manifest, due), jobs):
            built[result.slug] = result
            media.seen |= seen
            result.record.fingerprint = common
            stale = _stale(manifest.episodes.get(result.slug), result.record)
            manifest.episodes[result.slug] = result.record
            report.written += result.written
            _remove(settings, stale, report)
            on_episode(result.slug)
        _forget_gone(settings, manifest, {*paths, *wanted}, report)
        _write_site(workspace, settings, manifest, report)
    finally:
        # What was built stays built, whatever ended the rest.
        manifest.files = {**manifest.files, **media.seen}
        if not settings.dry_run and (built or report.written or report.removed):
            manifest.save(settings.out)
    report.problems += shown_show_problems(workspace)
    report.problems += map(Problem.from_json, manifest.feed_problems)
    for slug in wanted:
        record = manifest.episodes.get(slug)
        report.problems += map(Problem.from_json, record.problems if record else ())
    return report


def _check_out(workspace: Workspace, settings: BuildSettings) -> None:
    """Refuse an output folder that cannot be one, before anything is made."""
    out = settings.out
    if out.exists() and not out.is_dir():
        raise WriteError(f"{out}: is not a folder", hint="name another one with --out")
    for source in (workspace.root, workspace.episodes_folder):
        if out.resolve() == source.resolve():
            raise WriteError(f"{out}: holds the episodes", hint="build into a folder of its own")
    if settings.dry_run:
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"{out}: cannot be made: {error.strerror}") from error
    if not os.access(out, os.W_OK | os.X_OK):
        raise WriteError(f"{out}: cannot be written to", hint="name another one with --out")


def _common_fingerprint(workspace: Workspace) -> str:
    """The digest of everything that all episodes are made from."""
    config = workspace.root / CONFIG_NAME
    people = [(p.name, digest(read_bytes(p))) for p in workspace.people_paths]
    return digest_of(
        [
            code_digest(),
            digest(read_bytes(config)) if config.is_file() else None,
            people,
            sorted((name, text) for name, (_, text) in workspace.templates.items()),
            # Kept problems name files as they are seen from where the build was started.
            workspace.shown(workspace.episodes_folder),
        ]
    )


def _is_current(
    settings: BuildSettings, record: EpisodeRecord | None, common: str, media: MediaFiles
) -> bool:
    """Whether an episode's outputs stand, made from what its inputs are now."""
    if record is None or record.fingerprint != common:
        return False
    if settings.with_audio and not record.with_audio:
        return False
    if any(media.digest(Path(path)) != known for path, known in record.inputs.items()):
        return False
    return all(is_there(settings.out, path, output) for path, output in record.outputs.items())


def _tasks(manifest: Manifest, due: Mapping[str, Path]) -> list[Task]:
    return [
        Task(slug, path, manifest.episodes.get(slug, EpisodeRecord()), _known(manifest, slug))
        for slug, path in due.items()
    ]


def _known(manifest: Manifest, slug: str) -> dict[str, FileRecord]:
    """The media files that an episode looked at last time."""
    record = manifest.episodes.get(slug)
    if record is None:
        return {}
    return {path: manifest.files[path] for path in record.inputs if path in manifest.files}


def _stale(previous: EpisodeRecord | None, record: EpisodeRecord) -> list[str]:
    return [path for path in (previous.outputs if previous else ()) if path not in record.outputs]


def _forget_gone(
    settings: BuildSettings, manifest: Manifest, present: set[str], report: BuildReport
) -> None:
    """Delete the outputs of episodes that are deleted or renamed."""
    gone = {slug: record for slug, record in manifest.episodes.items() if slug not in present}
    for slug, record in gone.items():
        del manifest.episodes[slug]
        _remove(settings, list(record.outputs), report)
    note_renames(manifest, gone)


def _remove(settings: BuildSettings, paths: list[str], report: BuildReport) -> None:
    report.removed += paths
    if settings.dry_run:
        return
    for path in paths:
        target = settings.out / path
        remove(target)
        for folder in target.parents:
            if folder == settings.out or any(folder.iterdir()):
                break
            folder.rmdir()


def _write_site(
    workspace: Workspace, settings: BuildSettings, manifest: Manifest, report: BuildReport
) -> None:
    """The images, the index and, last of all, the feed."""
    previous = EpisodeRecord(outputs=manifest.site)
    writer = Writer(settings, previous)
    for output in site_outputs(workspace, manifest):
        writer.write(output)
    _write_feed(workspace, manifest, writer)
    report.written += writer.written
    _remove(settings, _stale(previous, EpisodeRecord(outputs=writer.records)), report)
    manifest.site = writer.records


def _write_feed(workspace: Workspace, manifest: Manifest, writer: Writer) -> None:
    """The feed, its archives before it; the one that stands stays if the new one has errors."""
    documents = feed_documents(workspace, manifest)
    outputs = [Output.of_bytes(name, data) for name, data in documents.items()]
    standing = {name: rec for name, rec in manifest.site.items() if name.endswith(".xml")}
    if any(writer.current(output.path, output.key) is None for output in outputs):
        verdict = judge(workspace, writer.settings.out, documents)
        manifest.feed_problems = [problem.as_json() for problem in verdict.problems]
        if not verdict.may_replace:
            outputs = []
    if outputs or not workspace.show.has_feed:
        for output in outputs:
            writer.write(output)
    else:
        # Refused, or the show lacks something that a feed needs: the last good feed stays.
        writer.records |= standing
