"""What each change on the page comes to in the file: the fewest keys that say it."""

from collections.abc import Callable, Mapping

from producer.derive.derived import Derived
from producer.model.episode import Line
from producer.preview.asked import Asked
from producer.preview.clip_edits import add_clip, delete_clip
from producer.preview.errors import RefusedError
from producer.preview.header_edits import add_header, delete_header, move_header, rename_header
from producer.preview.planned import Planned, entry_of
from producer.source.edit import Remove, Set
from producer.text import count_words
from producer.times import MAX_MS, seconds

Planner = Callable[[Derived, Asked], Planned]


def set_text(derived: Derived, asked: Asked) -> Planned:
    """Other words in a line."""
    line = entry_of(derived, asked, Line)
    text = asked.line("text")
    if not text:
        raise RefusedError("a line has words", hint="delete its entry in the file instead")
    change = count_words(text) - line.words
    words = f" ({change:+} word{'' if abs(change) == 1 else 's'})" if change else ""
    return Planned(f"line corrected{words}", (Set(("transcript", line.index, "line"), text),))


def set_speaker(derived: Derived, asked: Asked) -> Planned:
    """Another speaker of a line, and so of the paragraphs without `who` that go on from it."""
    line = entry_of(derived, asked, Line)
    who = asked.line("who")
    path = ("transcript", line.index, "who")
    has_own = derived.episode.where(*path) is not None
    if not who:
        if not has_own:
            raise RefusedError("the line has no speaker of its own")
        return Planned("speaker taken out", (Remove(path),))
    return Planned(f"speaker: {who}", (Set(path, who),))


def set_offset(derived: Derived, asked: Asked) -> Planned:
    """`audio.offset`, to the hundredth of a second; what is heard by ear is no finer."""
    offset_ms = round(asked.integer("offset_ms", -MAX_MS, MAX_MS), -1)
    value = seconds(offset_ms)
    edit = Set(("audio", "offset"), value, ("transcript",))
    return Planned(f"audio.offset: {value} s", (edit,))


# By the name that the page sends.
PLANNERS: Mapping[str, Planner] = {
    "move-header": move_header,
    "rename-header": rename_header,
    "add-header": add_header,
    "delete-header": delete_header,
    "set-text": set_text,
    "set-speaker": set_speaker,
    "set-offset": set_offset,
    "add-clip": add_clip,
    "delete-clip": delete_clip,
}


def plan(derived: Derived, asked: Asked) -> Planned:
    """The edits that a request asks for. Raises RequestError where it makes no sense."""
    kind = asked.raw("kind")
    planner = PLANNERS.get(kind)
    if planner is None:
        raise RefusedError(f"there is no edit {kind[:40]!r}")
    return planner(derived, asked)
