"""Proposals: where they may stand, how many there are, and that they find what was made up."""

import random
from itertools import pairwise
from pathlib import Path
from statistics import mean

import pytest
from builders import header, line, one_line_texts, transcript
from hypothesis import given, settings
from hypothesis import strategies as st
from segmentation import evenly_spaced, part_of_each_word, pk, published, score, window_diff

from producer.model.episode import Entry, Header, Line
from producer.suggest.proposals import default_count, propose
from producer.suggest.selection import select
from producer.suggest.turns import spoken_turns

TOPICS = {
    "bread": "flour yeast dough oven crust loaf knead sourdough baker rye",
    "organs": "pipe pedal stops bellows keyboard tuning church rank wind chest",
    "sailing": "mast harbour keel rudder wind tide anchor rope deck compass",
    "bees": "hive queen honey swarm pollen comb drone frame nectar smoker",
}
COMMON = "the and so that is it a we have to of in you know then this with for"


def made_up(seed: int) -> tuple[tuple[Line, ...], list[int]]:
    """A conversation on four topics, and the lines at which they begin."""
    rng = random.Random(seed)
    lines: list[Line] = []
    begins: list[int] = []
    for words in TOPICS.values():
        begins.append(len(lines))
        for number in range(8):
            who = "Maren" if number % 2 == 0 else "Ada"
            said = [
                rng.choice(words.split()) if rng.random() < 0.4 else rng.choice(COMMON.split())
                for _ in range(60)
            ]
            lines.append(line(len(lines) * 20, " ".join(said), who))
    return transcript(lines), begins  # type: ignore[return-value]


@pytest.mark.parametrize("seed", range(5))
def test_made_up_topics_are_found(seed: int) -> None:
    lines, begins = made_up(seed)
    proposals = propose(lines, count=3)
    assert [each.line.index for each in proposals] == begins[1:]
    assert [each.start_ms for each in proposals] == [at * 20_000 for at in begins[1:]]
    for proposal, words in zip(proposals, list(TOPICS.values())[1:], strict=True):
        assert len(proposal.terms) == 5
        assert set(proposal.terms) <= set(words.split()), proposal.terms


def asking(at: int | None) -> tuple[Entry, ...]:
    """Turns alike, by Maren and Ada by turns, one of them a question."""
    return transcript(
        line(n * 10, "word " * 30 + ("?" if n == at else "."), "Ada" if n % 2 else "Maren")
        for n in range(12)
    )


def test_a_question_of_the_host_is_where_a_part_begins() -> None:
    hosts = ["Maren Tolliver"]

    def place(found: tuple[Entry, ...]) -> int:
        (proposal,) = propose(found, count=1, host_names=hosts)
        return proposal.line.index

    assert place(asking(6)) == 6
    assert place(asking(4)) == 4
    # Asked by the guest, it says nothing.
    assert place(asking(7)) == place(asking(5)) == place(asking(None))


entries = st.lists(
    st.one_of(
        st.builds(header, one_line_texts),
        st.builds(
            line,
            st.one_of(st.none(), st.integers(0, 3600)),
            st.one_of(
                one_line_texts, st.sampled_from(["word " * 50, "other? " * 30, "なに何 " * 9])
            ),
            st.sampled_from(["", "Ada", "Ben"]),
        ),
    ),
    max_size=40,
).map(transcript)


@given(entries, st.one_of(st.none(), st.integers(1, 12)))
@settings(max_examples=200)
def test_what_holds_for_every_transcript(found: tuple[Entry, ...], count: int | None) -> None:
    proposals = propose(found, count=count)
    assert proposals == propose(found, count=count)
    indices = [each.line.index for each in proposals]
    assert indices == sorted(set(indices))
    assert len(proposals) <= (200 if count is None else count)
    starts = {turn.lines[0].index: turn for turn in spoken_turns(found)}
    first = next((entry.index for entry in found if isinstance(entry, Line)), None)
    for proposal in proposals:
        assert not starts[proposal.line.index].has_header
        assert proposal.line.index != first
        assert len(proposal.terms) <= 5
        assert proposal.text.startswith(proposal.line.text)


