"""The table of mends, and one episode mended by all of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from producer.check.silence import Silencing, audible
from producer.derive.derived import Derived, derive
from producer.errors import EditError
from producer.fix.clips import mend_clips
from producer.fix.duration import mend_duration
from producer.fix.guid import mend_guid
from producer.fix.headers import mend_headers
from producer.fix.mend import Finding, Left, Mend
from producer.fix.times import mend_times
from producer.fix.video import mend_video
from producer.model.episode import Episode
from producer.problems import Problem
from producer.read.episode import read_episode
from producer.source.document import Document
from producer.source.edit import Edit, apply
from producer.source.source import Source

Fix = Callable[[Derived], Iterator[Finding]]

# Those that move entries of the transcript come last: paths mean the file as it was read.
FIXES: tuple[Fix, ...] = (
    mend_guid,
    mend_video,
    mend_duration,
    mend_clips,
    mend_times,
    mend_headers,
)


@dataclass(frozen=True)
class Fixed:
    """An episode file after all mends: what was done, what was left, and what cannot be edited."""

    before: Source
    after: Source
    mends: tuple[Mend, ...]
    left: tuple[Problem, ...]
    refused: tuple[EditError, ...] = ()


def fix_episode(derived: Derived, silencings: Sequence[Silencing] = ()) -> Fixed:
    """Mend what has one right answer in an episode's file; writes nothing.

    What is silenced is as its author wants it, and stays. A mend that the editor refuses leaves
    the others standing.
    """
    source = derived.episode.source
    wanted: list[Mend] = []
    left: list[Problem] = []
    for fix in FIXES:
        for finding in fix(derived):
            if isinstance(finding, Left):
                left += audible([finding.problem], silencings)
            elif edits := _wanted(derived.episode, finding, silencings):
                wanted.append(replace(finding, edits=edits))
    after, mends, refused = _apply(source, wanted, derived.episode.document)
    fixed = Fixed(source, after, mends, tuple(left), refused)
    if not any(mend.moves_starts for mend in mends):
        return fixed
    # Headers between those that were merged may be repeats themselves now.
    again = fix_episode(_again(derived, after), silencings)
    return replace(
        again, before=source, mends=(*mends, *again.mends), refused=(*refused, *again.refused)
    )


def _again(derived: Derived, source: Source) -> Derived:
    """The episode as the mended file has it."""
    episode, _ = read_episode(derived.episode.slug, source.path, source.encode())
    assert episode is not None, "the editor has read it"
    return derive(episode, derived.show, {}, derived.timeline.length_ms)


def _apply(
    source: Source, wanted: Sequence[Mend], document: Document | None = None
) -> tuple[Source, tuple[Mend, ...], tuple[EditError, ...]]:
    """All mends at once; one by one where the editor refuses, so that only the refused is lost."""
    try:
        edits = [edit for mend in wanted for edit in mend.edits]
        return apply(source, edits, document=document), tuple(wanted), ()
    except EditError as error:
        if len(wanted) == 1:
            return source, (), (error,)
    done: list[Mend] = []
    refused: list[EditError] = []
    for mend in wanted:
        source, made, errors = _apply(source, [mend])
        done += made
        refused += errors
    return source, tuple(done), tuple(refused)


def _wanted(episode: Episode, mend: Mend, silencings: Sequence[Silencing]) -> tuple[Edit, ...]:
    """The edits of a mend that nobody has silenced, for the show or at their lines."""
    of_codes = [each for each in silencings if each.code in mend.codes]
    if any(not each.lines for each in of_codes):
        return ()
    lines = {line for each in of_codes for line in each.lines}
    wanted = tuple(edit for edit in mend.edits if not lines & _lines(episode, edit))
    return () if mend.hold_together and wanted != mend.edits else wanted


def _lines(episode: Episode, edit: Edit) -> set[int]:
    """The lines that an edit is about, as problems name them: 1 for a key that is not there."""
    spans = (episode.where(*edit.path), episode.where_value(*edit.path))
    found = {episode.source.position(span.start)[0] for span in spans if span}
    return found or {1}
