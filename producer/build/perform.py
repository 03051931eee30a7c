"""Doing what a look has found: the episodes first, then all that speaks of them, the feed last."""

import contextlib
import time
from collections.abc import Iterator
from functools import partial

from producer.build.batches import batch_size, run
from producer.build.clip_setup import jingle_files
from producer.build.engine import Look, Watchers
from producer.build.executors import Crew, Here, Processes, closing, in_process
from producer.build.feed_step import feed_pictures, write_feed
from producer.build.lock import Lock, drop_empty
from producer.build.manifest import EpisodeRecord, FileRecord, Manifest, StepRecord
from producer.build.redirects import note_renames
from producer.build.report import BuildReport
from producer.build.show_checks import shown_show_problems
from producer.build.site import (
    index_output,
    picture_outputs,
    redirect_names,
    redirect_outputs,
    site_pictures,
)
from producer.build.steps import MOVED, PAGES, PICTURES, SHOW, DueStep, Said, due_steps
from producer.build.tool import tool_digest
from producer.build.worker import Job, Outcome, Task, build_tasks
from producer.build.writer import Writer
from producer.errors import WriteError
from producer.io.files import remove
from producer.render.environment import Templates

# How often what is done is noted for good: a build that is killed then goes on from there.
_COMMIT_S = 1.0
GONE = "the episode is gone"
NOT_MADE = "nothing makes it any more"


def perform(
    look: Look, lock: Lock | None, jobs: int, scheduler: str | None, watchers: Watchers
) -> BuildReport:
    """Do it, and say what was done; without a lock, as a dry run. Raises ProducerError."""
    return _Build(look, lock, watchers).run(jobs, scheduler)


