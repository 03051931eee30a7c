"""Pages at the old addresses of episodes whose files got other names."""

from collections.abc import Mapping

from producer.build.manifest import EpisodeRecord, Manifest
from producer.build.output import Output
from producer.model.show import Show
from producer.render.environment import Templates


def note_renames(manifest: Manifest, gone: Mapping[str, EpisodeRecord]) -> None:
    """Remember where an episode went that is there under another name: its guid tells.

    A build folder that is deleted forgets it; `redirect_from` in the episode does not.
    """
    owners = {guid: slug for slug, record in manifest.episodes.items() if (guid := _guid(record))}
    for old, record in gone.items():
        if (guid := _guid(record)) in owners:
            manifest.redirects[old] = owners[guid]


def redirects(manifest: Manifest) -> dict[str, str]:
    """The old names of episodes, and where they lead; names in use again lead nowhere."""
    found = dict(manifest.redirects)
    for slug, record in sorted(manifest.episodes.items()):
        found |= dict.fromkeys((record.entry or {}).get("former_slugs", ()), slug)
    return {
        old: target
        for old in sorted(found)
        if old not in manifest.episodes and (target := _end(found, old)) in manifest.episodes
    }


def redirect_outputs(show: Show, manifest: Manifest, templates: Templates) -> list[Output]:
    """A page for each old name."""
    outputs = []
    for old, slug in redirects(manifest).items():
        entry = manifest.episodes[slug].entry or {}
        context = {
            "show": show,
            "title": entry.get("title", slug),
            "target": f"../{slug}/",
            "canonical": show.url(slug, ""),
        }
        text = templates.render("redirect.html", context)
        outputs.append(Output.of_text(f"{old}/index.html", text))
    return outputs


def _end(found: Mapping[str, str], old: str) -> str:
    """Where a chain of renames ends; a circle ends where it began."""
    seen = {old}
    target = found[old]
    while target in found and target not in seen:
        seen.add(target)
        target = found[target]
    return target


def _guid(record: EpisodeRecord) -> str:
    return str((record.entry or {}).get("guid", ""))
