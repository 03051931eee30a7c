"""Mending the episodes of a workspace: what changes in each file, and which files get new names."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from producer.audio.formats import SUFFIXES
from producer.build.checking import facts_of
from producer.build.load import LoadedEpisode, in_file_order, load_episode
from producer.build.media_files import MediaFiles
from producer.build.show_checks import shown_show_problems
from producer.check.facts import Facts
from producer.check.identity import odd_slug
from producer.check.rules import check_episode
from producer.check.silence import audible
from producer.derive.derived import Derived, derive
from producer.feed.rss import FEED_NAME
from producer.feed.show_guid import show_guid
from producer.fix.file_name import mended_slug
from producer.fix.fixes import Fixed, fix_episode
from producer.fix.mend import Mend
from producer.io.edits import write_edit
from producer.io.files import rename
from producer.io.workspace import CONFIG_NAME, Workspace
from producer.problems import Problem
from producer.read.episode import read_episode
from producer.source.diff import renamed, unified_diff
from producer.source.edit import Set, apply

# Read again from what the mended file says; all others stay as they are.
_OF_SURROUNDINGS = ("A101", "A102", "A105", "A108", "T116")


@dataclass(frozen=True)
class FixedFile:
    """One episode after `fix`.

    `moves` are the files that get new names, the episode's own last. `remaining` is what a check
    of the mended file would find in it, `left` what looks mendable and has two answers.
    """

    path: Path
    fixed: Fixed | None
    moves: tuple[tuple[Path, Path], ...] = ()
    left: tuple[Problem, ...] = ()
    remaining: tuple[Problem, ...] = ()
    shown_moves: tuple[tuple[str, str], ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to write or rename."""
        return bool(self.moves) or (self.fixed is not None and bool(self.fixed.mends))

    @property
    def diff(self) -> str:
        """What changes, as a unified diff."""
        if self.fixed is None:
            return ""
        companions = "".join(renamed(*names) for names in self.shown_moves[:-1])
        target = self.shown_moves[-1][1] if self.shown_moves else None
        return companions + unified_diff(self.fixed.before, self.fixed.after, target)


def fix_files(
    workspace: Workspace, selected: Mapping[str, Path], media: MediaFiles, now: datetime.datetime
) -> Iterator[FixedFile]:
    """What `fix` makes of each episode; writes nothing. Raises InputError as loading does."""
    taken = {path.name for path in workspace.episode_paths.values()}
    for slug, path in selected.items():
        loaded = load_episode(workspace, slug, path, media)
        if loaded.derived is None:
            yield FixedFile(path, None, remaining=loaded.shown())
            continue
        fixed = fix_episode(loaded.derived, loaded.silencings)
        moves, left = _moves(workspace, loaded, path, taken)
        taken |= {target.name for _, target in moves[-1:]}
        facts, _ = facts_of(workspace, loaded, loaded.derived.episode, now)
        yield FixedFile(
            path,
            fixed,
            moves,
            (*left, *fixed.left),
            _remaining(workspace, loaded, fixed, facts, moves),
            tuple((workspace.shown(old), workspace.shown(new)) for old, new in moves),
        )


def fix_show(workspace: Workspace) -> FixedFile | None:
    """What `fix` makes of `podcast.yaml`: its guid is minted. None where there is nothing to do."""
    show = workspace.show
    wanted = [p for p in shown_show_problems(workspace) if p.code == "R104"]
    if not wanted or show.document is None:
        return None
    edit = Set(("guid",), show_guid(show.url(FEED_NAME)), ("base_url",))
    after = apply(show.source, [edit], is_bare=True)
    mend = Mend(("R104",), "the show's guid minted", (edit,))
    return FixedFile(workspace.root / CONFIG_NAME, Fixed(show.source, after, (mend,), ()))


def write_fixed(file: FixedFile) -> None:
    """Write one mended file, then rename what has to be, the episode itself last.

    Raises EditError where the file changed meanwhile, and WriteError.
    """
    if file.fixed is not None:
        write_edit(file.path, file.fixed.before, file.fixed.after)
    for source, target in file.moves:
        rename(source, target)


def _moves(
    workspace: Workspace, loaded: LoadedEpisode, path: Path, taken: set[str]
) -> tuple[tuple[tuple[Path, Path], ...], tuple[Problem, ...]]:
    """New names for the episode's file and those named after it; a problem where there is none."""
    derived = loaded.derived
    if derived is None or not (odd := audible(odd_slug(derived), loaded.silencings)):
        return (), ()
    slug = mended_slug(derived.episode.slug)
    if slug is None:
        return (), tuple(replace(p, hint=f"{p.hint}; more than one name would do") for p in odd)
    if f"{slug}.md" in taken or path.with_name(f"{slug}.md").exists():
        return (), tuple(replace(p, hint=f"{slug}.md is there already: is it a copy?") for p in odd)
    moves = [
        (companion, companion.with_name(slug + companion.name[len(derived.episode.slug) :]))
        for companion in _companions(workspace, derived.episode.slug)
    ]
    moves = [(source, target) for source, target in moves if not target.exists()]
    return (*moves, (path, path.with_name(f"{slug}.md"))), ()


def _companions(workspace: Workspace, slug: str) -> list[Path]:
    """The files that belong to an episode by their names."""
    folder = workspace.episodes_folder
    audio = (folder / "audio" / f"{slug}{suffix}" for suffix in SUFFIXES)
    captions = (
        path
        for path in (folder / "captions").glob("*")
        if path.name.removesuffix(path.suffix) == slug
    )
    return [path for path in (*audio, *sorted(captions)) if path.is_file()]


def _remaining(
    workspace: Workspace,
    loaded: LoadedEpisode,
    fixed: Fixed,
    facts: Facts,
    moves: tuple[tuple[Path, Path], ...],
) -> tuple[Problem, ...]:
    before = loaded.derived
    slug = before.episode.slug if before else ""
    if moves:
        slug = moves[-1][1].name.removesuffix(".md")
    source = fixed.after
    episode, problems = read_episode(slug, source.path, source.encode())
    if episode is None or before is None:
        return problems
    after: Derived = derive(episode, workspace.show, workspace.people, before.timeline.length_ms)
    kept = (problem for problem in loaded.problems if problem.code in _OF_SURROUNDINGS)
    found = (*problems, *kept, *after.problems, *check_episode(after, facts))
    return audible(in_file_order(found), loaded.silencings)
