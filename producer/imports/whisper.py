"""The JSON of Whisper and its kin: OpenAI's (file and API), WhisperX with speakers, whisper.cpp."""

from collections.abc import Mapping
from typing import Any

from producer.imports import segments
from producer.imports.content import Content, json_ms
from producer.imports.model import ImportProblem, Reading, Word
from producer.text import one_line

_KEYS = ("start", "end", "text")


def sniff(content: Content) -> bool:
    """Whether it has segments with a `text`, or the `transcription` of whisper.cpp."""
    data = content.json
    if not isinstance(data, dict):
        return False
    items = data.get("segments")
    has_segments = isinstance(items, list) and all(
        isinstance(item, dict) and "text" in item for item in items[:1]
    )
    return has_segments or isinstance(data.get("transcription"), list)


def read(content: Content) -> Reading:
    """Raises ImportFileError where there is no list of segments."""
    problems: list[ImportProblem] = []
    data: dict[str, Any] = content.json if isinstance(content.json, dict) else {}
    language = data.get("language")
    if "transcription" in data:
        name, result = "transcription", data.get("result")
        language = result.get("language") if isinstance(result, dict) else language
    else:
        name = "segments"
    lines = []
    for where, item in segments.objects(content, data.get(name), name, problems):
        if name == "transcription":
            lines.append(segments.line(where, _from_cpp(item), _KEYS, problems))
        else:
            words = _words(item.get("words"), where, problems)
            lines.append(segments.line(where, item, _KEYS, problems, words))
    return segments.reading(lines, language, problems)


def _from_cpp(item: Mapping[str, Any]) -> dict[str, Any]:
    """A segment of whisper.cpp, which counts milliseconds, as the others have it."""
    offsets = item.get("offsets")
    times = offsets if isinstance(offsets, dict) else {}
    return {
        "start": _seconds(times.get("from")),
        "end": _seconds(times.get("to")),
        "text": item.get("text"),
    }


def _seconds(ms: Any) -> Any:
    return ms / 1000 if isinstance(ms, int) and not isinstance(ms, bool) and ms < 2**53 else None


def _words(items: Any, where: str, problems: list[ImportProblem]) -> tuple[Word, ...]:
    """The words that have times; WhisperX gives none to numbers, which join the word before."""
    if not isinstance(items, list):
        return ()
    words: list[Word] = []
    untimed: list[str] = []
    for item in items:
        text = one_line(item["word"]) if _has_word(item) else ""
        try:
            start_ms, end_ms = json_ms(item["start"]), json_ms(item["end"])
        except (KeyError, TypeError, ValueError):
            untimed += [text] if text else []
            continue
        if words and untimed:
            words[-1] = words[-1]._replace(text=" ".join([words[-1].text, *untimed]).strip())
            untimed = []
        words.append(Word(start_ms, max(start_ms, end_ms), " ".join([*untimed, text]).strip()))
        untimed = []
    if untimed and words:
        words[-1] = words[-1]._replace(text=" ".join([words[-1].text, *untimed]).strip())
    elif untimed:
        problems.append(ImportProblem(where, "none of its words has a time"))
    return tuple(word for word in words if word.text)


def _has_word(item: Any) -> bool:
    return isinstance(item, dict) and isinstance(item.get("word"), str)
