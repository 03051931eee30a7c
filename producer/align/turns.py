"""Which lines are paragraphs of one turn, for times that a turn's paragraphs share."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from producer.align.alignment import Alignment
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
    position = 0
    for entry in transcript:
        if isinstance(entry, Header):
            before = None
            continue
        goes_on = before is not None and before.who == entry.who != ""
        if goes_on and not (alignment and _is_cut(alignment, groups[-1], position)):
            groups[-1].append(position)
        else:
            groups.append([position])
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


def _is_cut(alignment: Alignment, group: Sequence[int], position: int) -> bool:
    """Whether the captions have much between the last placed line of a turn and this one."""
    start_ms = alignment.places[position].start_ms
    ends = (alignment.places[each].end_ms for each in reversed(group))
    end_ms = next((each for each in ends if each is not None), None)
    return start_ms is not None and end_ms is not None and start_ms - end_ms > _CUT_MS
