"""The steps of a build that speak of the whole show, each done when what it is made from changed.

In the order in which they are done, whoever reads a file finds all that it names.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from producer.build import causes
from producer.build.fingerprint import digest_of
from producer.build.manifest import EpisodeRecord, Inputs, Manifest, StepRecord
from producer.build.shared import INDEX, REDIRECT, Shared
from producer.build.writer import BuildSettings, standing

SHOW, PICTURES, MOVED, PAGES, FEED = "show", "pictures", "redirects", "index", "feed"
STEPS = (SHOW, PICTURES, MOVED, PAGES, FEED)


@dataclass(frozen=True, slots=True)
class DueStep:
    """A step to be done: what it is made from, but for the files it will look at, and why."""

    name: str
    inputs: Inputs
    why: tuple[str, ...]


@dataclass(slots=True)
class Said:
    """Which episodes say something else to index and feed than before."""

    entries: set[str] = field(default_factory=set)
    items: set[str] = field(default_factory=set)

    def note(self, slug: str, before: EpisodeRecord | None, now: EpisodeRecord | None) -> None:
        """Compare what an episode said and says; None for one that is not there."""
        before, now = before or EpisodeRecord(), now or EpisodeRecord()
        if before.entry_key != now.entry_key:
            self.entries.add(slug)
        if before.item_key != now.item_key:
            self.items.add(slug)


def due_steps(
    settings: BuildSettings, manifest: Manifest, shared: Shared, said: Said | None = None
) -> list[DueStep]:
    """The steps whose inputs changed, or whose outputs are not what was written."""
    found = []
    for name in STEPS:
        declared = _declared(name, manifest, shared)
        why = _why(settings, manifest.steps.get(name), declared, shared)
        if why:
            found.append(DueStep(name, declared, tuple(_in_detail(why, said or Said()))))
    return found


def _why(
    settings: BuildSettings, record: StepRecord | None, declared: Inputs, shared: Shared
) -> tuple[str, ...]:
    if record is None:
        return (causes.NEW,)
    # Files that the step looked at last time, and did not have to say before.
    files = {name: shared.sources.digest(name) for name in record.inputs if name not in declared}
    found = causes.causes(record.inputs, {**declared, **files})
    if settings.force:
        return (causes.FORCED,)
    if not found and not all(
        standing(f"{settings.out}/{path}", output) for path, output in record.outputs.items()
    ):
        return (causes.LOST,)
    return found


def _in_detail(why: Iterable[str], said: Said) -> Iterable[str]:
    """The causes, with the episodes in the place of what they say together."""
    details = {
        f"changed: {causes.ENTRIES}": said.entries,
        f"changed: {causes.ITEMS}": said.items,
    }
    every = list(why)
    yield from (cause for cause in every if not details.get(cause))
    for cause in every:
        yield from (f"changed: {slug}" for slug in sorted(details.get(cause, ())))


def _declared(name: str, manifest: Manifest, shared: Shared) -> Inputs:
    """What a step is made from, as far as it is known before it is done."""
    if name == SHOW:
        return {**shared.base, **shared.people}
    entries = {causes.ENTRIES: _digest_of_said(manifest, "entry_key")}
    if name == PICTURES:
        return {**shared.base, **shared.people, **entries}
    if name == MOVED:
        moved = digest_of(sorted(manifest.redirects.items()))
        templates = shared.of_templates([REDIRECT])
        return {**shared.base, **templates, **entries, causes.RENAMES: moved}
    if name == PAGES:
        return {**shared.base, **shared.of_templates([INDEX]), **entries}
    items = {causes.ITEMS: _digest_of_said(manifest, "item_key")}
    return {**shared.base, **shared.people, **items}


def _digest_of_said(manifest: Manifest, kind: str) -> str:
    records = sorted(manifest.episodes.items())
    return digest_of([(slug, key) for slug, each in records if (key := getattr(each, kind))])
