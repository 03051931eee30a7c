"""Faithful edits: the old text with only the bytes of the named keys and entries replaced.

Everything that writes into an episode file goes through here. The result is read again, and the
edit refused if it means anything but what was asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from producer.errors import EditError
from producer.source.document import Document, Path, YamlError, plain_data
from producer.source.edit_changes import Change
from producer.source.edit_data import same, with_value
from producer.source.edit_plan import Edit, Insert, Remove, Set, Step, plan
from producer.source.edit_tree import Tree, UnsafeError
from producer.source.edit_yaml import dump
from producer.source.front_matter import NoFrontMatterError, Parts, split
from producer.source.source import Source, Span

__all__ = ["Edit", "Insert", "Remove", "Set", "apply", "dump", "set_key"]


def apply(
    source: Source,
    edits: Sequence[Edit],
    *,
    document: Document | None = None,
    is_bare: bool = False,
) -> Source:
    """The source with edits made in its front matter, one after the other.

    Paths mean the data as the edits before have left it. Bytes outside of the keys and entries
    that are named stay as they are: comments, quoting, order, line ends and body. A value that is
    there already changes nothing. `document` spares reading the source again for who has read it;
    `is_bare` says that all of it is YAML, as `podcast.yaml` is. Raises EditError where an edit
    cannot be made so, and TypeError for a value that no YAML file holds (see `dump`).
    """
    batch = _Batch(_open(source, document, is_bare=is_bare))
    for edit in edits:
        try:
            step = plan(batch.wanted, edit)
            if step is not None and batch.meets(step):
                batch = _Batch(batch.finish())
            if step is not None:
                batch.add(step)
        except UnsafeError as error:
            raise EditError(
                f"{source.path}: cannot be edited: `{_name(edit.path)}`: {error}"
            ) from error
    return batch.finish().source


def set_key(source: Source, key: str, value: Any, *, before: Sequence[str] = ()) -> Source:
    """The source with one top-level key set: see `Set` and `apply`."""
    return apply(source, [Set((key,), value, tuple(before))])


class _Batch:
    """Edits of parts that do not meet, made in one text and proven at once."""

    def __init__(self, opened: "_Opened") -> None:
        self.opened = opened
        self.wanted = plain_data(opened.document.root)
        self.tree = Tree(opened.document, opened.parts.front_matter.end)
        self.changes: list[Change] = []
        self.regions: dict[Path, None] = {}
        self._around: set[Path] = set()
        self._removed_from: dict[Path, int] = {}
        self._owned: dict[int, Any] = {}

    def meets(self, step: Step) -> bool:
        """Whether an edit so far lies where this one does, around it, or moves what it names."""
        above = [step.region[:depth] for depth in range(len(step.region) + 1)]
        if any(each in self.regions for each in above):
            return True
        region = self._region(step)
        steps = ((region[:depth], region[depth]) for depth in range(len(region)))
        return region in self._around or any(self._moves(*each) for each in steps)

    def add(self, step: Step) -> None:
        """Take an edit in that meets none of the others. Raises UnsafeError."""
        self.changes += step.changes(self.tree)
        region = self._region(step)
        self.regions[region] = None
        self._around |= {region[:depth] for depth in range(len(region) + 1)}
        if region != step.region and step.removes is not None:
            self._removed_from[step.region] = step.removes
        self.wanted = with_value(self.wanted, step.path, step.value, self._owned)

    def _moves(self, above: Path, name: str | int) -> bool:
        """Whether an entry of the list `above` went that stood before the one of this name."""
        first = self._removed_from.get(above)
        return first is not None and isinstance(name, int) and name >= first

    def _region(self, step: Step) -> Path:
        """What it may touch: an entry that goes leaves others alone if it has its own lines."""
        if step.removes is None:
            return step.region
        part = self.tree.part(step.region)
        own_lines = part.is_block and self.tree.begins_line(self.tree.begin(part, step.removes))
        return (*step.region, step.removes) if own_lines else step.region

    def finish(self) -> "_Opened":
        """The edited source. Raises EditError where it does not mean what is wanted."""
        if not self.changes:
            return self.opened
        source = self.opened.source
        text, pieces, done = source.text, [], 0
        for change in sorted(self.changes, key=lambda each: (each.start, each.end)):
            if change.start < done:
                raise EditError(f"{source.path}: not edited: two edits meet in one place")
            pieces += [text[done : change.start], change.text]
            done = change.end
        edited = Source(source.path, "".join([*pieces, text[done:]]), source.has_bom)
        return self._prove(edited)

    def _prove(self, edited: Source) -> "_Opened":
        """Read the result again: it must mean what is wanted, and nothing else may differ."""
        path, before = edited.path, self.opened.parts
        try:
            after = _parts(edited, is_bare=self.opened.is_bare)
            document = Document.parse(edited, after.front_matter, "F102")
        except (NoFrontMatterError, YamlError) as error:
            raise EditError(f"{path}: not edited: the result would not parse") from error
        text = self.opened.source.text
        head, tail = before.front_matter.start, text[before.front_matter.end :]
        if edited.text[:head] != text[:head] or edited.text[after.front_matter.end :] != tail:
            raise EditError(f"{path}: not edited: the body would have changed")
        if not same(plain_data(document.root), self.wanted):
            names = ", ".join(f"`{_name(region)}`" for region in list(self.regions)[:3])
            raise EditError(f"{path}: not edited: more than {names} would have changed")
        return _Opened(edited, after, document, self.opened.is_bare)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A source that has been read."""

    source: Source
    parts: Parts
    document: Document
    is_bare: bool


def _open(source: Source, document: Document | None, *, is_bare: bool) -> _Opened:
    try:
        parts = _parts(source, is_bare=is_bare)
        document = document or Document.parse(source, parts.front_matter, "F102")
    except (NoFrontMatterError, YamlError) as error:
        raise EditError(f"{source.path}: cannot be edited: {error}") from error
    if not isinstance(document.root, yaml.MappingNode) or document.root.flow_style:
        raise EditError(f"{source.path}: cannot be edited: it is not one `key: value` a line")
    return _Opened(source, parts, document, is_bare)


def _parts(source: Source, *, is_bare: bool) -> Parts:
    end = len(source.text)
    return Parts(Span(0, end), Span(end, end)) if is_bare else split(source)


def _name(path: Path) -> str:
    """A path for people: `transcript[12].sec`."""
    text = "".join(f"[{each}]" if isinstance(each, int) else f".{each}" for each in path)
    return text.removeprefix(".") or "the front matter"
