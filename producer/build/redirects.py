"""Pages at the old addresses of episodes whose files got other names."""

from collections.abc import Iterable, Iterator, Mapping

from producer.build.manifest import Manifest


def note_renames(manifest: Manifest, gone: Mapping[str, str]) -> None:
    """Remember where episodes went that are there under another name: their guids tell.

    `gone` are the guids of those that are there no more, by their slugs. A build folder that is
    deleted forgets it; `redirect_from` in the episode does not.
    """
    if not any(gone.values()):
        return
    owners = {e["guid"]: e["slug"] for e in manifest.parts("entry") if e["guid"]}
    for old, guid in gone.items():
        if guid in owners and owners[guid] in manifest.episodes:
            manifest.put_redirect(old, owners[guid])


def redirects(
    renamed: Mapping[str, str], former: Iterable[tuple[str, str]], present: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """The old names of episodes, and where they lead; names in use again lead nowhere.

    `renamed` is what builds have seen, `former` the old names that episodes say, each with the
    episode that says it.
    """
    found = {**renamed, **dict(former)}
    slugs = frozenset(present)
    for old in sorted(found):
        if old not in slugs and (target := _end(found, old)) in slugs:
            yield old, target


def _end(found: Mapping[str, str], old: str) -> str:
    """Where a chain of renames ends; a circle ends where it began."""
    seen = {old}
    target = found[old]
    while target in found and target not in seen:
        seen.add(target)
        target = found[target]
    return target
