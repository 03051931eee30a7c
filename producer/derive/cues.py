"""Cues: what captions show, from the lines. A cue ends where the next begins (DESIGN 2)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from producer.derive.timeline import AudioTimeline
from producer.derive.turns import Turn

# Two lines of 42 characters: what fits a screen and can be read in the time that it takes to say.
LINE_CHARS = 42
CUE_CHARS = 2 * LINE_CHARS

# Up to the last end of a sentence, and of a clause.
_SENTENCES = re.compile(r".*[.!?…][\"'”’)\]]*\s", re.DOTALL)
_CLAUSES = re.compile(r".*[,;:–—][\"'”’)\]]*\s", re.DOTALL)


class Cue(NamedTuple):
    """A span of speech by one speaker (empty where nobody is named), short enough to show.

    Speaker and text are on one line each, with single blanks between words.
    """

    start_ms: int
    end_ms: int
    speaker: str
    text: str


def derive_cues(turns: Sequence[Turn], duration_ms: int) -> tuple[Cue, ...]:
    """The cues of a transcript on the video timeline: rising, touching, none without length.

    Inside a turn, times are interpolated by the characters.
    """
    cues: list[Cue] = []
    for position, turn in enumerate(turns):
        last = position + 1 == len(turns)
        end_ms = max(duration_ms, turn.start_ms + 1) if last else turns[position + 1].start_ms
        pieces = [
            (line.who, piece) for line in turn.lines for piece in split_text(line.text, CUE_CHARS)
        ]
        cues.extend(_timed(_crowded(pieces, end_ms - turn.start_ms), turn.start_ms, end_ms))
    return tuple(cues)


def _crowded(pieces: list[tuple[str, str]], span_ms: int) -> list[tuple[str, str]]:
    """No more pieces than milliseconds: what cannot have a time of its own joins the one before."""
    if len(pieces) <= span_ms:
        return pieces
    kept = pieces[: span_ms - 1]
    who = pieces[len(kept)][0]
    return [*kept, (who, " ".join(text for _, text in pieces[len(kept) :]))]


def _timed(pieces: list[tuple[str, str]], start_ms: int, end_ms: int) -> Iterator[Cue]:
    total = sum(len(text) for _, text in pieces)
    span, said, at = end_ms - start_ms, 0, start_ms
    latest = end_ms - len(pieces)
    for who, text in pieces:
        said += len(text)
        latest += 1
        until = start_ms + span * said // total
        # At least a millisecond for this one, and for each that is still to come.
        if until <= at:
            until = at + 1
        until = min(until, latest)
        yield Cue(at, until, who, text)
        at = until


def split_text(text: str, limit: int) -> list[str]:
    """Pieces of at most `limit` characters, cut after a sentence, else a clause, else a word.

    Joined by blanks they give the text back; only a single word over the limit is cut inside.
    """
    pieces: list[str] = []
    at, end = 0, len(text)
    while end - at > limit:
        # Only a window is looked at: a paragraph may be megabytes of it.
        window = text[at : at + limit + 1]
        cut = _cut(window, limit)
        pieces.append(window[:cut].rstrip())
        at += cut
        while at < end and text[at].isspace():
            at += 1
    return [*pieces, text[at:]] if at < end else pieces


def _cut(window: str, limit: int) -> int:
    # A tail of a word or two makes a bad cue: rather cut near the middle of what is left.
    wanted = limit // 3
    for pattern in (_SENTENCES, _CLAUSES):
        match = pattern.match(window)
        if match is not None and match.end() >= wanted:
            return match.end()
    blank = window.rfind(" ")
    return blank + 1 if blank > 0 else limit


def audio_cues(cues: Iterable[Cue], timeline: AudioTimeline) -> tuple[Cue, ...]:
    """The cues as the audio has them."""
    if timeline == AudioTimeline():  # the video's own
        return tuple(cues)
    moved = ((cue, timeline.span(cue.start_ms, cue.end_ms)) for cue in cues)
    return tuple(
        cue if span == cue[:2] else Cue(*span, cue.speaker, cue.text) for cue, span in moved if span
    )
