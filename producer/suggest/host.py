"""Who leads the conversation: whose questions begin new parts."""

from collections import Counter
from collections.abc import Collection, Sequence

from producer.suggest.turns import SpokenTurn

_QUESTION_MARKS = frozenset("?？؟՞;⁇")
# A host has at least this share of the turns of who has the most.
_LEAST_SHARE = 0.25


def asks(text: str) -> bool:
    """Whether there is a question in it, in the marks of any script."""
    return not _QUESTION_MARKS.isdisjoint(text)


def hosts_of(
    turns: Sequence[SpokenTurn], host_names: Collection[str], guest_names: Collection[str] = ()
) -> frozenset[str]:
    """The speakers that are hosts: those of the names, else who asks the most a word.

    A speaker is one of the names in full, or by a part of it: transcripts mostly have first names.
    """
    speakers = Counter(turn.who for turn in turns)
    named = frozenset(who for who in speakers if _is_one_of(who, host_names))
    if named:
        return named
    others = {who for who in speakers if not _is_one_of(who, guest_names)} or set(speakers)
    questions = Counter(turn.who for turn in turns if asks(turn.text))
    words = Counter[str]()
    for turn in turns:
        words[turn.who] += len(turn.words)
    least = max(speakers.values(), default=0) * _LEAST_SHARE
    often = [who for who in others if speakers[who] >= least and questions[who]]
    if not often:
        return frozenset()
    return frozenset({max(sorted(often), key=lambda who: questions[who] / (words[who] + 1))})


def _is_one_of(who: str, names: Collection[str]) -> bool:
    spoken = who.casefold().strip(" .:").split()
    return bool(spoken) and any(set(spoken) <= set(name.casefold().split()) for name in names)
