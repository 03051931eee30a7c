"""Cues as WebVTT and SRT have them: two times and lines of text."""

from collections.abc import Iterator
from dataclasses import dataclass

from producer.imports.model import ImportProblem


@dataclass(frozen=True, slots=True)
class RawCue:
    """A cue whose text is still as the file has it. `number` is the line of its times."""

    number: int
    start_ms: int
    end_ms: int
    lines: tuple[str, ...]


def ends(cues: list[RawCue], problems: list[ImportProblem]) -> Iterator[int | None]:
    """The ends of cues; None, and a problem, for one that ends before it starts."""
    for cue in cues:
        if cue.end_ms < cue.start_ms:
            problems.append(
                ImportProblem(f"line {cue.number}", "ends before it starts; its end was left out")
            )
        yield cue.end_ms if cue.end_ms >= cue.start_ms else None
