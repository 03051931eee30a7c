"""Segments: the list of objects with times and text that every JSON transcript is."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from producer.imports.content import MAX_LINES, Content, json_ms
from producer.imports.model import ImportedLine, ImportProblem, Reading, Word
from producer.text import one_line


def objects(
    content: Content, items: Any, name: str, problems: list[ImportProblem]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The objects of a list, each with how to name its place.

    Raises ImportFileError where `items` is no list, or one of more than MAX_LINES.
    """
    if not isinstance(items, list):
        raise content.error(f"`{name}` is not a list", "export it once more")
    if len(items) > MAX_LINES:
        raise content.error(f"more than {MAX_LINES:,} {name}", "is it a transcript?")
    for number, item in enumerate(items, start=1):
        where = f"{name}[{number - 1}]"
        if isinstance(item, Mapping):
            yield where, item
        else:
            problems.append(ImportProblem(where, "is not an object; it was left out"))


def line(
    where: str,
    item: Mapping[str, Any],
    keys: tuple[str, str, str],
    problems: list[ImportProblem],
    words: tuple[Word, ...] = (),
) -> ImportedLine | None:
    """The line of a segment; `keys` name its start, its end and its text.

    None, and a problem, without text or a start that is one.
    """
    start_key, end_key, text_key = keys
    text = item.get(text_key)
    if not isinstance(text, str) or not one_line(text):
        problems.append(ImportProblem(where, f"has no `{text_key}`; it was left out"))
        return None
    try:
        start_ms = json_ms(item.get(start_key))
    except ValueError as error:
        problems.append(ImportProblem(where, f"`{start_key}`: {error}; it was left out"))
        return None
    end_ms: int | None = None
    if item.get(end_key) is not None:
        try:
            end_ms = json_ms(item[end_key])
            if end_ms < start_ms:
                end_ms = None
                problems.append(ImportProblem(where, "ends before it starts; its end was left out"))
        except ValueError as error:
            problems.append(ImportProblem(where, f"`{end_key}`: {error}; its end was left out"))
    who = item.get("speaker")
    return ImportedLine(
        start_ms, end_ms, one_line(who) if isinstance(who, str) else "", one_line(text), words
    )


def reading(
    lines: Sequence[ImportedLine | None], language: Any, problems: Sequence[ImportProblem]
) -> Reading:
    """What became of the segments."""
    return Reading(
        tuple(each for each in lines if each is not None),
        one_line(language) if isinstance(language, str) else "",
        tuple(problems),
    )
