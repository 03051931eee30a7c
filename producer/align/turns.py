"""Which lines are paragraphs of one turn, for times that a turn's paragraphs share."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from producer.align.alignment import Alignment, Place
from producer.model.episode import Entry, Header, Line

# In the middle of a turn the captions have no more than this that the transcript lacks; where
# they have more, somebody else's words were cut out.
_CUT_MS = 20_000


class ParagraphTimes(StrEnum):
    """What time the later paragraphs of a turn get: the turn's, or their own."""

    TURN = "turn"
    OWN = "own"


def paragraph_turns(
    transcript: Sequence[Entry], alignment: Alignment | None = None
) -> tuple[tuple[int, ...], ...]:
    """The positions of the lines, counted from 0 without the headers, a group for each turn.

    A turn ends with another speaker, a header, and where much is spoken in between by the
    alignment. Lines of nobody are turns of their own.
    """
    groups: list[list[int]] = []
    before: Line | None = None
    heard_ms: int | None = None  # when the last word of the turn so far is spoken
    position = 0
    for entry in transcript:
        if isinstance(entry, Header):
            before = None
            continue
        place = alignment.places[position] if alignment else Place()
        goes_on = before is not None and before.who == entry.who != ""
        if goes_on and not _is_cut(heard_ms, place.start_ms):
            groups[-1].append(position)
        else:
            groups.append([position])
            heard_ms = None
        heard_ms = heard_ms if place.end_ms is None else place.end_ms
        before = entry
        position += 1
    return tuple(map(tuple, groups))


def habit(transcript: Sequence[Entry]) -> ParagraphTimes:
    """What an episode does already; `TURN` for one that has no such paragraphs with times."""
    lines = [entry for entry in transcript if isinstance(entry, Line)]
    starts = [
        (lines[one].start_ms, lines[two].start_ms)
        for group in paragraph_turns(transcript)
        for one, two in pairwise(group)
    ]
    timed = [one == two for one, two in starts if one is not None and two is not None]
    return ParagraphTimes.OWN if sum(timed) * 2 < len(timed) else ParagraphTimes.TURN


def _is_cut(end_ms: int | None, start_ms: int | None) -> bool:
    """Whether the captions have much between one paragraph and the next."""
    return end_ms is not None and start_ms is not None and start_ms - end_ms > _CUT_MS
