"""Cues: short, touching, and with every word of the transcript in its order."""

import pytest
from builders import line, lines_of, transcript
from hypothesis import given, settings
from hypothesis import strategies as st

from producer.derive.cues import CUE_CHARS, Cue, audio_cues, derive_cues, split_text
from producer.derive.timeline import AudioTimeline
from producer.derive.turns import Turn, turns_of
from producer.model.episode import Line


def cues_of(*lines: Line, duration_s: float) -> list[tuple[int, int, str, str]]:
    cues = derive_cues(turns_of(lines_of(transcript(lines))), round(duration_s * 1000))
    return [(cue.start_ms, cue.end_ms, cue.speaker, cue.text) for cue in cues]


def test_a_line_is_a_cue_until_the_next() -> None:
    assert cues_of(line(5, "One.", "Ada"), line(9, "Two.", "Bob"), duration_s=12) == [
        (5_000, 9_000, "Ada", "One."),
        (9_000, 12_000, "Bob", "Two."),
    ]


def test_a_turn_is_divided_by_its_characters() -> None:
    lines = line(0, "aaa", "Ada"), line(None, "bbbbbb", "Ada"), line(0, "c", "Bob")
    assert cues_of(*lines, duration_s=10) == [
        (0, 3_000, "Ada", "aaa"),
        (3_000, 9_000, "Ada", "bbbbbb"),
        (9_000, 10_000, "Bob", "c"),
    ]


def test_a_line_out_of_order_belongs_to_the_turn_it_stands_in() -> None:
    lines = line(0, "aa"), line(100, "bb"), line(50, "cc"), line(200, "dd"), line(300, "ee")
    assert cues_of(*lines, duration_s=400) == [
        (0, 100_000, "Ada", "aa"),
        (100_000, 150_000, "Ada", "bb"),
        (150_000, 200_000, "Ada", "cc"),
        (200_000, 300_000, "Ada", "dd"),
        (300_000, 400_000, "Ada", "ee"),
    ]


def test_a_long_line_is_cut_after_a_sentence() -> None:
    first = "This is the first sentence of some length that we need."
    second = "And this is the second one, which is about as long as that."
    assert cues_of(line(0, f"{first} {second}"), duration_s=114) == [
        (0, 114_000 * len(first) // len(first + second), "Ada", first),
        (114_000 * len(first) // len(first + second), 114_000, "Ada", second),
    ]


def test_the_last_cue_has_a_length_whatever_the_duration() -> None:
    assert cues_of(line(5, "One."), duration_s=3) == [(5_000, 5_001, "Ada", "One.")]


def test_more_pieces_than_milliseconds() -> None:
    lines = line(0, "a", "Ada"), line(0, "b", "Bob"), line(0, "c", "Cy"), line(0.002, "d", "Di")
    assert cues_of(*lines, duration_s=1) == [
        (0, 1, "Ada", "a"),
        (1, 2, "Bob", "b c"),
        (2, 1000, "Di", "d"),
    ]


def test_no_lines_no_cues() -> None:
    assert derive_cues((), 10_000) == ()


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("short", ["short"]),
        ("one two. three four", ["one two.", "three four"]),
        ("one two, three four", ["one two,", "three four"]),
        ("one two — three four", ["one two —", "three four"]),
        ("one two three four", ["one two", "three four"]),
        ("I. one two three four", ["I. one two", "three four"]),
        ("abcdefghijklmnop", ["abcdefghijkl", "mnop"]),
        ("ab abcdefghijklmnop", ["ab", "abcdefghijkl", "mnop"]),
        ('"One two." Three', ['"One two."', "Three"]),
        ("abcdef ghijk", ["abcdef ghijk"]),
        ("abcdef ghijkl", ["abcdef", "ghijkl"]),
    ],
)
def test_split_text(text: str, pieces: list[str]) -> None:
    assert split_text(text, 12) == pieces


words = st.text(alphabet="abcé🎧.,!?…:\"')—", min_size=1, max_size=12)
paragraphs = st.lists(words, min_size=1, max_size=60).map(" ".join)
long_words = st.text(alphabet="ab.,", min_size=1, max_size=300)


