"""What is to be done: which episodes, and why. Nothing is written here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from producer.build import causes
from producer.build.manifest import EpisodeRecord, Manifest, OutputRecord
from producer.build.shared import Shared
from producer.build.sources import Sources
from producer.build.writer import BuildSettings, is_there, standing


@dataclass(slots=True)
class Plan:
    """The episodes to build, each with the reasons, and those that are there no more.

    `refreshed` are records of outputs that stand, under another time than was noted.
    """

    due: dict[str, tuple[str, ...]] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    refreshed: dict[str, EpisodeRecord] = field(default_factory=dict)


def plan_episodes(
    settings: BuildSettings,
    manifest: Manifest,
    shared: Shared,
    wanted: Mapping[str, Path],
    present: Mapping[str, Path],
) -> Plan:
    """What to do about the `wanted` episodes; those `present` in the workspace are not gone."""
    there = present.keys() | wanted.keys()
    plan = Plan(gone=[slug for slug in manifest.episodes if slug not in there])
    for slug, path in wanted.items():
        record = manifest.episodes.get(slug)
        why = _why(settings, manifest, shared, record, path)
        if why:
            plan.due[slug] = why
        elif record is not None:
            outputs = _outputs(settings, record)
            if outputs is None:
                plan.due[slug] = (causes.LOST,)
            elif outputs is not record.outputs:
                record.outputs = outputs
                plan.refreshed[slug] = record
    return plan


def _why(
    settings: BuildSettings,
    manifest: Manifest,
    shared: Shared,
    record: EpisodeRecord | None,
    path: Path,
) -> tuple[str, ...]:
    """Why an episode's inputs ask for a build; empty if they do not."""
    if record is None:
        return (causes.NEW,)
    found: tuple[str, ...] = ()
    if record.common != shared.episodes_key:
        found = causes.causes(manifest.commons.get(record.common, {}), shared.of_episodes)
    found += _changed(shared.sources, record, path)
    if settings.with_audio and not record.with_audio:
        found += (causes.SOUND_WANTED,)
    if settings.force:
        return (causes.FORCED,)
    if not found and record.common != shared.episodes_key:
        return (causes.NEW,)  # what it was made from is not known any more
    return found


def _changed(sources: Sources, record: EpisodeRecord, path: Path) -> tuple[str, ...]:
    known = record.inputs
    name = sources.name(path)
    now = {each: sources.digest(each) for each in known}
    if name not in now:
        now[name] = sources.digest(name)
    return causes.causes(known, now)


def _outputs(settings: BuildSettings, record: EpisodeRecord) -> dict[str, OutputRecord] | None:
    """The outputs as they stand; None if one does not. Copied files have other times."""
    out = str(settings.out)
    if all(is_there(f"{out}/{path}", output) for path, output in record.outputs.items()):
        return record.outputs
    found = {}
    for path, output in record.outputs.items():
        stands = standing(f"{out}/{path}", output)
        if stands is None:
            return None
        found[path] = stands
    return found
