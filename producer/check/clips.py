"""Rules for the clips that are stored in the front matter."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

from producer.check.stored_clips import KEY, clip_name_of, match_clips, stored_clips
from producer.derive.clips import quotable_clips
from producer.derive.derived import Derived, header_span
from producer.problems import Problem
from producer.source.source import Span
from producer.times import format_clock
from producer.youtube_url import video_id_of

_HINT = "`producer fix` brings the clips in line with the headers"


def no_list(derived: Derived) -> Iterator[Problem]:
    """F104: stored clips that are no list of mappings."""
    value = derived.episode.data.get(KEY)
    if value is not None and stored_clips(derived.episode) is None:
        message = f"{KEY} should be a list of mappings"
        place = derived.episode.where(KEY)
        hint = "`producer clips EPISODE --write` writes it from the headers"
        yield derived.episode.problem("F104", message, place, hint)


def stored_clips_differ(derived: Derived) -> Iterator[Problem]:
    """Q101 to Q106: stored clips beside the derived ones."""
    episode = derived.episode
    stored = stored_clips(episode)
    if not stored:
        return
    expected = quotable_clips(derived.clips, episode.youtube_id)
    for at, index in match_clips(stored, expected):
        if at is None and index is not None:
            clip = derived.clips[index]
            yield episode.problem(
                "Q101",
                f'no stored clip for "{clip.name}" at {format_clock(clip.start_ms)}',
                header_span(episode, clip.index),
                _HINT,
            )
        elif at is not None and index is None:
            message = f'stored clip "{clip_name_of(stored[at])}" has no header'
            yield episode.problem("Q102", message, _place(derived, at, "name"), _HINT)
        elif at is not None and index is not None:
            yield from _differences(derived, at, stored[at], index, expected[index])


def _differences(
    derived: Derived, at: int, stored: dict[str, Any], index: int, expected: dict[str, Any]
) -> Iterator[Problem]:
    problem, name = derived.episode.problem, expected["name"]
    if clip_name_of(stored) != name:
        message = f'stored clip "{clip_name_of(stored)}" is called "{name}" by its header'
        yield problem("Q102", message, _place(derived, at, "name"), _HINT)
    for code, key, what in (("Q103", "startOffset", "starts"), ("Q104", "endOffset", "ends")):
        value, wanted = stored.get(key), expected[key]
        if value == wanted or (key == "endOffset" and may_be_right(derived, index, value)):
            continue
        message = f'stored clip "{name}" {what} at {value}'
        if isinstance(value, int):
            message += f", {abs(wanted - value)} s {'late' if value > wanted else 'early'}"
            if key == "endOffset" and _ends_before_the_last_line(derived, index, value):
                message += " and before the last line does"
        yield problem(code, f"{message}: it should be {wanted}", _place(derived, at, key), _HINT)
    if stored.get("startOffset") == expected["startOffset"] and not leads_to(
        stored.get("url"), expected
    ):
        message = f'stored clip "{name}" does not link to its start'
        hint = f"it should be {expected['url']}; `producer fix` writes it"
        yield problem("Q106", message, _place(derived, at, "url"), hint)


def may_be_right(derived: Derived, index: int, end_s: object) -> bool:
    """Without audio the last end is an estimate: any after the last line's start will do."""
    return (
        index == len(derived.clips) - 1
        and derived.duration.is_estimate
        and isinstance(end_s, int)
        and bool(derived.turns)
        and end_s > derived.turns[-1].start_ms // 1000
    )


def leads_to(url: object, expected: dict[str, Any]) -> bool:
    """Whether a stored link is the expected one, in whatever form of YouTube's."""
    wanted = expected.get("url")
    if wanted is None:
        return True
    if not isinstance(url, str) or video_id_of(url) != video_id_of(wanted):
        return False
    moments = parse_qs(urlsplit(url.strip()).query).get("t", ["0"])
    return moments[0].removesuffix("s") == str(expected["startOffset"])


def _ends_before_the_last_line(derived: Derived, index: int, end_s: int) -> bool:
    is_last = index == len(derived.clips) - 1
    return is_last and bool(derived.turns) and end_s <= derived.turns[-1].start_ms // 1000


def _place(derived: Derived, at: int, key: str) -> Span | None:
    episode = derived.episode
    return episode.where_value(KEY, at, key) or episode.where(KEY, at)
