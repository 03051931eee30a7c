"""A whole check: every rule over every file that is asked for, silencings and all."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from producer.build.load import LoadedEpisode, in_file_order, load_episode
from producer.build.media_files import MediaFiles
from producer.build.show_checks import (
    read_image,
    show_image_problems,
    show_problems,
    silencings_of_show,
)
from producer.captions.caption import Caption
from producer.captions.read import find_captions, read_captions
from producer.check.facts import Facts
from producer.check.identity import Identity, identity_of
from producer.check.rules import SHOW_CODES, check_episode, check_show
from producer.check.silence import Silencing, audible, without_effect
from producer.codes import CODES
from producer.errors import ProducerError
from producer.io.workspace import Workspace
from producer.model.episode import Episode
from producer.problems import Problem

# Whether these are there shows only when outputs are made: texts, the feed and its rules.
_OF_OUTPUTS = frozenset(code for code in CODES if code[0] == "N" or code[:2] in ("R2", "R3"))


@dataclass(frozen=True)
class CheckedEpisode:
    """An episode with all that the rules find in it alone, silenced or not."""

    loaded: LoadedEpisode
    problems: tuple[Problem, ...]
    facts: Facts


def check_workspace(
    workspace: Workspace,
    selected: Mapping[str, Path],
    media: MediaFiles,
    now: datetime.datetime,
    *,
    is_whole: bool,
) -> tuple[Problem, ...]:
    """The problems of a workspace, or of some of its episodes where `is_whole` is not set.

    Raises ProducerError where a file cannot be read at all.
    """
    # One after the other: an archive has thousands, and what is kept of each is little.
    checked = (
        check_loaded(workspace, load_episode(workspace, slug, path, media), now)
        for slug, path in selected.items()
    )
    return problems_of(workspace, checked, is_whole=is_whole)


def problems_of(
    workspace: Workspace, checked: Iterable[CheckedEpisode], *, is_whole: bool
) -> tuple[Problem, ...]:
    """What `check_workspace` says of episodes that were checked already, each alone."""
    found: list[Problem] = []
    if is_whole:
        found += (*show_problems(workspace), *show_image_problems(workspace))
    silencings: list[Silencing] = list(silencings_of_show(workspace))
    identities: list[Identity] = []
    for each in checked:
        found += each.problems
        silencings += (silencing for silencing in each.loaded.silencings if silencing.lines)
        if each.loaded.derived is not None:
            identities.append(identity_of(each.loaded.derived, each.facts))
    found += check_show(identities)
    judged = CODES.keys() - _OF_OUTPUTS
    if is_whole:
        of_comments = silencings
    else:
        judged -= SHOW_CODES
        paths = {each.path for each in identities}
        of_comments = [each for each in silencings if each.lines and each.place.path in paths]
    unused = without_effect(found, of_comments, judged)
    return (*audible(found, silencings), *unused)


def check_loaded(
    workspace: Workspace, loaded: LoadedEpisode, now: datetime.datetime
) -> CheckedEpisode:
    """One episode under the rules that need no other."""
    if loaded.derived is None:
        return CheckedEpisode(loaded, loaded.problems, Facts(now=now))
    facts, unreadable = facts_of(workspace, loaded, loaded.derived.episode, now)
    met = (*loaded.problems, *unreadable, *check_episode(loaded.derived, facts))
    return CheckedEpisode(loaded, in_file_order(met), facts)


def facts_of(
    workspace: Workspace, loaded: LoadedEpisode, episode: Episode, now: datetime.datetime
) -> tuple[Facts, tuple[Problem, ...]]:
    """What the rules want to know of an episode besides its file, and what of it cannot be read."""
    image, no_image = read_image(workspace, episode, episode.image)
    captions, no_captions = _captions(workspace, episode)
    digest = loaded.audio.digest if loaded.audio else None
    facts = Facts(now=now, image=image, audio_digest=digest, captions=captions)
    return facts, (*no_image, *no_captions)


def _captions(
    workspace: Workspace, episode: Episode
) -> tuple[tuple[Caption, ...], tuple[Problem, ...]]:
    """The captions that are kept of an episode; T116 for a file that holds none."""
    path = find_captions(workspace.caption_folders, episode.slug)
    if path is None:
        return (), ()
    try:
        return read_captions(path), ()
    except ProducerError as error:
        said = error.message.removeprefix(f"{path}: ")
        message = f"the captions {workspace.shown(path)} cannot be read: {said}"
        return (), (episode.problem("T116", message, None, error.hint or ""),)
