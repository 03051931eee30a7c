"""Reading the `soundbites` of an episode."""

import yaml

from producer.model.soundbite import SoundbiteMark
from producer.read.fields import Fields, Pairs
from producer.times import parse_clock, parse_seconds

# Each is looked for in the whole transcript.
MAX_SOUNDBITES = 100
_HINT = "give it a `quote`, or a `start` with an `end` or a `duration`"


def read_soundbites(fields: Fields, node: yaml.Node | None) -> tuple[SoundbiteMark, ...]:
    """The entries that say where they are, by words or by times; the others are problems."""
    items = fields.items(node, "soundbites")
    if len(items) > MAX_SOUNDBITES:
        message = f"{len(items)} soundbites: only the first {MAX_SOUNDBITES} count"
        fields.flag("B101", message, items[MAX_SOUNDBITES], "an app shows a few at most")
    marks = (_mark(fields, item, at) for at, item in enumerate(items[:MAX_SOUNDBITES]))
    return tuple(mark for mark in marks if mark is not None)


def _mark(fields: Fields, item: yaml.Node, index: int) -> SoundbiteMark | None:
    found_before = len(fields.problems)
    pairs = fields.mapping_or(item, "quote", "a soundbite")
    title = fields.line(pairs.get("title"), "title")
    quote = fields.line(pairs.get("quote"), "quote")
    start_ms = _time(fields, pairs, "start")
    end_ms = _time(fields, pairs, "end")
    duration_ms = _time(fields, pairs, "duration")
    if len(fields.problems) > found_before:
        return None
    wrong = ""
    if quote and (start_ms, end_ms, duration_ms) != (None, None, None):
        wrong = "has a quote and times"
    elif end_ms is not None and duration_ms is not None:
        wrong = "has an end and a duration"
    elif not quote and start_ms is None:
        wrong = "has neither a quote nor a start"
    elif not quote and end_ms is None and duration_ms is None:
        wrong = "has no end"
    elif start_ms is not None:
        end_ms = start_ms + duration_ms if duration_ms is not None else end_ms
        if end_ms is not None and end_ms <= start_ms:
            wrong = "ends before it starts"
    if wrong:
        fields.flag("B101", f"the soundbite {wrong}", item, _HINT)
        return None
    return SoundbiteMark(title, quote, start_ms, end_ms, index)


def _time(fields: Fields, pairs: Pairs, key: str) -> int | None:
    """Seconds, or a clock's time; None where there is none, or none that can be read."""
    node = pairs.get(key)
    text = fields.text(node, key)
    if node is None or not text:
        return None
    try:
        return parse_clock(text) if ":" in text else parse_seconds(text)
    except ValueError:
        message = f"{key} should be seconds or a time, not `{text}`"
        fields.flag("B101", message, node, "write 75, 75.5 or 1:15")
        return None
