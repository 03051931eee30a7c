"""What a build did, or with `--dry-run` would have done."""

from dataclasses import dataclass, field

from producer.errors import ProducerError
from producer.problems import Problem


@dataclass(slots=True)
class BuildReport:
    """Paths in the output folder, each with the reason; problems in the order of the episodes.

    `failures` are files that could not be read at all: their episodes stay as they were.
    """

    episodes: int = 0
    unchanged: int = 0
    written: dict[str, str] = field(default_factory=dict)
    removed: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    failures: list[ProducerError] = field(default_factory=list)
