"""What was done to a draft, in lines for a comment at the top of the file and for the terminal."""

from collections.abc import Iterable, Mapping, Sequence

from producer.draft.draft import Draft
from producer.draft.fillers import Dropped, Kind
from producer.text import one_line, truncate_chars
from producer.times import format_clock

# A comment is there to be read.
_MAX_ROWS = 40
_MAX_PLACES = 8
_MAX_CHARS = 60
_KIND_NAMES = {
    Kind.FILLER: ("filler", "fillers"),
    Kind.REPEAT: ("repeated word", "repeated words"),
    Kind.FALSE_START: ("false start", "false starts"),
    Kind.SOUND: ("note of a sound", "notes of sounds"),
}


def report(made: Draft, source: str, people: Mapping[str, str]) -> list[str]:
    """Lines of text, without the `#`. `source` is the file that the draft was made from."""
    lines = [f"Drafted by `producer new` from {_shown(source, 200)}. Delete these lines when done."]
    if made.is_drafted:
        lines += _dropped(made.dropped)
    rows = _rows((each.heard, each.name, each.start_ms) for each in made.replaced)
    if rows:
        lines += [f"Replaced by the glossary, {len(made.replaced)} in all:", *rows]
    if made.near:
        lines += ["Near to a known name, and left as it is:", *near_rows(made)]
    if made.restored_case:
        lines.append("Case: from earlier episodes and known names. Punctuation: as it was.")
    if made.is_drafted and not made.has_sentences:
        lines.append("The captions have no sentences: put in full stops and commas.")
    if made.turns:
        lines.append(
            f"Turns: {_counted(made.turns, 'break', 'breaks')} suggested, each with `who: TODO`. "
            "About half are right, and others are missing."
        )
    if made.guests:
        named = ", ".join(f"{_shown(slug)} ({_shown(people[slug])})" for slug in made.guests)
        lines.append(f"Named in the first minutes, guests perhaps: {named}.")
    return lines


def near_rows(made: Draft) -> list[str]:
    """What is near to a name, a line each."""
    return [
        f'  {_clock(each.start_ms)}"{_shown(each.heard)}" ({each.count}x): {_shown(each.name)}?'
        for each in made.near
    ]


def summary(made: Draft) -> str:
    """One line for the terminal; empty where nothing was done."""
    parts = [
        _counted(len(made.dropped), "word or phrase dropped", "words and phrases dropped"),
        _counted(len(made.replaced), "name replaced", "names replaced"),
        _counted(len(made.near), "near miss of a name", "near misses of names"),
        _counted(made.turns, "turn break suggested", "turn breaks suggested"),
    ]
    return ", ".join(part for part in parts if not part.startswith("0 "))


def _dropped(dropped: Sequence[Dropped]) -> list[str]:
    if not dropped:
        return ["Nothing was dropped."]
    counts = {kind: sum(each.kind is kind for each in dropped) for kind in Kind}
    total = ", ".join(_counted(counts[kind], *_KIND_NAMES[kind]) for kind in Kind if counts[kind])
    rows = _rows((each.text, "", each.start_ms) for each in dropped)
    return [f"Dropped: {total} (`--keep-fillers` keeps them):", *rows]


def _rows(found: Iterable[tuple[str, str, int | None]]) -> list[str]:
    """Each text once, the most frequent first, with how often and where."""
    groups: dict[tuple[str, str], list[int | None]] = {}
    for text, name, start_ms in found:
        groups.setdefault((text.strip(".,;:!?").lower() or text, name), []).append(start_ms)
    ordered = sorted(groups.items(), key=lambda each: -len(each[1]))
    rows = []
    for (text, name), starts in ordered[:_MAX_ROWS]:
        times = [format_clock(start_ms) for start_ms in starts if start_ms is not None]
        places = ", ".join(times[:_MAX_PLACES]) + (", ..." if len(times) > _MAX_PLACES else "")
        new = f" -> {_shown(name)}" if name else ""
        at = f" at {places}" if places else ""
        rows.append(f"  {_shown(text)}{new}: {len(starts)}x{at}")
    if len(ordered) > _MAX_ROWS:
        rows.append(f"  and {len(ordered) - _MAX_ROWS} more")
    return rows


def _clock(start_ms: int | None) -> str:
    return "" if start_ms is None else f"{format_clock(start_ms)} "


def _shown(text: str, limit: int = _MAX_CHARS) -> str:
    return truncate_chars(one_line(text), limit)


def _counted(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"
