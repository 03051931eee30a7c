from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from producer.audio.pauses import Pause, PauseRules, all_pauses, find_pauses, move_to_pauses

HOP_MS = 10.0
RULES = PauseRules()


def levels(*parts):
    """Levels from (milliseconds, dB) parts, with a little life in them."""
    rng = np.random.default_rng(3)
    return np.concatenate([db + rng.uniform(-2, 2, ms // 10) for ms, db in parts], dtype=np.float32)


def talk(*pauses, length_ms=30_000, quiet=-60.0, loud=-20.0):
    """Talk without a breath but for the pauses at these half-open spans."""
    parts, at = [], 0
    for start, end in pauses:
        parts += [(start - at, loud), (end - start, quiet)]
        at = end
    return levels(*parts, (length_ms - at, loud))


def moved(at, sound, rules=RULES, *, as_end=False):
    span = (0, at) if as_end else (at, 30_000)
    (result,) = move_to_pauses([span], sound, HOP_MS, rules)
    return result[1 if as_end else 0]


@pytest.mark.parametrize("quiet", [-60.0, -40.0, -30.0])
def test_pauses_are_found_in_a_quiet_room_and_over_music(quiet):
    sound = talk((4000, 4500), (9000, 9200), (12_000, 12_100), quiet=quiet)
    assert find_pauses(sound, HOP_MS, 0, 15_000) == [Pause(4000, 4500), Pause(9000, 9200)]


def test_the_pauses_of_a_whole_recording():
    quiet, loud = (
        talk((4000, 4500), (9800, 10_400), (12_000, 12_200), quiet=q, loud=talking)
        for q, talking in ((-70.0, -40.0), (-50.0, -20.0))
    )
    sound = np.concatenate([quiet, loud])
    pauses = [(4000, 4500), (9800, 10_400), (34_000, 34_500), (39_800, 40_400)]
    assert all_pauses(sound, HOP_MS, 300) == [Pause(*span) for span in pauses]
    assert len(all_pauses(sound, HOP_MS, 150)) == 6
    assert all_pauses(sound[:0], HOP_MS, 0) == []


@given(st.binary(max_size=4000))
@settings(max_examples=50)
def test_pauses_lie_in_the_sound_and_rise(data):
    sound = np.frombuffer(data, np.uint8).astype(np.float32) / -2
    bounds = [ms for pause in all_pauses(sound, 7.3, 0) for ms in (pause.start_ms, pause.end_ms)]
    assert bounds == sorted(set(bounds))
    assert all(0 <= ms <= round(len(sound) * 7.3) for ms in bounds)


def test_a_start_moves_to_just_before_the_first_word():
    assert moved(10_000, talk((9000, 9600))) == 9450
    assert moved(10_000, talk((10_400, 11_000))) == 10_850
    assert moved(10_000, talk((9500, 11_000))) == 10_850


def test_an_end_moves_to_just_after_the_last_word():
    assert moved(10_000, talk((9000, 9800)), as_end=True) == 9300
    assert moved(10_000, talk((10_400, 11_000)), as_end=True) == 10_700


def test_short_pauses_are_halved():
    assert moved(10_000, talk((10_400, 10_540))) == 10_470
    assert moved(10_000, talk((10_400, 10_540)), as_end=True) == 10_470


def test_a_pause_is_worth_as_much_farther_as_it_is_longer():
    assert moved(10_000, talk((9700, 9900), (10_300, 10_800))) == 10_650
    assert moved(10_000, talk((9700, 9900), (10_600, 10_900))) == 9800


def test_the_window_holds():
    sound = talk((8000, 8300))
    assert moved(10_000, sound) == 10_000
    assert moved(10_000, sound, PauseRules(3000)) == 8150
    assert moved(8200, sound, PauseRules(0)) == 8200


def test_starts_may_be_kept_from_moving_later():
    earlier = PauseRules(starts_earlier=True)
    sound = talk((9000, 9300), (10_100, 10_900))
    assert moved(10_000, sound) == 10_750
    assert moved(10_000, sound, earlier) == 9150
    assert moved(10_000, sound, earlier, as_end=True) == 10_400


def test_neighbours_move_together_and_ends_of_the_recording_stay():
    sound = talk((9500, 9900), (20_300, 20_700))
    spans = [(0, 10_000), (10_000, 20_000), (20_000, 30_000)]
    assert move_to_pauses(spans, sound, HOP_MS, PauseRules()) == [
        (0, 9750),
        (9750, 20_550),
        (20_550, 30_000),
    ]


@pytest.mark.parametrize("db", [-127.5, -50.0, -3.0])
def test_nothing_moves_where_all_is_alike(db):
    assert moved(10_000, levels((30_000, db))) == 10_000


def test_digital_silence_elsewhere_does_not_hide_a_room():
    parts = ((9600, -20), (300, -60), (2000, -20), (3000, -127), (5000, -20))
    assert moved(10_000, levels(*parts)) == 9750


def test_no_levels_no_move():
    assert move_to_pauses([(1, 2)], np.zeros(0, np.float32), HOP_MS, PauseRules()) == [(1, 2)]


@settings(max_examples=150)
@given(
    cuts=st.lists(st.integers(0, 30_500), min_size=2, max_size=12, unique=True),
    pauses=st.lists(st.integers(0, 290), max_size=10, unique=True),
    lengths=st.lists(st.integers(1, 90), min_size=10, max_size=10),
    window=st.integers(0, 4000),
    earlier=st.booleans(),
)
def test_boundaries_keep_their_order_and_their_window(cuts, pauses, lengths, window, earlier):
    sound = talk()
    for at, length in zip(pauses, lengths, strict=False):
        sound[at * 10 : at * 10 + length] = -60
    spans = list(pairwise(sorted(cuts)))
    result = move_to_pauses(spans, sound, HOP_MS, PauseRules(window, earlier))
    assert all(start < end for start, end in result)
    assert all(one[1] == two[0] for one, two in pairwise(result))
    for asked, got in zip(spans, result, strict=True):
        assert abs(asked[0] - got[0]) <= window
        assert abs(asked[1] - got[1]) <= window
        assert got[0] <= asked[0] or not earlier


@settings(max_examples=100)
@given(at=st.integers(4000, 26_000), pause=st.integers(-1400, 1200), length=st.integers(13, 60))
def test_no_boundary_stays_in_a_word_where_a_pause_lies_in_the_window(at, pause, length):
    start = max((at + pause) // 10 * 10, 10)
    sound = talk((start, start + length * 10))
    for as_end in (False, True):
        got = moved(at, sound, as_end=as_end)
        if start >= at - 1500 and start + 120 <= at + 1500:
            assert start <= got <= start + length * 10
