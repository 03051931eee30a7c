"""Which lines get which time: turns, what is kept, drifts, and the edits of the file."""

import pytest

from producer.align.alignment import Alignment, Place
from producer.align.drift import Drift, DriftKind, find_drifts
from producer.align.edits import TimeStyle, time_edits
from producer.align.retime import retime
from producer.align.turns import ParagraphTimes, habit, paragraph_turns
from producer.model.episode import Entry, Episode, Header, Line
from producer.read.episode import read_episode
from producer.source.edit import Set, apply

TURN, OWN = ParagraphTimes.TURN, ParagraphTimes.OWN


def transcript(*entries: tuple[str, int | None] | str) -> list[Entry]:
    """Lines as speaker and seconds, headers as titles."""
    return [
        Header(entry, None, n)
        if isinstance(entry, str)
        else Line(f"words {n}", None if entry[1] is None else entry[1] * 1000, entry[0], n)
        for n, entry in enumerate(entries)
    ]


def placed(*seconds: int | None) -> Alignment:
    """Places at these seconds, each line three seconds long."""
    return Alignment(
        tuple(Place() if s is None else Place(s * 1000, s * 1000 + 3000, 0.9) for s in seconds)
    )


def times(result: object) -> list[int | None]:
    return [None if r.found_ms is None else r.found_ms // 1000 for r in result]  # type: ignore[attr-defined]


def test_a_turn_ends_with_another_speaker_or_a_header() -> None:
    entries = transcript(("A", 1), ("A", 1), ("B", 2), "Title", ("B", 3), ("", 4), ("", 4))
    assert paragraph_turns(entries) == ((0, 1), (2,), (3,), (4,), (5,))


def test_a_turn_ends_where_somebody_else_was_cut_out() -> None:
    entries = transcript(("A", None), ("A", None), ("A", None))
    assert paragraph_turns(entries, placed(1, 10, 60)) == ((0, 1), (2,))
    assert paragraph_turns(entries, placed(1, None, 60)) == ((0, 1), (2,))
    assert paragraph_turns(entries, placed(None, 40, None)) == ((0, 1, 2),)


def test_the_habit_of_an_episode() -> None:
    assert habit(transcript(("A", 1), ("A", 1), ("A", 5), ("B", 9))) is TURN
    assert habit(transcript(("A", 1), ("A", 3), ("A", 5), ("B", 9), ("B", 9))) is OWN
    assert habit(transcript(("A", None), ("A", None))) is TURN
    assert habit([]) is TURN


def test_later_paragraphs_repeat_the_time_of_their_turn_or_have_their_own() -> None:
    entries = transcript(("A", None), ("A", None), ("B", None), "T", ("B", None))
    found = placed(1, 6, 9, 15)
    assert times(retime(entries, found, TURN)) == [1, 1, 9, 15]
    assert times(retime(entries, found, OWN)) == [1, 6, 9, 15]


def test_a_turn_whose_first_line_is_not_placed_begins_with_the_next() -> None:
    entries = transcript(("A", None), ("A", None), ("A", None))
    assert times(retime(entries, placed(None, 6, 9), TURN)) == [None, 6, 6]


def test_only_missing_keeps_what_is_there_and_stays_between() -> None:
    entries = transcript(("A", 5), ("B", None), ("A", 20), ("B", None), ("A", None), ("B", 30))
    result = retime(entries, placed(7, 3, 21, 50, 31, 33), OWN, only_missing=True)
    # 3 is made 5, the time above it; 50 lies far behind the 30 below; 31 is made 30.
    assert [r.position for r in result] == [1, 3, 4]
    assert times(result) == [5, None, 30]
    assert result[1].elsewhere_ms == 50_000


def test_a_mistyped_time_that_is_kept_bounds_nothing() -> None:
    entries = transcript(("A", 5), ("B", 900), ("A", None), ("B", 30), ("A", 40))
    assert times(retime(entries, placed(5, 9, 21, 30, 40), OWN, only_missing=True)) == [21]


def test_only_missing_gives_a_paragraph_the_time_that_its_turn_has() -> None:
    entries = transcript(("A", 5), ("A", None), ("B", 20))
    assert times(retime(entries, placed(6, 12, 21), TURN, only_missing=True)) == [5]


def test_lines_above_the_first_keep_their_times() -> None:
    entries = transcript(("A", 5), ("B", 9), ("A", 100), ("B", 110))
    result = retime(entries, placed(1, 7, 8, 12), OWN, from_position=2)
    assert [r.position for r in result] == [2, 3]
    assert times(result) == [9, 12], "8 is before the 9 that is kept"


def drift(index: int, stored: int, found: int, kind: DriftKind, count: int = 1) -> Drift:
    return Drift(index, count, stored * 1000, found * 1000, 0.9, kind)


def test_a_correct_episode_has_no_drifts() -> None:
    entries = transcript(("A", 5), ("A", 5), ("B", 40), "T", ("B", 60), ("A", None), ("B", 99))
    assert find_drifts(entries, placed(7, 25, 36, 62, 70, None)) == ()
    assert find_drifts([], Alignment(())) == ()


@pytest.mark.parametrize("off", [60, 600, 3600, -60, -600])
def test_a_wrong_digit(off: int) -> None:
    entries = transcript(("A", 3700), ("B", 3720 + off), ("A", 3740))
    found = drift(1, 3720 + off, 3721, DriftKind.DIGIT)
    assert find_drifts(entries, placed(3700, 3721, 3740)) == (found,)
    assert found.off_ms == off * 1000 - 1000


def test_a_drift_and_a_shift() -> None:
    entries = transcript(*(("AB"[n % 2], 20 * n + 100) for n in range(10)))
    off = [0, 0, 25, 0, 0, 30, 31, 29, 30, 31]
    found = placed(*(20 * n + 100 - off[n] for n in range(10)))
    assert find_drifts(entries, found) == (
        drift(2, 140, 115, DriftKind.DRIFT),
        drift(5, 200, 170, DriftKind.SHIFT, count=5),
    )


def test_a_time_of_a_paragraph_may_be_its_own_or_that_of_its_turn() -> None:
    entries = transcript(("A", 5), ("A", 65), ("A", 40), ("B", 100))
    assert find_drifts(entries, placed(5, 20, 40, 100)) == (drift(1, 65, 5, DriftKind.DIGIT),)


def test_an_unsure_place_is_no_drift() -> None:
    entries = transcript(("A", 5), ("B", 300))
    unsure = Alignment((Place(5000, 6000, 0.9), Place(20_000, 21_000, 0.4)))
    assert find_drifts(entries, unsure) == ()


def test_a_block_out_of_order_is_one_finding() -> None:
    entries = transcript(*(("AB"[n % 2], 20 * n) for n in range(6)))
    places = (
        Place(0, 3000, 0.9),
        Place(confidence=0.8, elsewhere_ms=500_000),
        Place(),
        Place(confidence=0.9, elsewhere_ms=540_000),
        Place(80_000, 83_000, 0.9),
        Place(confidence=0.9, elsewhere_ms=90_000),
    )
    # The last is heard where its neighbours are: two people spoke at once.
    assert find_drifts(entries, Alignment(places)) == (
        Drift(1, 3, 20_000, 500_000, 0.8, DriftKind.ORDER),
    )


def episode(text: str) -> Episode:
    read, _ = read_episode("x", "x.md", f"---\ntitle: x\ntranscript:\n{text}---\n".encode())
    assert read is not None
    return read


def rewritten(text: str, *seconds: float | None) -> str:
    before = episode(text)
    places = [Place() if s is None else Place(int(s * 1000), int(s * 1000), 1) for s in seconds]
    edits = time_edits(before, retime(before.transcript, Alignment(tuple(places)), OWN))
    return apply(before.source, edits).text.partition("transcript:\n")[2].removesuffix("---\n")


@pytest.mark.parametrize(
    ("text", "seconds", "wanted"),
    [
        (
            "- line: a\n  who: A\n- line: b\n",
            (15.9, 4000),
            "- line: a\n  sec: 15\n  time: '0:15'\n  who: A\n"
            "- line: b\n  sec: 4000\n  time: '1:06:40'\n",
        ),
        (
            "- line: a\n  sec: 85\n  time: '1:25'\n  who: A\n- line: b\n  sec: 9\n  time: 0:09\n",
            (85, 90),
            "- line: a\n  sec: 85\n  time: '1:25'\n  who: A\n"
            "- line: b\n  sec: 90\n  time: '1:30'\n",
        ),
        (
            "- line: a\n  sec: 85\n- line: b\n",
            (85, 90),
            "- line: a\n  sec: 85\n- line: b\n  sec: 90\n",
        ),
        (
            "- who: A\n  sec: 1.5\n  line: a\n- who: B\n  line: b\n",
            (1.5, 2.37),
            "- who: A\n  sec: 1.5\n  line: a\n- who: B\n  sec: 2.3\n  line: b\n",
        ),
        (
            "- line: a\n  sec: 85\n  time: 1:25\n- line: b\n",
            (85, None),
            "- line: a\n  sec: 85\n  time: 1:25\n- line: b\n",
        ),
        (
            "- line: a\n  sec: 85\n  time: '9:99'\n",
            (85,),
            "- line: a\n  sec: 85\n  time: '1:25'\n",
        ),
        (
            "- line: a\n  sec: x\n  time: '0:01:25'\n- line: b\n",
            (85, 90),
            "- line: a\n  sec: 85\n  time: '0:01:25'\n- line: b\n  sec: 90\n  time: '0:01:30'\n",
        ),
        (
            "- line: a\n  sec: 4500\n  time: '75:00'\n- line: b\n",
            (4500, 4560),
            "- line: a\n  sec: 4500\n  time: '75:00'\n- line: b\n  sec: 4560\n  time: '76:00'\n",
        ),
        ("- {line: a, who: A}\n", (3,), "- {line: a, sec: 3, time: '0:03', who: A}\n"),
    ],
)
def test_only_sec_and_time_are_written_as_the_file_writes_them(
    text: str, seconds: tuple[float | None, ...], wanted: str
) -> None:
    assert rewritten(text, *seconds) == wanted
    assert rewritten(wanted, *seconds) == wanted, "a second time, nothing changes"


def test_edits_of_one_key_stand_together() -> None:
    two = episode("- line: a\n- line: b\n")
    edits = time_edits(two, retime(two.transcript, placed(1, 2), OWN))
    assert [edit.path[-1] for edit in edits if isinstance(edit, Set)] == ["sec"] * 2 + ["time"] * 2


def test_the_style_of_a_file_without_times() -> None:
    assert TimeStyle.of(episode("- line: a\n")) == TimeStyle()