@given(
    st.lists(st.tuples(st.integers(0, 60), st.floats(-5, 5)), max_size=9),
    st.integers(0, 5),
    st.integers(1, 30),
)
def test_selection_is_the_best_there_is(
    places: list[tuple[int, float]], count: int, min_gap: int
) -> None:
    from itertools import combinations

    places.sort()
    positions, scores = [p for p, _ in places], [s for _, s in places]
    chosen = select(positions, scores, count, min_gap)

    def fits(each: tuple[int, ...]) -> bool:
        return all(positions[b] - positions[a] >= min_gap for a, b in pairwise(each))

    possible = [
        [each for each in combinations(range(len(places)), size) if fits(each)]
        for size in range(count + 1)
    ]
    most = max(size for size, each in enumerate(possible) if each)
    assert chosen == sorted(set(chosen))
    assert fits(tuple(chosen))
    assert len(chosen) == most
    best = max(sum(scores[at] for at in each) for each in possible[most])
    assert sum(scores[at] for at in chosen) == pytest.approx(best)


@pytest.mark.parametrize("count", [1, 5, 12, 30])
def test_as_many_as_asked_and_the_gap_between_them(count: int) -> None:
    lines = transcript(
        line(at * 10, f"word{at % 7} " * 40, "Ada" if at % 2 else "Maren") for at in range(120)
    )
    proposals = propose(lines, count=count)
    assert len(proposals) == count
    gap = int(0.4 * 120 * 40 / (count + 1))
    for above, below in pairwise(proposals):
        assert (below.line.index - above.line.index) * 40 >= gap


def test_with_headers_only_further_places() -> None:
    lines, begins = made_up(1)
    every: list[Entry] = []
    for entry in lines:
        if entry.index in (begins[0], begins[2]):
            every.append(header("There"))
        every.append(entry)
    found = propose(transcript(every), count=2)
    assert [each.line.text for each in found] == [lines[begins[1]].text, lines[begins[3]].text]
    assert propose(transcript([header("A"), *lines[:4]])) == ()


def test_one_header_in_350_words() -> None:
    assert [default_count(words, 0) for words in (0, 349, 700, 3500)] == [0, 0, 1, 9]
    assert default_count(3500, 4) == 5
    assert default_count(3500, 40) == 0
    assert default_count(10**9, 0) == 200


def test_a_turn_goes_on_over_paragraphs() -> None:
    found = spoken_turns(
        transcript([line(0, "a"), line(None, "b"), line(0, "c"), line(9, "d"), line(9, "e", "Ben")])
    )
    assert [turn.text for turn in found] == ["a b c", "d", "e"]
    assert not any(isinstance(each, Header) for turn in found for each in turn.lines)


def test_measures_by_hand() -> None:
    # Eight words, two parts of four: the window is two words.
    reference = part_of_each_word([1] * 8, {4})
    assert reference == [0, 0, 0, 0, 1, 1, 1, 1]
    assert (pk(reference, reference), window_diff(reference, reference)) == (0, 0)
    nothing = part_of_each_word([1] * 8, set())
    assert (pk(reference, nothing), window_diff(reference, nothing)) == (2 / 6, 2 / 6)
    # A boundary too many inside a window that has one: only WindowDiff sees it.
    doubled = part_of_each_word([1] * 8, {4, 5})
    assert pk(reference, doubled) == 1 / 6
    assert window_diff(reference, doubled) == 2 / 6


def test_real_episodes(corpus: Path) -> None:
    """benchmarks/suggest.py says 0.321, 0.344 and 0.425 here; even spacing 0.477, 0.491, 0.173."""
    episodes = published(corpus / "episodes")
    scores, baseline = [], []
    for episode in episodes:
        number = {each.index: at for at, each in enumerate(episode.lines)}
        count = len(episode.places)
        places = {number[p.line.index] for p in propose(episode.lines, count=count)}
        assert len(places) == count
        scores.append(score(episode, places))
        baseline.append(score(episode, evenly_spaced(episode.words, count)))
    assert len(episodes) == 31
    assert mean(each.pk for each in scores) < 0.344
    assert mean(each.window_diff for each in scores) < 0.377
    assert mean(each.exact for each in scores) > 0.37
    assert mean(each.pk for each in baseline) > 0.45
