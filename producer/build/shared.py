"""What outputs share: the tool, the show, its people and templates, each by its digest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from producer.build import causes
from producer.build.fingerprint import digest, digest_of
from producer.build.manifest import Inputs
from producer.build.sources import Sources
from producer.build.tool import tool_digest
from producer.io.packaged import packaged_templates
from producer.io.workspace import CONFIG_NAME, Workspace

INDEX = "index.html"
REDIRECT = "redirect.html"
# Templates of pages that belong to no episode, and the one that starts a new episode's file.
_OF_NO_EPISODE = (INDEX, REDIRECT, "episode.md")
_OF_EPISODES = ("episode.html", "show-notes.html", "show-notes.md", "youtube.txt")


@dataclass(frozen=True)
class Shared:
    """Digests of what more than one output is made from, by the names that a user knows."""

    workspace: Workspace
    sources: Sources
    # For each template the others that it uses, as an earlier build found out; see `uses`.
    known_uses: Mapping[str, Mapping[str, list[str]]]

    @cached_property
    def base(self) -> Inputs:
        """The tool and the show, which go into everything."""
        return {causes.TOOL: tool_digest(), CONFIG_NAME: self.sources.digest(CONFIG_NAME)}

    @cached_property
    def people(self) -> Inputs:
        """All people."""
        names = map(self.sources.name, self.workspace.people_paths)
        return {name: self.sources.digest(name) for name in names}

    @cached_property
    def templates(self) -> dict[str, str]:
        """All templates, each by its own text."""
        found = {}
        for folder in (packaged_templates(), self.workspace.root / "templates"):
            for path in folder.rglob("*"):
                if not path.name.startswith(".") and path.is_file():
                    name = path.relative_to(folder).as_posix()
                    found[name] = _digest_template(path)
        return dict(sorted(found.items()))

    @cached_property
    def uses(self) -> Mapping[str, list[str]]:
        """For each template all that it is made from, itself included."""
        kept = self.known_uses.get(self.templates_key)
        if kept is not None:
            return kept
        from producer.render.uses import template_uses

        texts = {name: text for name, (_, text) in self.workspace.templates.items()}
        return template_uses(texts)

    @cached_property
    def templates_key(self) -> str:
        """The digest of all templates."""
        return digest_of(self.templates)

    def of_templates(self, roots: Iterable[str]) -> Inputs:
        """The templates that these are made from."""
        names = {name for root in roots for name in self.uses.get(root, [root])}
        return {f"templates/{name}": self.templates.get(name) for name in sorted(names)}

    @cached_property
    def of_episodes(self) -> Inputs:
        """What every episode is made from; of the people, each has its own."""
        elsewhere = {name for root in _OF_NO_EPISODE for name in self._surely_used(root)}
        others = [name for name in self.templates if name not in elsewhere]
        return {**self.base, **self.of_templates((*_OF_EPISODES, *others))}

    def _surely_used(self, root: str) -> list[str]:
        """What a template uses by name; one that may use any says nothing of the others."""
        names = self.uses.get(root, [])
        return [root] if len(names) == len(self.templates) else names

    @cached_property
    def episodes_key(self) -> str:
        """The digest of `of_episodes`."""
        return digest_of(self.of_episodes)

    @cached_property
    def key(self) -> str:
        """The digest of all of it."""
        folder = str(self.workspace.episodes_folder)
        return digest_of([self.base, self.people, self.templates, folder])


def _digest_template(path: Path) -> str:
    try:
        return digest(path.read_bytes())
    except OSError:
        return ""