class _Build:
    """One build from the first episode to the last commit."""

    def __init__(self, look: Look, lock: Lock | None, watchers: Watchers) -> None:
        self._look = look
        self._lock = lock
        self._watchers = watchers
        self._manifest: Manifest = look.manifest
        self._stale: dict[str, str] = {}
        self._said = Said()
        self._committed_s = time.monotonic()
        self._report = BuildReport(
            episodes=len(look.wanted), unchanged=len(look.wanted) - len(look.plan.due)
        )

    def run(self, jobs: int, scheduler: str | None) -> BuildReport:
        """All of it. What was built stays built, whatever ends the rest."""
        try:
            return self._run(jobs, scheduler)
        except BaseException:
            if self._lock is not None:
                with contextlib.suppress(WriteError):
                    self._manifest.commit()
            raise

    def _run(self, jobs: int, scheduler: str | None) -> BuildReport:
        look, manifest = self._look, self._manifest
        self._watchers.on_start(len(look.plan.due))
        self._begin([f"{slug}/" for slug in (*look.plan.due, *look.plan.gone)])
        manifest.put_common(look.shared.episodes_key, look.shared.of_episodes)
        manifest.put_uses(look.shared.templates_key, look.shared.uses)
        for slug, record in look.plan.refreshed.items():
            manifest.put_episode(slug, record, None)
        manifest.put_files(look.media.seen)
        if look.plan.due:
            with closing(_crew(len(look.plan.due), jobs, scheduler)) as crew:
                for outcome in self._outcomes(crew):
                    self._take(outcome)
            if crew.may_lose_workers and self._lock is not None:
                self._lock.note_lost_worker()
        self._forget_gone()
        for step in due_steps(look.settings, manifest, look.shared, self._said):
            self._do(step)
        self._remove_stale()
        manifest.put_files(look.media.seen)
        manifest.drop_unused_commons()
        if self._lock is not None:
            manifest.commit()
            self._lock.finish(manifest.known_outputs, manifest.episodes)
        return self._report

    def _begin(self, places: list[str]) -> None:
        if self._lock is not None and places:
            self._lock.begin(places)

    def _outcomes(self, crew: Crew) -> Iterator[Outcome]:
        look = self._look
        job = Job(look.workspace.root, look.settings, look.shared.key, tool_digest())
        work = partial(build_tasks, job)
        if isinstance(crew, Processes):
            work = partial(in_process, build_tasks, job)
        size = batch_size(len(look.plan.due), crew.size)
        return run(crew, work, self._tasks(), size, lambda task: task.slug)

    def _tasks(self) -> Iterator[Task]:
        for slug, why in self._look.plan.due.items():
            record = self._manifest.episodes.get(slug, EpisodeRecord())
            yield Task(slug, self._look.wanted[slug], record, self._known(record), why)

    def _known(self, record: EpisodeRecord) -> dict[str, FileRecord]:
        """The media files that an episode looked at last time."""
        root, files = self._look.workspace.root, self._manifest.files
        paths = (str(root / name) for name in record.inputs)
        return {path: files[path] for path in paths if path in files}

    def _take(self, outcome: Outcome) -> None:
        """Note one episode as done."""
        manifest = self._manifest
        if outcome.build is None:
            if outcome.failure is not None:
                self._report.failures.append(outcome.failure)
        else:
            slug, record = outcome.slug, outcome.build.record
            record.common = self._look.shared.episodes_key
            before = manifest.episodes.get(slug)
            self._said.note(slug, before, record)
            self._note_stale(before, record, NOT_MADE)
            self._report.written |= outcome.build.written
            manifest.put_files(outcome.seen)
            manifest.put_episode(slug, record, outcome.build.parts)
        if self._lock is not None and time.monotonic() - self._committed_s > _COMMIT_S:
            manifest.commit()
            self._committed_s = time.monotonic()
        self._watchers.on_episode(outcome.slug)

    def _note_stale(
        self,
        before: EpisodeRecord | StepRecord | None,
        now: EpisodeRecord | StepRecord,
        reason: str,
    ) -> None:
        for path in before.outputs if before else ():
            if path not in now.outputs:
                self._stale[path] = reason

    def _forget_gone(self) -> None:
        """Forget episodes that are deleted or renamed; their outputs go at the end."""
        manifest, gone = self._manifest, self._look.plan.gone
        guids = {slug: str(manifest.part("entry", slug).get("guid", "")) for slug in gone}
        for slug in gone:
            before = manifest.episodes[slug]
            self._said.note(slug, before, None)
            self._note_stale(before, EpisodeRecord(), GONE)
        manifest.drop_episodes(gone)
        note_renames(manifest, guids)

    def _do(self, step: DueStep) -> None:
        """One step, and noting it as done."""
        look, manifest = self._look, self._manifest
        workspace, sources = look.workspace, look.shared.sources
        previous = manifest.steps.get(step.name, StepRecord())
        writer = Writer(look.settings, previous.outputs, step.why)
        record = StepRecord(outputs=writer.records)
        files = [path] if (path := workspace.image_path(workspace.show.image)) else []
        if step.name == SHOW:
            files = [*files, *jingle_files(workspace)]
            record.problems = [p.as_json() for p in shown_show_problems(workspace)]
        elif step.name == PICTURES:
            files = site_pictures(workspace, manifest)
            outputs = list(picture_outputs(workspace, sources, files))
            self._begin([output.path for output in outputs])
            for output in outputs:
                writer.write(output)
        elif step.name == MOVED:
            names = redirect_names(manifest)
            self._begin([f"{old}/" for old in names])
            for output in redirect_outputs(workspace, manifest, self._templates(), names):
                writer.write(output)
        elif step.name == PAGES:
            writer.write(index_output(workspace, manifest, self._templates()))
        else:
            files = feed_pictures(workspace)
            record = write_feed(workspace, manifest, previous, writer)
        record.inputs = {**step.inputs, **{n: sources.digest(n) for n in map(sources.name, files)}}
        self._report.written |= writer.written
        self._begin([path for path in previous.outputs if path not in record.outputs])
        self._note_stale(previous, record, NOT_MADE)
        manifest.put_step(step.name, record)

    def _templates(self) -> Templates:
        return Templates(self._look.workspace.templates)

    def _remove_stale(self) -> None:
        """Delete what nothing makes any more, now that nothing names it."""
        known = self._manifest.known_outputs
        out = self._look.settings.out
        for path, reason in self._stale.items():
            if path in known:
                continue
            self._report.removed[path] = reason
            if self._lock is not None:
                remove(out / path)
                drop_empty(out, (out / path).parent)


def _crew(total: int, jobs: int, scheduler: str | None) -> Crew:
    """Who does the work: nobody else for one episode, or with one job."""
    if scheduler is not None:
        from producer.build.cluster import Cluster

        return Cluster(scheduler)
    workers = min(jobs, total)
    return Here() if workers <= 1 else Processes(workers)
