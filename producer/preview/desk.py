"""The workspace as it lies on the editor's desk: read anew when files change, edited in place."""

import datetime
import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from producer.audio.formats import SUFFIXES
from producer.build.checking import CheckedEpisode, check_loaded, problems_of
from producer.build.load import load_episode
from producer.build.manifest import FileRecord
from producer.errors import EditError
from producer.io.edits import write_edit
from producer.io.files import read_bytes
from producer.io.workspace import MAX_EPISODE_BYTES, Workspace
from producer.preview.asked import Asked
from producer.preview.edits import plan
from producer.preview.errors import ConflictError, NotFoundError, RefusedError
from producer.preview.history import Change, History
from producer.preview.media_store import load_media, save_media
from producer.preview.places import inside, media_file
from producer.preview.snapshot import Snapshot, stamp_of, take_snapshot
from producer.problems import Problem
from producer.source.diff import unified_diff
from producer.source.edit import apply
from producer.source.source import Source

# Episodes that stay read; a page shows one, and looks over the others once.
_KEPT = 8


@dataclass(frozen=True)
class OpenEpisode:
    """An episode as it is read; `digest` is of the file's bytes."""

    slug: str
    path: Path
    digest: str
    checked: CheckedEpisode
    problems: tuple[Problem, ...]
    audio: Path | None
    why_no_audio: str


