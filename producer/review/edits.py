"""From an edited document to the fewest edits of the episode file that say the same."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from producer.errors import EditError
from producer.imports.model import ImportedEntry, ImportedHeader, ImportedLine, ImportedTranscript
from producer.model.episode import Episode, Header, Line
from producer.read.fields import Fields, Pairs
from producer.review.align import Pair, align
from producer.review.document import as_imported
from producer.source.document import Document, plain_data
from producer.source.edit import Edit, Insert, Remove, Set
from producer.times import format_clock, seconds

_TRANSCRIPT = "transcript"


def transcript_edits(episode: Episode, imported: ImportedTranscript) -> list[Edit]:
    """The edits that make the episode's transcript that of a document it was exported to.

    An entry that the document has as it was is not touched, and of one that changed only the keys
    that did. Applied one after the other (`producer.source.edit.apply`), they give a file in which
    every header and line reads as in the document. Raises EditError for an entry that is a header
    and a line in one, and ValueError for an episode that was not read from a file.
    """
    if episode.document is None:
        raise ValueError("this episode was not read from a file")
    old = list(_heard(map(as_imported, episode.transcript)))
    new = list(_heard(imported.entries))
    if old == new:
        return []
    if not plain_data(episode.document.find((_TRANSCRIPT,))):
        return [Set((_TRANSCRIPT,), list(_data(new)))]
    _refuse_shared_entries(episode)
    return _edits(episode, episode.document, align(old, new), new)


def _heard(entries: Iterable[ImportedEntry]) -> Iterator[ImportedEntry]:
    """The entries as far as a transcript holds them, with the speaker heard in each line."""
    who = ""
    for entry in entries:
        if isinstance(entry, ImportedLine):
            who = entry.who or who
            yield ImportedLine(entry.start_ms, None, who, entry.text)
        else:
            yield entry


def _data(entries: Sequence[ImportedEntry], who: str = "") -> Iterator[dict[str, Any]]:
    """Entries as a file has them; `who` is the speaker of the line before."""
    for entry in entries:
        start: dict[str, Any] = {}
        if entry.start_ms is not None:
            start["sec"] = seconds(entry.start_ms)
        if isinstance(entry, ImportedHeader):
            yield {"header": entry.title, **start}
            continue
        if entry.start_ms is not None:
            start["time"] = format_clock(entry.start_ms)
        names_speaker = entry.who and (entry.start_ms is not None or entry.who != who)
        yield {"line": entry.text, **start, **({"who": entry.who} if names_speaker else {})}
        who = entry.who or who


def _refuse_shared_entries(episode: Episode) -> None:
    indices = [entry.index for entry in episode.transcript]
    shared = next((index for index in indices if indices.count(index) > 1), None)
    if shared is not None:
        path, line, _ = episode.position(_TRANSCRIPT, shared) or (episode.slug, 0, 0)
        raise EditError(
            f"{path}:{line}: an entry is both a header and a line", hint="make it two entries"
        )


def _edits(
    episode: Episode, document: Document, pairs: Sequence[Pair], new: Sequence[ImportedEntry]
) -> list[Edit]:
    """Keys first, then whole entries from the last one up, so that every index holds when used."""
    fields = Fields(document, "F", [])
    sets: list[Edit] = []
    moves: list[Edit] = []
    at, who = 0, ""
    for before, after in pairs:
        old = None if before is None else episode.transcript[before]
        entry = None if after is None else new[after]
        if old is None:
            assert entry is not None
            moves.append(Insert((_TRANSCRIPT,), at, next(_data([entry], who))))
        elif entry is None:
            moves.append(Remove((_TRANSCRIPT, old.index)))
        else:
            node = document.find((_TRANSCRIPT, old.index))
            pairs_of = fields.pairs(node, "an entry")
            own = fields.line(pairs_of.get("who"), "who")
            sets += _text_edits(old, entry)
            sets += _time_edits(old, entry, pairs_of)
            if isinstance(entry, ImportedLine):
                sets += _speaker_edits(old.index, own, who, entry.who)
        at = at if old is None else old.index + 1
        who = entry.who if isinstance(entry, ImportedLine) else who
    return [*sets, *reversed(moves)]


def _text_edits(old: Header | Line, entry: ImportedEntry) -> Iterator[Edit]:
    is_header = isinstance(entry, ImportedHeader)
    before = old.title if isinstance(old, Header) else old.text
    after = entry.title if isinstance(entry, ImportedHeader) else entry.text
    if before != after:
        yield Set((_TRANSCRIPT, old.index, "header" if is_header else "line"), after)


def _time_edits(old: Header | Line, entry: ImportedEntry, keys: Pairs) -> Iterator[Edit]:
    """`sec`, `time` or both, as the entry has them; a line that has neither gets both."""
    start_ms = entry.start_ms
    if start_ms == old.start_ms:
        return
    path = (_TRANSCRIPT, old.index)
    has_sec, has_time = "sec" in keys, "time" in keys
    if start_ms is None:
        yield from (Remove((*path, key)) for key in ("sec", "time") if key in keys)
        return
    if has_sec or not has_time or start_ms % 1000:
        yield Set((*path, "sec"), seconds(start_ms), ("time", "who"))
    if has_time or (not has_sec and isinstance(old, Line)):
        yield Set((*path, "time"), format_clock(start_ms), ("who",))


def _speaker_edits(index: int, own: str, carried: str, wanted: str) -> Iterator[Edit]:
    """`who`, where the line would else be heard from another speaker."""
    path = (_TRANSCRIPT, index, "who")
    if (own or carried) != wanted:
        yield Set(path, wanted) if wanted else Remove(path)
