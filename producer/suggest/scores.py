"""How well a header would stand above each turn. Nothing is learned: a formula of five terms."""

import math
from collections.abc import Collection, Sequence
from itertools import accumulate, chain

from producer.suggest.cues import has_cue
from producer.suggest.host import asks
from producer.suggest.likeness import Likeness
from producer.suggest.turns import SpokenTurn

# Round numbers; cross-validation on real episodes (benchmarks/suggest.py) finds the same region,
# and halving or doubling any of them changes little.
_TURN = 0.5
_NEXT_TURN = 0.5
_QUESTION = 1.0
_CUE = 0.5
_LIKENESS = 2.0


def scores(turns: Sequence[SpokenTurn], hosts: Collection[str]) -> list[float]:
    """A score for each turn, the higher the better.

    A part begins with a long turn that a long one answers, with a question of a host, with a cue
    phrase, and where the words change.
    """
    likeness = Likeness(tuple(chain.from_iterable(turn.words for turn in turns)))
    lengths = [math.log(1 + len(turn.words)) for turn in turns]
    return [
        _TURN * length
        + _NEXT_TURN * following
        + _QUESTION * (turn.who in hosts and asks(turn.text))
        + _CUE * has_cue(turn.text)
        - _LIKENESS * likeness.around(start)
        for turn, start, length, following in zip(
            turns, starts_in_words(turns), lengths, [*lengths[1:], 0.0], strict=False
        )
    ]


def starts_in_words(turns: Sequence[SpokenTurn]) -> list[int]:
    """How many words are said before each turn."""
    return list(accumulate((len(turn.words) for turn in turns), initial=0))[:-1]
