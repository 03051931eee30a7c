"""Words, terms and hosts."""

import pytest
from builders import line, transcript
from hypothesis import given
from hypothesis import strategies as st

from producer.suggest.host import hosts_of
from producer.suggest.terms import terms_of_parts
from producer.suggest.turns import spoken_turns
from producer.suggest.words import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Let's GO, now!", ["let's", "go", "now"]),
        ("it’s A/B-testing_v2", ["it's", "a", "b-testing", "v2"]),
        ("Größe  „wie“ — so?", ["größe", "wie", "so"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("日本語のAPI", ["日本", "本語", "語の", "api"]),
        ("e\u0301tude", ["e\u0301tude"]),
        ("... -- ''", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text())
def test_any_text_has_words_or_none(text: str) -> None:
    assert all(word and len(word) <= 200 and not word.isspace() for word in words(text))


def test_terms_set_parts_apart() -> None:
    parts = [
        "The Organ, the organ and the wind in 1842.",
        "The bread and the bread and yeast.",
        "The sea, the sea and the ship.",
    ]
    assert [terms[0] for terms in terms_of_parts(parts)] == ["Organ", "bread", "sea"]
    assert all("the" not in terms and "1842" not in terms for terms in terms_of_parts(parts))
    assert terms_of_parts(["alone"]) == [()]
    assert terms_of_parts(parts, limit=1) == [("Organ",), ("bread",), ("sea",)]


def test_hosts() -> None:
    turns = spoken_turns(
        transcript(
            [
                line(0, "How are you? " * 9, "Maren"),
                line(5, "Well, and you? " + "I went on and on. " * 30, "Ada"),
                line(9, "Good?", "Maren"),
                line(12, "Hm.", "Ada"),
            ]
        )
    )
    assert hosts_of(turns, []) == {"Maren"}
    assert hosts_of(turns, ["Ada Smith"]) == {"Ada"}
    assert hosts_of(turns, ["Nobody Here"], ["Maren Tolliver"]) == {"Ada"}
    assert hosts_of((), ["Ada"]) == frozenset()
