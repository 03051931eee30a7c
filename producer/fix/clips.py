"""Bringing the stored clips in line with the headers, entry by entry."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from producer.check.clips import leads_to, may_be_right
from producer.check.stored_clips import KEY, Match, clip_name_of, match_clips, stored_clips
from producer.derive.clips import quotable_clips
from producer.derive.derived import Derived
from producer.fix.mend import Finding, Left, Mend
from producer.source.edit import Edit, Insert, Remove, Set

# Starts that are nobody's: the header has to get its own first.
_GUESSED = ("C102", "C103")
_CODES = ("Q101", "Q102", "Q103", "Q104", "Q106")
# More that are missing are written as one block.
_MANY = 5
_ORDER = ("name", "startOffset", "url", "endOffset")


def mend_clips(derived: Derived) -> Iterator[Finding]:
    """Q101 to Q106. An episode that stores no clips gets none, and keys of one's own stay."""
    stored = stored_clips(derived.episode)
    if not stored or not derived.clips:
        return
    expected = quotable_clips(derived.clips, derived.episode.youtube_id)
    edits = tuple(clip_edits(derived, stored, expected))
    if not edits:
        return
    guessed = [problem for problem in derived.problems if problem.code in _GUESSED]
    for problem in guessed:
        hint = f"{problem.hint}; the stored clips are left as they are until then"
        yield Left(replace(problem, hint=hint))
    if not guessed:
        yield Mend(_CODES, f"{KEY} in line with the headers", edits, hold_together=True)


def clip_edits(
    derived: Derived, stored: Sequence[dict[str, Any]], expected: Sequence[dict[str, Any]]
) -> Iterator[Edit]:
    """The edits that turn the stored clips into the expected ones, in an order that holds."""
    pairs = match_clips(stored, expected)
    if _falls(pairs) or sum(at is None for at, _ in pairs) > _MANY:
        yield Set((KEY,), [_kept(stored, at, expected[i]) for at, i in pairs if i is not None])
        return
    for at, index in pairs:
        if at is not None and index is not None:
            yield from _values(derived, at, stored[at], index, expected[index])
    gone = [at for at, index in pairs if at is not None and index is None]
    for at in reversed(gone):
        yield Remove((KEY, at))
    for index, entry in enumerate(expected):
        if pairs[index][0] is None:
            yield Insert((KEY,), index, entry)


def _falls(pairs: Sequence[Match]) -> bool:
    """Whether the stored clips stand in another order than the headers, or none has a partner."""
    positions = [at for at, index in pairs if at is not None and index is not None]
    return positions != sorted(positions) or not positions


def _kept(
    stored: Sequence[dict[str, Any]], at: int | None, entry: dict[str, Any]
) -> dict[str, Any]:
    """An expected entry with the keys of one's own that the stored one has."""
    own = {} if at is None else {k: v for k, v in stored[at].items() if k not in _ORDER}
    return {**entry, **own}


def _values(
    derived: Derived, at: int, stored: dict[str, Any], index: int, expected: dict[str, Any]
) -> Iterator[Edit]:
    for position, key in enumerate(_ORDER):
        if key not in expected:
            continue
        value, wanted = stored.get(key), expected[key]
        if key == "name":
            is_right = clip_name_of(stored) == wanted
        elif key == "url":
            is_right = leads_to(value, expected)
        else:
            is_right = value == wanted and type(value) is type(wanted)
        if key == "endOffset":
            is_right = is_right or may_be_right(derived, index, value)
        if not is_right:
            yield Set((KEY, at, key), wanted, _ORDER[position + 1 :])
