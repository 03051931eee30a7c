"""The table of rules. A new rule is a function in its family's module, and a line here."""

from collections.abc import Callable, Iterable, Sequence

from producer.check import (
    audio,
    captions,
    clips,
    dates,
    duration,
    identity,
    images,
    keys,
    links,
    titles,
    todo,
    transcript,
)
from producer.check.facts import Facts
from producer.check.identity import Identity
from producer.derive.derived import Derived
from producer.problems import Problem

EpisodeRule = Callable[[Derived], Iterable[Problem]]
FactsRule = Callable[[Derived, Facts], Iterable[Problem]]
ShowRule = Callable[[Sequence[Identity]], Iterable[Problem]]

EPISODE_RULES: tuple[EpisodeRule, ...] = (
    keys.near_misses,
    dates.undated,
    identity.unnumbered,
    identity.odd_slug,
    todo.left_to_do,
    transcript.time_and_sec_disagree,
    transcript.times_run_backwards,
    transcript.lines_without_time,
    transcript.lines_without_speaker,
    transcript.speaker_near_miss,
    transcript.damaged_text,
    transcript.absurd_gap,
    transcript.absurd_length,
    titles.repeated_headers,
    titles.same_title,
    titles.too_long,
    clips.no_list,
    clips.stored_clips_differ,
    duration.stored_duration_differs,
    links.unusable,
    links.ids_to_do,
    links.video_disagrees,
    links.video_link_missing,
    links.tracking,
    links.cut_off,
    audio.short_of_the_transcript,
    audio.far_from_the_transcript,
    audio.nothing_to_listen_to,
)
# Those that need to know more than the files: the day, a picture's size.
FACTS_RULES: tuple[FactsRule, ...] = (
    dates.in_the_future,
    images.episode_image,
    captions.far_from_captions,
)
SHOW_RULES: tuple[ShowRule, ...] = (
    identity.same_number,
    identity.same_guid,
    identity.same_video,
    identity.same_audio,
)
# The codes of SHOW_RULES: without all episodes there is no telling.
SHOW_CODES = frozenset({"F110", "F111", "F112", "F115"})


def check_episode(derived: Derived, facts: Facts) -> tuple[Problem, ...]:
    """What the rules of one episode find, in the order of the tables."""
    found = [problem for rule in EPISODE_RULES for problem in rule(derived)]
    found += (problem for rule in FACTS_RULES for problem in rule(derived, facts))
    return tuple(found)


def check_show(episodes: Sequence[Identity]) -> tuple[Problem, ...]:
    """What only shows when episodes are held beside each other."""
    return tuple(problem for rule in SHOW_RULES for problem in rule(episodes))
