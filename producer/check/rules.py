"""The table of rules. A new rule is a function in its family's module, and a line here."""

from collections.abc import Callable, Iterable, Sequence

from producer.check import audio, clips, duration, identity, keys, links, titles, transcript
from producer.derive.derived import Derived
from producer.problems import Problem

EpisodeRule = Callable[[Derived], Iterable[Problem]]
ShowRule = Callable[[Sequence[Derived]], Iterable[Problem]]

EPISODE_RULES: tuple[EpisodeRule, ...] = (
    keys.near_misses,
    identity.unnumbered,
    identity.odd_slug,
    transcript.time_and_sec_disagree,
    transcript.times_run_backwards,
    transcript.lines_without_time,
    transcript.lines_without_speaker,
    transcript.speaker_near_miss,
    transcript.damaged_text,
    transcript.absurd_gap,
    titles.repeated_headers,
    titles.too_long,
    clips.stored_clips_differ,
    duration.stored_duration_differs,
    links.unusable,
    links.video_disagrees,
    links.tracking,
    links.cut_off,
    audio.far_from_the_transcript,
)
SHOW_RULES: tuple[ShowRule, ...] = (
    identity.same_number,
    identity.same_guid,
    identity.same_video,
)


def check_episode(derived: Derived) -> tuple[Problem, ...]:
    """What the rules of one episode find, in the order of the table."""
    return tuple(problem for rule in EPISODE_RULES for problem in rule(derived))


def check_show(episodes: Sequence[Derived]) -> tuple[Problem, ...]:
    """What only shows when episodes are held beside each other."""
    return tuple(problem for rule in SHOW_RULES for problem in rule(episodes))