class Desk:
    """Reads, checks and edits the episodes of one workspace. Safe to use from many threads."""

    def __init__(self, root: Path, out: Path) -> None:
        self.root = root
        self.out = out
        self._media = load_media(out)
        self._stored: dict[str, FileRecord] = {}
        self._lock = threading.RLock()  # of what this object holds; never kept while reading sound
        self._slug_locks: dict[str, threading.RLock] = {}
        self._workspace: tuple[Any, Workspace] | None = None
        self._open: OrderedDict[str, tuple[Any, OpenEpisode]] = OrderedDict()
        self._histories: dict[str, History] = {}

    def snapshot(self) -> Snapshot:
        """How the files stand now."""
        return take_snapshot(self.root)

    def workspace(self) -> Workspace:
        """The workspace, read again where anything but an episode changed."""
        now = self.snapshot()
        key = (now.shared, tuple(now.episodes))
        with self._lock:
            if self._workspace is None or self._workspace[0] != key:
                self._workspace = (key, Workspace.open(self.root))
            return self._workspace[1]

    def path_of(self, slug: str) -> Path:
        """The file of an episode. Raises NotFoundError, also for one that lies elsewhere."""
        path = self.workspace().episode_paths.get(slug)
        if path is None:
            raise NotFoundError(f"there is no episode {slug[:80]!r}")
        if inside(self.root, path) is None:
            raise NotFoundError(f"{path.name} is a link to a file outside of the show's folder")
        return path

    def open(self, slug: str) -> OpenEpisode:
        """The episode as its file is now. Raises ProducerError where it cannot be read."""
        path = self.path_of(slug)
        with self._slug_lock(slug):
            workspace = self.workspace()
            key = (workspace, stamp_of(path))
            with self._lock:
                kept = self._open.get(slug)
            if kept is not None and kept[0][0] is workspace and kept[0][1] == key[1]:
                opened = kept[1]
            else:
                opened = self._read(workspace, slug, path)
            with self._lock:
                self._open[slug] = (key, opened)
                self._open.move_to_end(slug)
                while len(self._open) > _KEPT:
                    self._open.popitem(last=False)
            return opened

    def look(self, slug: str) -> OpenEpisode:
        """The same without keeping it: for going through all of them."""
        path = self.path_of(slug)
        with self._slug_lock(slug):
            workspace = self.workspace()
            with self._lock:
                kept = self._open.get(slug)
            if kept is not None and kept[0][0] is workspace and kept[0][1] == stamp_of(path):
                return kept[1]
            return self._read(workspace, slug, path)

    def keep_measures(self) -> None:
        """Store what was measured of sound files, if there is anything new."""
        with self._lock:
            seen = dict(self._media.seen)
            if seen != self._stored:
                save_media(self.out, seen)
                self._stored = seen

    def _slug_lock(self, slug: str) -> threading.RLock:
        with self._lock:
            return self._slug_locks.setdefault(slug, threading.RLock())

    def _read(self, workspace: Workspace, slug: str, path: Path) -> OpenEpisode:
        now = datetime.datetime.now(datetime.UTC)
        loaded = load_episode(workspace, slug, path, self._media)
        checked = check_loaded(workspace, loaded, now)
        problems = problems_of(workspace, [checked], is_whole=False)
        if loaded.derived is None:
            data = read_bytes(path, limit=None)
            return OpenEpisode(slug, path, digest_of(data), checked, problems, None, "")
        digest = digest_of(loaded.derived.episode.source.encode())
        audio = media_file(self.root, loaded.audio.path) if loaded.audio else None
        why = ""
        if loaded.audio is not None and audio is None:
            why = "the sound file lies outside of the show's folder, and is not played"
        elif loaded.audio is None:
            named = workspace.audio_path(loaded.derived.episode)
            why = (
                f"{workspace.shown(named)} cannot be played: see the problems"
                if named is not None
                else f"there is no sound file: put {slug}{SUFFIXES[0]} into "
                f"{workspace.shown(workspace.episodes_folder / 'audio')}/"
            )
        return OpenEpisode(slug, path, digest, checked, problems, audio, why)

    def history(self, slug: str) -> History:
        """The changes made to an episode on this page."""
        with self._lock:
            return self._histories.setdefault(slug, History())

    def undoable(self, opened: OpenEpisode) -> dict[str, str | None]:
        """What undo and redo would do now, by their labels; None where they cannot."""
        data = read_bytes(opened.path, limit=None)
        history = self.history(opened.slug)
        undo, redo = history.to_undo(data), history.to_redo(data)
        return {"undo": undo.label if undo else None, "redo": redo.label if redo else None}

    def edit(self, slug: str, digest: str, asked: Asked) -> dict[str, Any]:
        """Make one change in the file, if it is what the page saw.

        Returns the label, the diff and the new digest. Raises ConflictError where somebody else
        changed it, and RefusedError where the change would do harm or nothing.
        """
        with self._slug_lock(slug):
            opened = self.open(slug)
            _demand(opened, digest)
            derived = opened.checked.loaded.derived
            if derived is None:
                raise RefusedError("the file cannot be read: mend it by hand first")
            planned = plan(derived, asked)
            before = derived.episode.source
            try:
                after = apply(before, planned.edits, document=derived.episode.document)
            except EditError as error:
                raise RefusedError(error.message, hint=error.hint) from error
            if before == after:
                raise RefusedError("the file says so already")
            if len(after.encode()) > MAX_EPISODE_BYTES:
                raise RefusedError("the file would be larger than any episode")
            self._write(opened.path, before, after)
            self.history(slug).add(Change(before.encode(), after.encode(), planned.label))
            return _made(planned.label, before, after)

    def undo(self, slug: str, digest: str) -> dict[str, Any]:
        """Take the last change back: the bytes before it return."""
        return self._step(slug, digest, is_undo=True)

    def redo(self, slug: str, digest: str) -> dict[str, Any]:
        """Make the change again that was taken back last."""
        return self._step(slug, digest, is_undo=False)

    def _step(self, slug: str, digest: str, *, is_undo: bool) -> dict[str, Any]:
        with self._slug_lock(slug):
            path = self.path_of(slug)
            history = self.history(slug)
            data = read_bytes(path, limit=None)
            if not (history.has_done if is_undo else history.has_undone):
                raise RefusedError(f"there is nothing to {'undo' if is_undo else 'redo'}")
            change = history.to_undo(data) if is_undo else history.to_redo(data)
            if digest_of(data) != digest or change is None:
                raise ConflictError(
                    f"{path.name} changed on disk since that edit; it was left as it is",
                    hint="take the change back in your text editor, or with git",
                )
            step = change.reverse if is_undo else change
            shown = self.workspace().shown(path)
            before, after = Source.decode(shown, step.before), Source.decode(shown, step.after)
            self._write(path, before, after)
            history.undid() if is_undo else history.redid()
            return _made(f"{'undone' if is_undo else 'redone'}: {change.label}", before, after)

    def _write(self, path: Path, before: Source, after: Source) -> None:
        try:
            write_edit(path, before, after)
        except EditError as error:
            raise ConflictError(error.message, hint="nothing was written") from error


def digest_of(data: bytes) -> str:
    """What names the content of a file between page and server."""
    return hashlib.sha256(data).hexdigest()


def _demand(opened: OpenEpisode, digest: str) -> None:
    if opened.digest != digest:
        raise ConflictError(
            f"{opened.path.name} changed on disk meanwhile; nothing was written",
            hint="the page shows it as it is now: make the change again if it is still due",
        )


def _made(label: str, before: Source, after: Source) -> dict[str, Any]:
    return {
        "label": label,
        "diff": unified_diff(before, after),
        "digest": digest_of(after.encode()),
    }
