"""A draft of an episode from captions: everything that this package does, in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from producer.draft.case import has_sentences, needs_case, restore_case
from producer.draft.fillers import Dropped, drop_fillers
from producer.draft.glossary import Glossary, Replaced
from producer.draft.guests import suggest_guests
from producer.draft.language import language_of
from producer.draft.near_names import NearName, near_names
from producer.draft.paragraphs import paragraphs
from producer.draft.tokens import Token, text_of, tokens_of
from producer.draft.turns import suggest_turns
from producer.draft.vocabulary import Vocabulary
from producer.imports.draft import draft_entries
from producer.imports.model import ImportedHeader, ImportedLine, ImportedTranscript
from producer.model.show import GlossaryName
from producer.times import format_clock, seconds

TODO = "TODO"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowFacts:
    """What the show knows before the episode: `people` maps slugs to names."""

    language: str = "en"
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    glossary: Sequence[GlossaryName] = ()
    people: Mapping[str, str] = field(default_factory=dict)
    hosts: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Entries for `transcript`, and what was done to come to them.

    `turns` counts the suggested ones, the first of the episode left out. `is_drafted` is False
    for a transcript that has paragraphs or speakers already: of it, only names are replaced.
    """

    entries: tuple[dict[str, Any], ...]
    is_drafted: bool
    dropped: tuple[Dropped, ...] = ()
    replaced: tuple[Replaced, ...] = ()
    near: tuple[NearName, ...] = ()
    turns: int = 0
    restored_case: bool = False
    has_sentences: bool = True
    guests: tuple[str, ...] = ()


def draft(imported: ImportedTranscript, facts: ShowFacts, *, keep_fillers: bool = False) -> Draft:
    """Make a draft worth editing. The same input gives the same draft.

    Captions without speakers become paragraphs of suggested turns, the first line of each with
    `who: TODO`. Every word is in the draft, or in what was dropped or replaced.
    """
    if imported.has_paragraphs or any(line.who for line in imported.lines):
        return _kept(imported, facts)
    language = language_of(imported.language or facts.language)
    names = (*(each.name for each in facts.glossary), *facts.people.values())
    tokens = tokens_of(imported.lines)
    written = has_sentences(tokens)
    cased = needs_case(tokens)
    glossary = Glossary(facts.glossary)
    entries: list[dict[str, Any]] = []
    dropped: tuple[Dropped, ...] = ()
    replaced: tuple[Replaced, ...] = ()
    every: list[Token] = []
    turns = 0
    for part in _parts(imported, tokens):
        if isinstance(part, ImportedHeader):
            start = {} if part.start_ms is None else {"sec": seconds(part.start_ms)}
            entries.append({"header": part.title, **start})
            continue
        if not keep_fillers:
            part, gone = drop_fillers(part, language)  # noqa: PLW2901
            dropped += gone
        named, new = glossary.apply(part)
        replaced += new
        if cased:
            named = restore_case(named, facts.vocabulary, names, language)
        starts = suggest_turns(named, language)
        turns += len(starts)
        every += named
        bounds = [0, *starts, len(named)]
        for start_at, end_at in pairwise(bounds):
            entries += _turn(named[start_at:end_at])
    return Draft(
        entries=tuple(entries),
        is_drafted=True,
        dropped=dropped,
        replaced=replaced,
        near=near_names(every, names, facts.vocabulary),
        turns=turns,
        restored_case=cased,
        has_sentences=written,
        guests=suggest_guests(every, facts.people, facts.hosts, facts.vocabulary),
    )


def _parts(
    imported: ImportedTranscript, tokens: Sequence[Token]
) -> list[ImportedHeader | list[Token]]:
    """Headers, and the words between them. Words are counted as `tokens_of` counts them."""
    parts: list[ImportedHeader | list[Token]] = []
    lines: list[ImportedLine] = []
    at = 0
    for entry in (*imported.entries, None):
        if isinstance(entry, ImportedLine):
            lines.append(entry)
            continue
        count = len(tokens_of([replace(line, start_ms=None) for line in lines]))
        if count:
            parts.append(list(tokens[at : at + count]))
        at += count
        lines = []
        if entry is not None:
            parts.append(entry)
    return parts


def _turn(tokens: Sequence[Token]) -> list[dict[str, Any]]:
    """The lines of one suggested turn: the first says that its speaker is to do."""
    made: list[dict[str, Any]] = []
    for paragraph in paragraphs(tokens):
        line: dict[str, Any] = {"line": text_of(paragraph)}
        start_ms = paragraph[0].start_ms
        if start_ms is not None:
            whole_ms = start_ms // 1000 * 1000
            line |= {"sec": seconds(whole_ms), "time": format_clock(whole_ms)}
        made.append(line if made else line | {"who": TODO})
    return made


def _kept(imported: ImportedTranscript, facts: ShowFacts) -> Draft:
    """A transcript that somebody set: as it is, but for names of the glossary."""
    glossary = Glossary(facts.glossary)
    names = (*(each.name for each in facts.glossary), *facts.people.values())
    replaced: tuple[Replaced, ...] = ()
    entries: list[ImportedHeader | ImportedLine] = []
    every: list[Token] = []
    for entry in imported.entries:
        if isinstance(entry, ImportedHeader):
            entries.append(entry)
            continue
        tokens = [Token(text, entry.start_ms) for text in entry.text.split()]
        named, new = glossary.apply(tokens)
        every += named
        replaced += new
        entries.append(replace(entry, text=text_of(named), words=()) if new else entry)
    made = draft_entries(replace(imported, entries=tuple(entries)))
    return Draft(
        entries=tuple(made),
        is_drafted=False,
        replaced=replaced,
        near=near_names(every, names, facts.vocabulary),
        guests=suggest_guests(every, facts.people, facts.hosts, facts.vocabulary),
    )
