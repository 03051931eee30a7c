"""SubRip. The speaker stands before the text where it changes, as Podcasting 2.0 asks."""

from collections.abc import Sequence

from producer.derive.cues import LINE_CHARS, Cue
from producer.text import each_line
from producer.times import format_timestamp


def render(cues: Sequence[Cue]) -> str:
    """Numbered blocks, a blank line between them."""
    said = []
    before = ""
    for _, _, speaker, text in cues:
        said.append(f"{speaker}: {text}" if speaker and speaker != before else text)
        before = speaker
    shown = each_line(said, _without_arrows)
    lines = [text if len(text) <= LINE_CHARS else _wrap(text) for text in shown]
    numbered = enumerate(zip(_times(cues), lines, strict=True), start=1)
    return "\n".join([f"{number}\n{times}\n{text}\n" for number, (times, text) in numbered])


def _without_arrows(text: str) -> str:
    """One in the text would read as a time line in some players."""
    return text.replace("-->", "→")


def _times(cues: Sequence[Cue]) -> list[str]:
    at = format_timestamp
    times = [f"{at(start_ms)} --> {at(end_ms)}" for start_ms, end_ms, _, _ in cues]
    return each_line(times, _with_commas)


def _with_commas(times: str) -> str:
    return times.replace(".", ",")


def _wrap(text: str) -> str:
    """Two lines of about the same length, rather than a full one and a word."""
    # The blanks on both sides of the middle; of the two lines the longer one counts.
    middle = len(text) // 2 + 1
    at, behind = text.rfind(" ", 0, middle), text.find(" ", middle)
    if at < 0 or 0 <= behind < len(text) - at:
        at = behind
    return text if at < 0 else f"{text[:at]}\n{text[at + 1 :]}"
