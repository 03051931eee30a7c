"""What a mend is: edits of one episode file that belong together."""

from dataclasses import dataclass

from producer.problems import Problem
from producer.source.edit import Edit


@dataclass(frozen=True, slots=True)
class Mend:
    """Edits that mend problems of the given codes, and in a few words what they do.

    Edits that only hold together are made all or not at all.
    """

    codes: tuple[str, ...]
    what: str
    edits: tuple[Edit, ...]
    hold_together: bool = False
    moves_starts: bool = False
    """Whether other entries may mean something else afterwards."""


@dataclass(frozen=True, slots=True)
class Left:
    """Something that looks mendable and has more than one answer: the problem says which."""

    problem: Problem


Finding = Mend | Left