@given(st.lists(words | long_words, min_size=1, max_size=30).map(" ".join), st.integers(1, 90))
def test_pieces_are_short_and_lose_nothing(text: str, limit: int) -> None:
    pieces = split_text(text, limit)
    assert all(0 < len(piece) <= limit for piece in pieces)
    assert "".join(pieces).replace(" ", "") == text.replace(" ", "")
    if all(len(word) <= limit for word in text.split()):
        assert " ".join(pieces) == text


@st.composite
def lines_in_any_order(draw: st.DrawFn) -> list[Line]:
    starts = draw(st.lists(st.none() | st.integers(0, 4_000), min_size=1, max_size=12))
    if draw(st.booleans()):
        times = iter(sorted(start for start in starts if start is not None))
        starts = [None if start is None else next(times) for start in starts]
    return [line(s, draw(paragraphs), draw(st.sampled_from(["Ada", "Bob", ""]))) for s in starts]


@given(lines_in_any_order(), st.integers(0, 5_000_000))
@settings(max_examples=150)
def test_cues_of_any_transcript(lines: list[Line], duration_ms: int) -> None:
    lines = lines_of(transcript(lines))
    turns = turns_of(lines)
    cues = derive_cues(turns, duration_ms)
    assert [cue.start_ms for cue in cues[1:]] == [cue.end_ms for cue in cues[:-1]]
    assert all(cue.start_ms < cue.end_ms for cue in cues)
    assert cues[0].start_ms == turns[0].start_ms
    assert cues[-1].end_ms == max(duration_ms, turns[-1].start_ms + 1)
    # A last turn that the duration leaves a millisecond is a single cue.
    if cues[-1].end_ms - turns[-1].start_ms >= 1000:
        assert all(len(cue.text) <= CUE_CHARS for cue in cues)
    assert " ".join(cue.text for cue in cues) == " ".join(each.text for each in lines)
    assert {turn.start_ms for turn in turns} <= {cue.start_ms for cue in cues}


@given(lines_in_any_order())
def test_every_word_keeps_its_speaker(lines: list[Line]) -> None:
    lines = lines_of(transcript(lines))
    cues = derive_cues(turns_of(lines), 5_000_000)
    spoken = [(word, each.who) for each in lines for word in each.text.split()]
    assert [(word, cue.speaker) for cue in cues for word in cue.text.split()] == spoken


def test_turns_share_a_time_and_rise() -> None:
    lines = lines_of(transcript([line(3), line(3), line(None), line(9), line(5), line(12)]))
    assert turns_of(lines) == (
        Turn(3_000, tuple(lines[:3])),
        Turn(9_000, tuple(lines[3:5])),
        Turn(12_000, (lines[5],)),
    )
    assert turns_of(lines[2:4])[0] == Turn(0, (lines[2],))
    assert turns_of([]) == ()


CUES = (Cue(0, 4_000, "Ada", "a"), Cue(4_000, 9_000, "Bob", "b"), Cue(9_000, 12_000, "", "c"))


@pytest.mark.parametrize(
    ("offset_ms", "length_ms", "wanted"),
    [
        (0, None, CUES),
        (4_000, None, (Cue(0, 5_000, "Bob", "b"), Cue(5_000, 8_000, "", "c"))),
        (5_500, None, (Cue(0, 3_500, "Bob", "b"), Cue(3_500, 6_500, "", "c"))),
        (1_000, 4_000, (Cue(0, 3_000, "Ada", "a"), Cue(3_000, 4_000, "Bob", "b"))),
        (12_000, None, ()),
        (0, 0, ()),
        (
            -1_000,
            None,
            (
                Cue(1_000, 5_000, "Ada", "a"),
                Cue(5_000, 10_000, "Bob", "b"),
                Cue(10_000, 13_000, "", "c"),
            ),
        ),
    ],
)
def test_cues_as_the_audio_has_them(
    offset_ms: int, length_ms: int | None, wanted: tuple[Cue, ...]
) -> None:
    assert audio_cues(CUES, AudioTimeline(offset_ms, length_ms)) == wanted
