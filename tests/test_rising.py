"""The longest rising row: against a brute force over all selections."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from producer.derive.rising import longest_rising


def brute_force(values: list[int], *, strictly: bool) -> list[int]:
    """The first of the longest: combinations come in the order of their indices."""
    for size in range(len(values), 0, -1):
        for indices in combinations(range(len(values)), size):
            picked = [values[index] for index in indices]
            if all(a < b or (a == b and not strictly) for a, b in pairwise(picked)):
                return list(indices)
    return []


@given(st.lists(st.integers(0, 6), max_size=9), st.booleans())
@settings(max_examples=300)
def test_as_long_as_any_and_the_earliest_of_them(values: list[int], strictly: bool) -> None:
    assert longest_rising(values, strictly=strictly) == brute_force(values, strictly=strictly)


@pytest.mark.parametrize(
    ("values", "strict", "loose"),
    [
        ([], [], []),
        ([5], [0], [0]),
        ([1, 2, 3], [0, 1, 2], [0, 1, 2]),
        ([3, 2, 1], [0], [0]),
        ([2, 2, 2], [0], [0, 1, 2]),
        ([10, 900, 20, 30], [0, 2, 3], [0, 2, 3]),
        ([10, 20, 5, 30], [0, 1, 3], [0, 1, 3]),
        ([50, 60, 10, 20], [0, 1], [0, 1]),
        ([1, 1, 2, 2], [0, 2], [0, 1, 2, 3]),
    ],
)
def test_by_hand(values: list[int], strict: list[int], loose: list[int]) -> None:
    assert longest_rising(values, strictly=True) == strict
    assert longest_rising(values, strictly=False) == loose


def test_of_two_equally_long_the_earlier_is_kept() -> None:
    assert longest_rising([100, 50], strictly=True) == [0]
    assert longest_rising([0, 100, 50, 200], strictly=True) == [0, 1, 3]


def test_many_values_are_quick() -> None:
    values = [(index * 7919) % 100_003 for index in range(100_000)]
    kept = longest_rising(values, strictly=True)
    picked = [values[index] for index in kept]
    assert picked == sorted(set(picked))
    assert longest_rising(list(range(100_000)), strictly=True) == list(range(100_000))
