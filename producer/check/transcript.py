"""Rules for the lines of a transcript."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, pairwise

import yaml

from producer.check.todo import is_to_do
from producer.derive.derived import Derived
from producer.derive.rising import longest_rising
from producer.model.episode import Line
from producer.problems import Problem
from producer.source.document import Path
from producer.source.source import Span
from producer.times import format_clock, parse_clock, parse_seconds

# A pause longer than this is a mistyped time, or a part of the recording that has no transcript.
GAP_MS = 10 * 60_000
# About five minutes of speech; the longest paragraphs that are met have a third of it.
LINE_CHARS = 5000
# A speaker's name longer than this is a paragraph that slipped into the wrong key.
SPEAKER_CHARS = 60
_SPEAKERS = 50
# UTF-8 read as Windows-1252, as `é` becomes `Ã©` and `’` becomes `â€™`.
_MOJIBAKE = re.compile("[ÂÃ][\u0080-\u00bf]|â€.|ðŸ.|ï»¿|\ufffd")

# What no one types: C0 and C1 but tab and line ends, and what overrides the direction of text.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
_TEXT_KEYS = ("title", "short", "description", "intro")


def time_and_sec_disagree(derived: Derived) -> Iterator[Problem]:
    """T106: `time` is for people and `sec` for machines; they should say the same second."""
    episode = derived.episode
    for index, values in episode.raw_entries:
        if "time" not in values or "sec" not in values:
            continue
        try:
            time_ms = parse_clock(values["time"].value)
            sec_ms = parse_seconds(values["sec"].value)
        except ValueError:
            continue  # reported by the reader
        if time_ms // 1000 != sec_ms // 1000:
            yield episode.problem(
                "T106",
                f"time {values['time'].value} and sec {values['sec'].value} disagree",
                episode.where_value("transcript", index, "time"),
                f"sec counts; write time: '{format_clock(sec_ms)}', or mend sec",
            )


def times_run_backwards(derived: Derived) -> Iterator[Problem]:
    """T107: the fewest lines that have to be blamed for times that do not rise, as blocks."""
    timed = [line for line in derived.episode.lines if line.start_ms is not None]
    starts = [line.start_ms or 0 for line in timed]
    kept = set(longest_rising(starts, strictly=False))
    blocks = groupby(range(len(timed)), key=lambda position: position in kept)
    for is_kept, members in blocks:
        if is_kept:
            continue
        block = list(members)
        first, count = block[0], len(block)
        above_ms = starts[first - 1] if first else 0
        at = format_clock(starts[first])
        who = "this line starts" if count == 1 else f"{count} lines start, from here on,"
        if starts[first] < above_ms:
            off = f"{format_clock(above_ms - starts[first])} before the line above"
        else:
            below = next((starts[p] for p in range(block[-1] + 1, len(starts))), starts[first])
            off = f"{format_clock(starts[first] - below)} after the line below"
        yield derived.episode.problem(
            "T107",
            f"times run backwards: {who} at {at}, {off}",
            _time_span(derived, timed[first]),
            "mend `sec` and `time`; until then the times around it count",
        )


def lines_without_time(derived: Derived) -> Iterator[Problem]:
    """T108: lines that name a speaker but no time; one problem for each stretch.

    A line with neither is a further paragraph of its turn, and as it should be (DESIGN 3).
    """
    if all(line.start_ms is None for line in derived.episode.lines):
        return  # T105 says so once
    lacking = {
        index for index, values in derived.episode.raw_entries if _has(values, "who", no="sec")
    }
    hint = "captions and links to the line are interpolated; give it `sec`"
    yield from _stretches(derived, "T108", lacking, "no time", hint)


def lines_without_speaker(derived: Derived) -> Iterator[Problem]:
    """T109: lines that have a time but name nobody; one problem for each stretch."""
    # Below a speaker who is to do, there is one thing to do (F116).
    undecided = {line.index for line in derived.episode.lines if is_to_do(line.who)}
    lacking = {
        index for index, values in derived.episode.raw_entries if _has(values, "sec", no="who")
    } - undecided
    hint = "the speaker above is taken; give it `who`"
    yield from _stretches(derived, "T109", lacking, "no speaker", hint)


def speaker_near_miss(derived: Derived) -> Iterator[Problem]:
    """T110: a name that occurs once or twice and looks like another one, or like a sentence."""
    episode = derived.episode
    counts = Counter(line.who for line in episode.lines if line.who)
    # No one has more guests: of a thousand names none is a near miss.
    frequent = counts.most_common(_SPEAKERS)
    for index, values in episode.raw_entries:
        who = " ".join(values["who"].value.split()) if "who" in values else ""
        path = ("transcript", index, "who")
        if len(who) > SPEAKER_CHARS:
            message = "the speaker's name is a sentence"
            yield episode.problem(
                "T110", message, episode.where_value(*path), "was it meant to be the `line`?"
            )
        elif who and counts[who] <= 2:
            meant = _near(who, [name for name, count in frequent if count > 2 * counts[who]])
            if meant:
                message = f'speaker "{who}" occurs {_times(counts[who])}'
                yield episode.problem(
                    "T110", message, episode.where_value(*path), f'was "{meant}" meant?'
                )


def damaged_text(derived: Derived) -> Iterator[Problem]:
    """T111: text that was read in the wrong encoding, or lost characters, on its way here."""
    episode = derived.episode
    for key in _TEXT_KEYS:
        value = episode.data.get(key)
        if isinstance(value, str):
            yield from _damage(derived, value, (key,))
    for index, values in episode.raw_entries:
        for key in ("header", "line", "who"):
            if key in values:
                yield from _damage(derived, values[key].value, ("transcript", index, key))


def _damage(derived: Derived, text: str, path: Path) -> Iterator[Problem]:
    # Most text is neither, and it is quick to see.
    if not text.isascii() and (found := _MOJIBAKE.search(text)):
        message = f"damaged text: `{found[0]}`"
        hint = "UTF-8 was read as something else; copy the text again"
    elif not text.isprintable() and (found := _CONTROL.search(text)):
        message = f"control character U+{ord(found[0]):04X} in the text"
        hint = "delete it; outputs leave it out"
    else:
        return
    yield derived.episode.problem("T111", message, derived.episode.where_value(*path), hint)


def absurd_gap(derived: Derived) -> Iterator[Problem]:
    """T112: nobody says anything for a long time."""
    for turn, following in pairwise(derived.turns):
        gap_ms = following.start_ms - turn.start_ms
        if gap_ms > GAP_MS:
            yield derived.episode.problem(
                "T112",
                f"{format_clock(gap_ms)} pass between the line above and this one",
                _time_span(derived, following.lines[0]),
                "is the time right, and nothing of the transcript missing?",
            )


def absurd_length(derived: Derived) -> Iterator[Problem]:
    """T113: a line that no one says in one paragraph."""
    for line in derived.episode.lines:
        if len(line.text) > LINE_CHARS:
            yield derived.episode.problem(
                "T113",
                f"the line has {len(line.text)} characters",
                derived.episode.where("transcript", line.index, "line"),
                "is it a whole transcript, or an entry whose `-` is missing? Break it up",
            )


def _has(values: Mapping[str, yaml.ScalarNode], key: str, *, no: str) -> bool:
    """Whether an entry is a line with one of the keys and not the other; `time` counts as `sec`."""
    present = {"sec" if name == "time" else name for name in values}
    return "line" in present and key in present and no not in present


def _stretches(
    derived: Derived, code: str, lacking: set[int], what: str, hint: str
) -> Iterator[Problem]:
    for is_lacking, members in groupby(derived.episode.lines, key=lambda ln: ln.index in lacking):
        lines = list(members)
        if is_lacking:
            count = len(lines)
            message = f"line with {what}" if count == 1 else f"{count} lines with {what} from here"
            place = derived.episode.where("transcript", lines[0].index, "line")
            yield derived.episode.problem(code, message, place, hint)


def _near(name: str, others: Iterable[str]) -> str | None:
    known = sorted(others)
    matches = difflib.get_close_matches(name, known, n=1, cutoff=0.75)
    if matches:
        return matches[0]
    return next((other for other in known if name.startswith(other)), None)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _time_span(derived: Derived, line: Line) -> Span | None:
    episode = derived.episode
    return episode.where_value("transcript", line.index, "sec") or episode.where_value(
        "transcript", line.index, "time"
    )
