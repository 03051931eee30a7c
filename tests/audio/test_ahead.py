"""Values that a thread takes ahead of those who use them."""

from collections.abc import Iterator
from threading import current_thread, main_thread

import pytest

from producer.audio.ahead import ahead


def test_all_values_come_in_their_order() -> None:
    assert list(ahead(iter(range(100)))) == list(range(100))
    assert list(ahead(iter(()))) == []


def test_none_is_a_value() -> None:
    assert list(ahead(iter((None, 0, None)))) == [None, 0, None]


def test_they_are_made_in_another_thread() -> None:
    def names() -> Iterator[bool]:
        yield current_thread() is main_thread()

    assert list(ahead(names())) == [False]


def test_an_error_comes_after_the_values_before_it() -> None:
    def broken() -> Iterator[int]:
        yield 1
        yield 2
        raise LookupError("here")

    values = ahead(broken())
    assert [next(values), next(values)] == [1, 2]
    with pytest.raises(LookupError, match=r"^here$"):
        next(values)


def test_once_closed_no_more_is_taken() -> None:
    taken = []

    def counted() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    values = ahead(counted())
    assert next(values) == 0
    values.close()
    before = len(taken)
    assert before < 10
    assert taken == list(range(before))
    assert list(values) == []
    assert len(taken) == before
