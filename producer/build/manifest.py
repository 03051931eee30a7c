"""What the last build made, and from what. It may be deleted or damaged: then all is built anew."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from producer.build.store import DamagedStore, Store, discard

FOLDER = ".producer"
_NAME = "state.sqlite3"
# What of an episode other pages speak of: kept beside its record, since few builds need it.
_PARTS = ("entry", "item")
# Names of things that something is made from, each with a digest; None for a file not there.
Inputs = dict[str, str | None]


class OutputRecord(NamedTuple):
    """A file that was written.

    `key` is the digest of what it was made from, `content` of its bytes; with size and modification
    time they tell whether it still is what was written.
    """

    size: int
    key: str
    mtime_ns: int = 0
    content: str = ""


@dataclass(slots=True)
class EpisodeRecord:
    """An episode as it was last built. Paths of outputs are relative to the output folder.

    `common` names the inputs that it shares with others. `entry_key` and `item_key` are digests of
    what index and feed say of it; empty where they say nothing.
    """

    common: str = ""
    with_audio: bool = False
    inputs: Inputs = field(default_factory=dict)
    outputs: dict[str, OutputRecord] = field(default_factory=dict)
    problems: list[dict[str, Any]] = field(default_factory=list)
    entry_key: str = ""
    item_key: str = ""

    @property
    def is_built(self) -> bool:
        """Whether the episode has its place in the pages."""
        return bool(self.entry_key)


@dataclass(slots=True)
class StepRecord:
    """Something that speaks of the whole show, as it was last made: pictures, index, feed."""

    inputs: Inputs = field(default_factory=dict)
    outputs: dict[str, OutputRecord] = field(default_factory=dict)
    problems: list[dict[str, Any]] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A media file whose digest holds as long as size, modification time and inode do."""

    size: int
    mtime_ns: int
    inode: int
    digest: str
    duration_ms: int | None = None


@dataclass(slots=True)
class Manifest:
    """The state of an output folder, to be closed. Changes are kept by `commit`."""

    store: Store = field(compare=False)
    episodes: dict[str, EpisodeRecord] = field(default_factory=dict)
    steps: dict[str, StepRecord] = field(default_factory=dict)
    files: dict[str, FileRecord] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    commons: dict[str, Inputs] = field(default_factory=dict)
    uses: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    @classmethod
    def load(cls, out: Path) -> "Manifest":
        """The manifest of an output folder, to look at; empty where there is none to be read."""
        store = Store.read(out / FOLDER / _NAME)
        try:
            return cls._read(store)
        except DamagedStore:
            return cls.nothing()

    @classmethod
    def open(cls, out: Path) -> "Manifest":
        """The same to be changed; what is damaged is thrown away. Raises WriteError."""
        path = out / FOLDER / _NAME
        try:
            return cls._read(Store.write(path))
        except DamagedStore:
            return cls.anew(out)

    @classmethod
    def anew(cls, out: Path) -> "Manifest":
        """An empty one to be changed, in the place of one that turned out to be damaged."""
        discard(out / FOLDER / _NAME)
        return cls.open(out)

    @classmethod
    def nothing(cls) -> "Manifest":
        """One that says nothing, and is never kept."""
        return cls(Store.empty())

    def trial(self) -> "Manifest":
        """A copy of which nothing is ever kept."""
        return Manifest._read(self.store.copy())

    @classmethod
    def _read(cls, store: Store) -> "Manifest":
        try:
            return cls(
                store,
                {slug: EpisodeRecord(**_outputs(data)) for slug, data in store.all("episode")},
                {name: StepRecord(**_outputs(data)) for name, data in store.all("step")},
                {path: FileRecord(*data) for path, data in store.all("file")},
                dict(store.all("redirect")),
                dict(store.all("common")),
                dict(store.all("uses")),
            )
        except DamagedStore:
            store.close()
            raise
        except (TypeError, KeyError, AttributeError) as error:
            store.close()
            raise DamagedStore from error

    def __enter__(self) -> "Manifest":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store; what was not committed is forgotten."""
        self.store.close()

    @property
    def known_outputs(self) -> frozenset[str]:
        """Every output that was written, by its path in the output folder."""
        of_episodes = (path for record in self.episodes.values() for path in record.outputs)
        of_steps = (path for record in self.steps.values() for path in record.outputs)
        return frozenset((*of_episodes, *of_steps))

    def part(self, kind: str, slug: str) -> dict[str, Any]:
        """What the index (`entry`) or the feed (`item`) says of an episode; empty for nothing."""
        return self.store.get(kind, slug) or {}

    def parts(self, kind: str) -> Iterator[dict[str, Any]]:
        """What index or feed say of all episodes, in the order of their slugs."""
        return (value for _, value in self.store.all(kind))

    def put_episode(
        self, slug: str, record: EpisodeRecord, parts: Mapping[str, Any] | None
    ) -> None:
        """Note an episode as built; None for parts leaves those that are there."""
        self.episodes[slug] = record
        self.store.put("episode", slug, _fields(record))
        if parts is not None:
            for kind in _PARTS:
                if parts[kind] is None:
                    self.store.delete(kind, [slug])
                else:
                    self.store.put(kind, slug, parts[kind])

    def drop_episodes(self, slugs: Iterable[str]) -> None:
        """Forget episodes."""
        gone = list(slugs)
        for slug in gone:
            del self.episodes[slug]
        for kind in ("episode", *_PARTS):
            self.store.delete(kind, gone)

    def put_step(self, name: str, record: StepRecord) -> None:
        """Note a step as done."""
        self.steps[name] = record
        self.store.put("step", name, _fields(record))

    def put_files(self, seen: Mapping[str, FileRecord]) -> None:
        """Note what was learned of media files."""
        for path, record in seen.items():
            if self.files.get(path) != record:
                self.files[path] = record
                self.store.put("file", path, list(_fields(record).values()))

    def put_redirect(self, old: str, slug: str) -> None:
        """Note where an episode went."""
        self.redirects[old] = slug
        self.store.put("redirect", old, slug)

    def put_common(self, name: str, inputs: Inputs) -> None:
        """Note inputs that several episodes share."""
        if name not in self.commons:
            self.commons[name] = inputs
            self.store.put("common", name, inputs)

    def put_uses(self, key: str, uses: Mapping[str, list[str]]) -> None:
        """Note which templates use which; `key` tells what they all are. Others are forgotten."""
        if key not in self.uses:
            self.store.delete("uses", sorted(self.uses))
            self.uses = {key: dict(uses)}
            self.store.put("uses", key, self.uses[key])

    def drop_unused_commons(self) -> None:
        """Forget shared inputs that no episode has any more."""
        unused = self.commons.keys() - {record.common for record in self.episodes.values()}
        self.store.delete("common", sorted(unused))
        self.commons = {name: v for name, v in self.commons.items() if name not in unused}

    def commit(self) -> None:
        """Keep all of it. Raises WriteError."""
        self.store.commit()


def _fields(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}


def _outputs(data: dict[str, Any]) -> dict[str, Any]:
    outputs = {path: OutputRecord(*row) for path, row in data["outputs"].items()}
    # What is deleted lies in the output folder, whoever wrote the store.
    if any(path[:1] == "/" or (".." in path and ".." in path.split("/")) for path in outputs):
        raise DamagedStore
    data["outputs"] = outputs
    return data


def known_files(out: Path) -> dict[str, FileRecord]:
    """What earlier builds into a folder knew of media files."""
    with Manifest.load(out) as manifest:
        return manifest.files
