"""Where the clips of an episode are cut: where they are asked for, or at a pause nearby."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from producer.derive.clips import Clip
from producer.derive.derived import Derived
from producer.derive.soundbites import Soundbite

if TYPE_CHECKING:
    from producer.audio.analysis import Analysis
    from producer.audio.pauses import PauseRules


@dataclass(frozen=True, slots=True)
class ClipSpan:
    """A clip on the audio timeline: the span that was asked for, and the one that is cut."""

    asked_ms: tuple[int, int]
    cut_ms: tuple[int, int]

    @property
    def moved_ms(self) -> tuple[int, int]:
        """How far start and end went; below 0 for earlier."""
        return (self.cut_ms[0] - self.asked_ms[0], self.cut_ms[1] - self.asked_ms[1])


# By the names of the clips' files. What the audio does not hold is not in it.
ClipSpans = Mapping[str, ClipSpan]


def asked_spans(derived: Derived) -> ClipSpans:
    """All clips and soundbites that the audio holds, cut where they are asked for."""
    return {
        clip.file_name: ClipSpan(span, span)
        for clip in clips_and_soundbites(derived)
        if (span := derived.timeline.span(clip.start_ms, clip.end_ms))
    }


def moved_spans(derived: Derived, analysis: "Analysis", rules: "PauseRules") -> ClipSpans:
    """The same with each boundary moved to a pause nearby.

    Neighbouring chapters go on sharing their boundaries; a soundbite moves by itself.
    """
    from producer.audio.pauses import move_to_pauses

    asked = asked_spans(derived)
    levels = analysis.levels_db()
    hop_ms = analysis.hop_samples * 1000 / analysis.sample_rate
    groups = [[clip.file_name for clip in derived.clips if clip.file_name in asked]]
    groups += [[bite.file_name] for bite in derived.soundbites if bite.file_name in asked]
    spans = {}
    for names in groups:
        cut = move_to_pauses([asked[name].asked_ms for name in names], levels, hop_ms, rules)
        for name, span in zip(names, cut, strict=True):
            spans[name] = ClipSpan(asked[name].asked_ms, span)
    return spans


def clips_and_soundbites(derived: Derived) -> tuple[Clip | Soundbite, ...]:
    """Everything that is cut out of an episode."""
    return (*derived.clips, *derived.soundbites)
