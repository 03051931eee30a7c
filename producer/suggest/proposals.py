"""Places for headers in a transcript, each with words for a title."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from producer.model.episode import Entry, Line
from producer.suggest.host import hosts_of
from producer.suggest.scores import scores, starts_in_words
from producer.suggest.selection import select
from producer.suggest.terms import terms_of_parts
from producer.suggest.turns import SpokenTurn, spoken_turns

# How much is said under a header, in published episodes.
WORDS_PER_HEADER = 350
# Parts are at least this share of the mean part.
_GAP_SHARE = 0.4
# More headers than anybody reads; keeps the work in bounds.
MAX_COUNT = 200


@dataclass(frozen=True, slots=True)
class Proposal:
    """A header could stand above `line`, which is said at `start_ms` if the file says when.

    `terms` are words that set apart what follows up to the next header or proposal: hints, no
    title. `text` is all that is said there.
    """

    line: Line
    start_ms: int | None
    terms: tuple[str, ...]
    text: str


def propose(
    transcript: Sequence[Entry],
    *,
    count: int | None = None,
    host_names: Collection[str] = (),
    guest_names: Collection[str] = (),
) -> tuple[Proposal, ...]:
    """Further places for headers, in the order of the transcript, at lines that start a turn.

    `count` places, or one in 350 words less the headers that are there. Fewer where there are not
    so many turns far enough apart, and from the headers. Never the first line: the header there
    needs no proposal.
    """
    turns = spoken_turns(transcript)
    starts = starts_in_words(turns)
    taken = [starts[at] for at, turn in enumerate(turns) if turn.has_header and at]
    total = sum(len(turn.words) for turn in turns)
    wanted = default_count(total, len(taken)) if count is None else min(count, MAX_COUNT)
    if wanted <= 0 or not turns:
        return ()
    min_gap = max(1, int(_GAP_SHARE * total / (len(taken) + wanted + 1)))
    places = _free_places(turns, starts, taken, min_gap)
    rated = scores(turns, hosts_of(turns, host_names, guest_names))
    chosen = select([starts[at] for at in places], [rated[at] for at in places], wanted, min_gap)
    return _with_terms(turns, {places[each] for each in chosen})


def default_count(words: int, headers: int) -> int:
    """How many further headers an episode of so many words wants that has so many in it."""
    return max(0, min(MAX_COUNT, round(words / WORDS_PER_HEADER) - 1 - headers))


def _free_places(
    turns: Sequence[SpokenTurn], starts: Sequence[int], taken: Sequence[int], min_gap: int
) -> list[int]:
    """The turns that a header may go above: neither the first, nor close to a header."""
    free = []
    above = 0
    for at in range(1, len(turns)):
        while above < len(taken) and taken[above] <= starts[at]:
            above += 1
        near = taken[max(0, above - 1) : above + 1]
        if all(abs(starts[at] - position) >= min_gap for position in near):
            free.append(at)
    return free


def _with_terms(turns: Sequence[SpokenTurn], chosen: set[int]) -> tuple[Proposal, ...]:
    begins = [at for at, turn in enumerate(turns) if at == 0 or turn.has_header or at in chosen]
    ends = [*begins[1:], len(turns)]
    texts = [
        " ".join(turn.text for turn in turns[begin:end])
        for begin, end in zip(begins, ends, strict=True)
    ]
    proposals = []
    start_ms: int | None = None
    parts = {begin: part for part, begin in enumerate(begins)}
    terms = terms_of_parts(texts)
    for at, turn in enumerate(turns):
        for line in turn.lines[:1]:
            start_ms = start_ms if line.start_ms is None else line.start_ms
            if at in chosen:
                part = parts[at]
                proposals.append(Proposal(line, start_ms, terms[part], texts[part]))
    return tuple(proposals)
